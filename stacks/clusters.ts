import {
    type ClusterSpec,
    clusterProblems,
    type Problem,
    problemAt,
    type RegistrySpec,
    registryProblems,
} from "@plinth/components";
import type { Settings } from "./schema";
import { settingName } from "./settings";
import type { PlatformSpec } from "./spec";
import type { Tier } from "./tiers";

/** The cluster and the repositories of its images, which are set up in one place. */
export function clusterOf(settings: Settings, tier: Tier): { cluster: ClusterSpec; registry: RegistrySpec } {
    const { registries, access = {}, ...own } = settings.cluster ?? {};
    const { availabilityZones, zones, existing } = settings.network ?? {};
    const networkZones = (existing?.zones ?? zones)?.length ?? availabilityZones ?? tier.network.availabilityZones;
    return {
        cluster: {
            ...tier.cluster,
            zones: Math.min(tier.cluster.zones, networkZones),
            ...own,
            access: Object.fromEntries(
                Object.entries(access).map(([name, { principalArn = "", policy = "view", ...where }]) => [
                    name,
                    { principalArn, policy, ...where },
                ]),
            ),
        },
        registry: { ...tier.registry, ...registries },
    };
}

export function clusterSettingProblems(spec: PlatformSpec): Problem[] {
    const { cluster, registry } = spec;
    return [
        ...(cluster ? clusterProblems(settingName(["cluster"]), cluster, zonesOf(spec)) : []),
        ...egressProblems(spec),
        ...(registry ? registryProblems(settingName(["cluster", "registries"]), registry) : []),
    ];
}

/** Nodes pull images from registries outside AWS too. */
function egressProblems({ cluster, network, existingNetwork }: PlatformSpec): Problem[] {
    if (!cluster || existingNetwork || network.natGateways !== "none") return [];
    const mend =
        "leaves the cluster's nodes no way to their images; give single or per-zone, or set plinth:cluster to false";
    return [problemAt(settingName(["network", "natGateways"]), `none ${mend}`)];
}

function zonesOf({ network, existingNetwork }: PlatformSpec): number {
    return existingNetwork?.zones.length ?? network.availabilityZones;
}
