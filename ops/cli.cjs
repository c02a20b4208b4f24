#!/usr/bin/env node
// The command line in a checkout, which is TypeScript.
"use strict";
const path = require("node:path");

require("../tools/typescript.cjs")
    .loadTypeScript(path.join(__dirname, "cli.ts"))
    .main(process.argv.slice(2))
    .then((code) => {
        process.exitCode = code;
    });
