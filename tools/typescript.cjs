// Loads a TypeScript entry point into this process: bundled by esbuild, so there is no build to go stale and no type-checking
// at run time (`npm run check` does that). About 0.4 s quicker per run than a loader hook.
"use strict";
const Module = require("node:module");
const path = require("node:path");

require("./lazy-modules.cjs");
const { bundle } = require("./bundle.cjs");
const { installStackTraces, registerSourceMap } = require("./stack-traces.cjs");

const root = path.resolve(__dirname, "..");

/** Compiles `entry` (an absolute path) with all it imports from this repository, runs it and returns its exports. */
exports.loadTypeScript = (entry) => {
    const files = bundle(root, { entry });
    registerSourceMap(entry, root, files["entry.map"]);
    installStackTraces();
    const module_ = new Module(entry, module);
    module_.filename = entry;
    module_.paths = Module._nodeModulePaths(path.dirname(entry));
    module_._compile(files.entry, entry);
    return module_.exports;
};
