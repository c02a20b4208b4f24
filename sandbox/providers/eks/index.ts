import type { AddonArgs, ClusterArgs, ManagedNodeGroupArgs } from "@pulumi/eks";
import { version } from "@pulumi/eks/package.json";
import { serveComponents } from "../component-server";
import { Addon } from "./addon";
import { Cluster } from "./cluster";
import { ManagedNodeGroup } from "./node-group";
import { registerReferences } from "./reference";

registerReferences(version);
serveComponents(version, {
    "eks:index:Cluster": (name, inputs, options) => {
        const { urn, state } = new Cluster(name, inputs as ClusterArgs, options);
        return { urn, state };
    },
    "eks:index:ManagedNodeGroup": (name, inputs, options) => {
        const { urn, nodeGroup } = new ManagedNodeGroup(name, inputs as ManagedNodeGroupArgs, options);
        return { urn, state: { nodeGroup, placementGroupName: "" } };
    },
    "eks:index:Addon": (name, inputs, options) => ({
        urn: new Addon(name, inputs as AddonArgs, options).urn,
        state: {},
    }),
});
