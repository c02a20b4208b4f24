import {
    type ClusterAccess,
    type ClusterSpec,
    capacityTypes,
    clusterAccessPolicies,
    type RegistrySpec,
} from "@plinth/components";
import { z } from "zod";
import { type Fields, word } from "./form";

/** Someone who may use the cluster. */
const access = z
    .strictObject({
        principalArn: z.string(),
        policy: word(clusterAccessPolicies, "an access policy"),
        namespaces: z.array(z.string()),
        groups: z.array(z.string()),
    } satisfies Fields<ClusterAccess>)
    .partial();

const registries = z.strictObject({
    names: z.array(z.string()),
    keptImages: z.number(),
    keyDeletionWindowDays: z.number(),
} satisfies Fields<RegistrySpec>);

export const cluster = z.strictObject({
    version: z.string(),
    extendedSupport: z.boolean(),
    publicAccessCidrs: z.array(z.string()),
    access: z.record(z.string(), access),
    zones: z.number(),
    instanceTypes: z.array(z.string()),
    capacityType: word(capacityTypes, "a kind of capacity"),
    minNodes: z.number(),
    maxNodes: z.number(),
    nodeVolumeGiB: z.number(),
    addonVersions: z.record(z.string(), z.string()),
    controllerReplicas: z.number(),
    logRetentionDays: z.number(),
    keyDeletionWindowDays: z.number(),
    /** The repositories of its images. */
    registries: registries.partial(),
} satisfies Fields<ClusterSpec & { registries: unknown }>);
