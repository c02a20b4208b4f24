// What Pulumi.yaml's `main` names: loads the program, which is TypeScript.
"use strict";
const path = require("node:path");

// The SDK captures a stack for every resource, which takes half of a preview's time. PLINTH_STACK_TRACES=1 brings them
// back, with TypeScript positions, for whoever hunts a bug in the program.
if (!process.env.PLINTH_STACK_TRACES) Error.stackTraceLimit = 0;

module.exports = require("../tools/typescript.cjs").loadTypeScript(path.join(__dirname, "index.ts"));
