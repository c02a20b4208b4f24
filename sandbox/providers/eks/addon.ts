import { Addon as EksAddon } from "@pulumi/aws/eks";
import type { AddonArgs } from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { type Emulated, refuseUnknown } from "../component-server";
import { ClusterReference, coreOf } from "./reference";

const INPUTS: Emulated<AddonArgs> = {
    addonName: true,
    addonVersion: true,
    cluster: true,
    configurationValues: true,
    preserve: true,
    resolveConflictsOnCreate: true,
    resolveConflictsOnUpdate: true,
    serviceAccountRoleArn: true,
    tags: "the SDK and the component disagree on its form; tag by the provider's defaultTags",
};

/** The emulated eks.Addon. Its parent is always the given cluster, whatever the options say. */
export class Addon extends pulumi.ComponentResource {
    constructor(name: string, args: AddonArgs, options: pulumi.ComponentResourceOptions) {
        refuseUnknown("eks.Addon", INPUTS, args);
        const given: unknown = args.cluster;
        super("eks:index:Addon", name, {}, given instanceof ClusterReference ? { ...options, parent: given } : options);
        const { cluster, configurationValues, tags: _, ...rest } = args;
        new EksAddon(
            name,
            {
                ...rest,
                clusterName: coreOf(cluster).apply((core) => core.cluster.name),
                configurationValues:
                    configurationValues && pulumi.output(configurationValues).apply((values) => JSON.stringify(values)),
            },
            { parent: this },
        );
        this.registerOutputs();
    }
}
