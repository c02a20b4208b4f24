// What package.json's `main` names, and so what the engine runs as the policy pack: loads the pack, which is TypeScript.
"use strict";
const path = require("node:path");

module.exports = require("../tools/typescript.cjs").loadTypeScript(path.join(__dirname, "index.ts"));
