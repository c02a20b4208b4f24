// The SDK loads a package manager and a compiler at once, which it needs only to serialize functions, and nothing of ours
// does. Here it gets them on first use, which takes 0.8 s of processor time from every process that loads it (1.3 s to 0.5 s).
// To be deleted once `require("@pulumi/pulumi")` by itself loads neither (runtime/closure/codePaths.js and parseFunction.js of 3.245.0
// do): the test beside this file fails without it until then.
"use strict";
const Module = require("node:module");
const path = require("node:path");

const late = new Set(["@npmcli/arborist", "typescript"]);
const sdk = path.join("node_modules", "@pulumi", "pulumi") + path.sep;

const load = Module._load;
Module._load = (request, parent, isMain) => {
    if (!late.has(request) || !parent?.filename?.includes(sdk)) return load(request, parent, isMain);
    Module._resolveFilename(request, parent); // one that is missing is to be missed now
    // Called a module of its own kind, so that the SDK does not copy what it exports.
    return new Proxy({}, { get: (_, key) => key === "__esModule" || load(request, parent, false)[key] });
};
