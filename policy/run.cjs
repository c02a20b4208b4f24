// What package.json's `main` names, and so what the engine runs as the policy pack: loads the pack, which is TypeScript.
"use strict";
const path = require("node:path");

// The SDK reads the pack's version from the package.json of the working directory, which is not the pack's under every CLI.
process.chdir(__dirname);

const pack = require("../tools/typescript.cjs").loadTypeScript(path.join(__dirname, "index.ts"));
readOnce(require("@pulumi/policy/deserialize"));
module.exports = pack;

/** The SDK reads every resource anew for each policy, which takes a second for a platform. Policies write to none. */
function readOnce(sdk) {
    const { deserializeProperties } = sdk;
    const known = new WeakMap();
    sdk.deserializeProperties = (properties, proxySecrets) => {
        if (proxySecrets) return deserializeProperties(properties, proxySecrets);
        if (!known.has(properties)) known.set(properties, deserializeProperties(properties, proxySecrets));
        return known.get(properties);
    };
}
