// What the engine runs as the plugin `plinth` in a checkout: loads the plugin, which is TypeScript.
"use strict";
const path = require("node:path");

require("../tools/typescript.cjs")
    .loadTypeScript(path.join(__dirname, "index.ts"))
    .serve(require("../package.json").version);
