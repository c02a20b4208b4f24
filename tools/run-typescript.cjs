// Runs a TypeScript file: `node tools/run-typescript.cjs bench/preview.ts`.
"use strict";
const path = require("node:path");

require("./typescript.cjs").loadTypeScript(path.resolve(process.argv[2]));
