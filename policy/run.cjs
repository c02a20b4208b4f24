// What package.json's `main` names, and so what the engine runs as the policy pack: loads the pack, which is TypeScript.
"use strict";
const path = require("node:path");

// The SDK reads the pack's version from the package.json of the working directory, which is not the pack's under every CLI.
process.chdir(__dirname);

module.exports = require("../tools/typescript.cjs").loadTypeScript(path.join(__dirname, "index.ts"));
