import {
    type ExistingNetworkSpec,
    existingNetworkProblems,
    networkProblems,
    type Problem,
    problemAt,
} from "@plinth/components";
import type { Settings } from "./schema";
import { settingName } from "./settings";
import type { PlatformSpec } from "./spec";
import type { Tier } from "./tiers";

/** An existing network of which nothing was said: each field is then named as wrong. */
const noNetwork: ExistingNetworkSpec = {
    ...{ vpcId: "", cidr: "", zones: [] },
    ...{ publicSubnetIds: [], privateSubnetIds: [], isolatedSubnetIds: [] },
};

/** The network that a stack asks for, over its tier's, the one that stands already, and who may come from it. */
export function networkOf(
    { network: { existing, ...own } = {}, clients = {} }: Settings,
    { network }: Tier,
): Pick<PlatformSpec, "network" | "existingNetwork" | "clients"> {
    return {
        network: {
            ...network,
            ...own,
            availabilityZones: own.availabilityZones ?? own.zones?.length ?? network.availabilityZones,
        },
        existingNetwork: existing && { ...noNetwork, ...existing },
        clients: Object.fromEntries(
            Object.entries(clients).map(([name, { securityGroupId = "" }]) => [name, { securityGroupId }]),
        ),
    };
}

export function networkSettingProblems(spec: PlatformSpec, settings: Settings): Problem[] {
    return [
        ...formProblems(spec, settings),
        ...zoneProblems(spec),
        ...Object.entries(spec.clients).flatMap(([name, client]) => clientProblems(name, client.securityGroupId)),
    ];
}

/** Where a VPC stands already, no other setting of a network means anything. */
function formProblems(spec: PlatformSpec, settings: Settings): Problem[] {
    if (!spec.existingNetwork) return networkProblems(settingName(["network"]), spec.network);
    const others = Object.keys(settings.network ?? {}).filter((key) => key !== "existing");
    return [
        ...others.map((key) =>
            problemAt(settingName(["network", key]), "is for a new VPC; leave it out beside plinth:network.existing"),
        ),
        ...existingNetworkProblems(settingName(["network", "existing"]), spec.existingNetwork),
    ];
}

function zoneProblems({ network, existingNetwork, region }: PlatformSpec): Problem[] {
    const { zones = [] } = existingNetwork ?? network;
    const path = existingNetwork ? ["network", "existing", "zones"] : ["network", "zones"];
    const unknownNames = zones.filter((zone) => !new RegExp(`^${region}[a-z]$`).test(zone));
    return unknownNames.map((zone) =>
        problemAt(settingName(path), `"${zone}" is not a zone of ${region}; give one like ${region}a`),
    );
}

function clientProblems(name: string, securityGroupId: string): Problem[] {
    const problems: Problem[] = [];
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name === "client-group") {
        const mend = "give lower-case letters, digits and single hyphens, a letter first, and not client-group";
        problems.push(problemAt(settingName(["clients", name]), `"${name}" is not a client's name; ${mend}`));
    }
    if (!/^sg-([0-9a-f]{8}|[0-9a-f]{17})$/.test(securityGroupId)) {
        const mend = "is not the id of a security group; give one like sg-0123456789abcdef0";
        problems.push(problemAt(settingName(["clients", name, "securityGroupId"]), `"${securityGroupId}" ${mend}`));
    }
    return problems;
}
