// What Pulumi.yaml's `main` names: loads the program, which is TypeScript.
"use strict";
const path = require("node:path");

module.exports = require("../tools/typescript.cjs").loadTypeScript(path.join(__dirname, "index.ts"));
