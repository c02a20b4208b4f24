import type { Cluster as EksCluster } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";

/** The properties of a cluster's core that other components need. */
interface Core {
    cluster: EksCluster;
    subnetIds: string[];
}

/** An eks.Cluster that another call created, read from the engine. */
export class ClusterReference extends pulumi.ComponentResource {
    declare readonly core: pulumi.Output<Core>;

    constructor(name: string, urn: string) {
        super("eks:index:Cluster", name, { core: undefined }, { urn });
    }
}

/** Registers with the SDK how to read references to this package's components. */
export function registerReferences(version: string): void {
    pulumi.runtime.registerResourceModule("eks", "index", {
        version,
        construct: (name, type, urn) => {
            if (type === "eks:index:Cluster") return new ClusterReference(name, urn);
            throw new Error(`a reference to ${type} is not emulated: add it to sandbox/providers/eks/reference.ts`);
        },
    });
}

/** The core of a cluster that is given as the component or as its core. */
export function coreOf(cluster: unknown): pulumi.Output<Core> {
    return pulumi
        .output(cluster as pulumi.Input<{ core: Core }>)
        .apply((given) => (given instanceof ClusterReference ? given.core : given)) as unknown as pulumi.Output<Core>;
}
