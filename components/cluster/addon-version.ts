import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AddonName } from "./addon-names";
import type { ClusterSpec } from "./spec";

/** The version of an add-on: the one that was pinned, else the one that AWS gives to new clusters of that version. */
export function addonVersion(
    addonName: AddonName,
    { version, addonVersions }: ClusterSpec,
    options: pulumi.InvokeOptions,
): pulumi.Input<string> {
    const pinned = addonVersions[addonName];
    return pinned ?? aws.eks.getAddonVersionOutput({ addonName, kubernetesVersion: version }, options).version;
}
