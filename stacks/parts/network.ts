import {
    completeNetwork,
    existingNetwork,
    existingNetworkProblems,
    existingNetworkSettings,
    Network,
    type NetworkCidrs,
    networkProblems,
    networkSettings,
    type PlatformNetwork,
    planNetwork,
    problemAt,
} from "@plinth/components";
import type { z } from "zod";
import { part } from "../part";

const networkPartSettings = networkSettings.extend({
    /**
     * A VPC that exists already, in the place of a new one. No other setting of the network is given beside it.
     * @remarks Given or taken away on a living stack, it replaces everything that is in the network.
     */
    existing: existingNetworkSettings.optional(),
});

export type NetworkPartSpec = z.output<typeof networkPartSettings>;

/** The VPC with its subnets, routes, endpoints and flow logs. */
export const networkPart = part({
    key: "network",
    needs: {},
    settings: networkPartSettings,
    sizing: ["availabilityZones", "natGateways", "interfaceEndpoints", "flowLogRetentionDays"],
    derive: (network, { given }) => completeNetwork(network, given),
    problems: ({ existing, ...network }, where, { given, stack: { region } }) => {
        if (!existing) {
            return [...networkProblems(where, network), ...zoneProblems(`${where}.zones`, network.zones, region)];
        }
        const others = Object.keys(given).filter((key) => key !== "existing");
        return [
            ...others.map((key) =>
                problemAt(`${where}.${key}`, `is for a new VPC; leave it out beside ${where}.existing`),
            ),
            ...existingNetworkProblems(`${where}.existing`, existing),
            ...zoneProblems(`${where}.existing.zones`, existing.zones, region),
        ];
    },
    create: ({ existing, ...network }, { platform, dataPorts, options }): PlatformNetwork =>
        existing ? existingNetwork(existing) : new Network("network", { ...network, platform, dataPorts }, options),
    outputs: (network) => ({
        network: {
            vpcId: network.vpcId,
            vpcCidr: network.vpcCidr,
            availabilityZones: network.availabilityZones,
            publicSubnetIds: network.publicSubnetIds,
            privateSubnetIds: network.privateSubnetIds,
            isolatedSubnetIds: network.isolatedSubnetIds,
            additionalSubnetIds: network.additionalSubnetIds,
            s3EndpointId: network.s3EndpointId,
            flowLogGroupArn: network.flowLogGroupArn,
        },
    }),
});

/** How many zones the network spans. */
export function zoneCount({ existing, availabilityZones }: NetworkPartSpec): number {
    return existing?.zones.length ?? availabilityZones;
}

/**
 * The blocks of addresses of a network. Of an existing VPC only its own block is known, so there what may reach a subnet may
 * reach the port in all of it: security groups say which address is meant.
 */
export function networkCidrs({ existing, ...network }: NetworkPartSpec): NetworkCidrs {
    if (existing) {
        const all = [existing.cidr];
        return { vpc: existing.cidr, subnets: { public: all, private: all, isolated: all }, interfaceEndpoints: [] };
    }
    const { cidr, subnets } = planNetwork("network", network);
    return { vpc: cidr, subnets, interfaceEndpoints: network.interfaceEndpoints };
}

/** What needs private subnets, where an existing VPC has named none. `otherwise` says what to give in their place. */
export function privateSubnetProblems(where: string, what: string, { existing }: NetworkPartSpec, otherwise: string) {
    if (existing?.privateSubnetIds.length !== 0) return [];
    const needed = "plinth:network.existing.privateSubnetIds";
    return [problemAt(where, `${what} needs private subnets; give ${needed}, ${otherwise}`)];
}

function zoneProblems(where: string, zones: string[] | undefined, region: string) {
    const foreign = zones?.filter((zone) => !new RegExp(`^${region}[a-z]$`).test(zone)) ?? [];
    return foreign.map((zone) => problemAt(where, `"${zone}" is not a zone of ${region}; give one like ${region}a`));
}
