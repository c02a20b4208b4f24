// A policy pack that judges nothing. It writes what the engine shows a pack of each resource to the file that
// PLINTH_RECORDING names, a line for each time that the stack is judged: `up` does it after its preview and at its end.
"use strict";
const { appendFileSync } = require("node:fs");

// As in the pack itself: the SDK reads the pack's version from the package.json of the working directory.
process.chdir(__dirname);
const { PolicyPack } = require("@pulumi/policy");

/** The properties behind the SDK's proxy, which throws where a value that is not known yet is read. */
const unwrapped = (props) =>
    Object.fromEntries(Object.keys(props).map((key) => [key, Object.getOwnPropertyDescriptor(props, key)?.value]));

/** The inputs of Kubernetes objects by URN. The pack judges these, and not what comes out. */
const inputs = {};

const toRecord = ({ type, name, urn, props, propertyDependencies, provider }) => ({
    ...{ type, name, urn, props: inputs[urn] ?? unwrapped(props), provider: provider?.name },
    sources: Object.fromEntries(
        Object.entries(propertyDependencies).map(([key, sources]) => [key, sources.map((source) => source.urn)]),
    ),
});

new PolicyPack("recorder", {
    enforcementLevel: "advisory",
    policies: [
        {
            name: "record-inputs",
            description: "Keeps the inputs of each Kubernetes object.",
            validateResource: ({ type, urn, props }) => {
                if (type.startsWith("kubernetes:")) inputs[urn] = unwrapped(props);
            },
        },
        {
            name: "record-stack",
            description: "Writes what is shown of the stack.",
            validateStack: ({ resources }) =>
                appendFileSync(process.env.PLINTH_RECORDING, `${JSON.stringify(resources.map(toRecord))}\n`),
        },
    ],
});
