// What package.json's `main` names in a checkout, and so what the engine runs as the policy pack: loads the pack, which is TypeScript.
"use strict";
const path = require("node:path");

// The SDK reads the pack's version from the package.json of the working directory: the pack has that of the whole.
process.chdir(path.join(__dirname, ".."));

module.exports = require("../tools/typescript.cjs").loadTypeScript(path.join(__dirname, "index.ts"));
