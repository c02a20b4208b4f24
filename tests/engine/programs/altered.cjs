// The platform with arguments that it would not give by itself, as a component's `transform` can: tests/engine/refusals.test.ts runs it.
"use strict";
const pulumi = require("@pulumi/pulumi");

/** The resources so far, by name. */
const made = {};
/** What is given in the place of the component's own, by the resource's name. */
const changes = {
    "database-primary": () => ({ storageEncrypted: false, kmsKeyId: undefined }),
    "database-subnet-group": () => ({ subnetIds: [made["network-public-0"].id, made["network-public-1"].id] }),
};

pulumi.runtime.registerStackTransformation(({ type, name, props, opts, resource }) => {
    if (type === "aws:ec2/subnet:Subnet") made[name] = resource;
    return { props: { ...props, ...changes[name]?.() }, opts };
});

module.exports = require("../../../stacks/run.cjs");
