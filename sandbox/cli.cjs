#!/usr/bin/env node
// The sandbox's command line in a checkout, which is TypeScript.
"use strict";
const path = require("node:path");

require("../tools/typescript.cjs")
    .loadTypeScript(path.join(__dirname, "launcher", "checkout.ts"))
    .runInCheckout(__dirname, process.argv.slice(2))
    .then((code) => {
        process.exitCode = code;
    });
