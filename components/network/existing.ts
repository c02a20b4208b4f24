import * as pulumi from "@pulumi/pulumi";
import { type Problem, pattern, problemAt, type Rule, violations } from "../validation";
import type { PlatformNetwork } from "./args";
import { parseCidr } from "./cidr";

/**
 * A VPC that stands already, in plain values, in the place of a new one. Nothing is made or changed in it: routes, network
 * ACLs, endpoints and flow logs are its owner's. Each list of subnets has one for each zone, in the order of `zones`.
 */
export interface ExistingNetworkSpec {
    /** @remarks A change replaces security groups, and what stands behind them. */
    vpcId: string;
    /** The VPC's block. */
    cidr: string;
    /** Names of the subnets' zones, two or more. */
    zones: string[];
    /**
     * Subnets that are reached from the internet.
     * @default none
     */
    publicSubnetIds: string[];
    /** Subnets for nodes and functions. */
    privateSubnetIds: string[];
    /**
     * Subnets for data stores, without a default route. The policy pack can't see their routes: list them as trusted in its
     * configuration.
     * @remarks Updated in place.
     */
    isolatedSubnetIds: string[];
}

const subnetLists = ["publicSubnetIds", "privateSubnetIds", "isolatedSubnetIds"] as const;
const subnetId = /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/;

const rules: Rule<ExistingNetworkSpec>[] = [
    pattern("vpcId", /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/, "is not the id of a VPC; give one like vpc-0123456789abcdef0"),
    {
        at: "cidr",
        when: ({ cidr }) => parseCidr(cidr) === undefined,
        say: ({ cidr }) => `"${cidr}" is not a block of IPv4 addresses; give the VPC's, like 10.0.0.0/16`,
    },
    {
        at: "zones",
        when: ({ zones }) => new Set(zones).size < 2,
        say: ({ zones }) => `${zones.length} zones are named; name the subnets' two or more, each once`,
    },
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function existingNetworkProblems(where: string, spec: ExistingNetworkSpec): Problem[] {
    const ids = subnetLists.flatMap((list) => spec[list]);
    const inLists = subnetLists.flatMap((list) => {
        const at = `${where}.${list}`;
        const given = spec[list];
        const problems = given
            .filter((id) => !subnetId.test(id))
            .map((id) => problemAt(at, `"${id}" is not the id of a subnet; give one like subnet-0123456789abcdef0`));
        const twice = given.filter((id) => ids.indexOf(id) !== ids.lastIndexOf(id));
        if (twice[0]) problems.push(problemAt(at, `${twice[0]} is named twice; name each subnet once`));
        const mayBeNone = list === "publicSubnetIds" && given.length === 0;
        if (given.length !== spec.zones.length && !mayBeNone) {
            problems.push(problemAt(at, `${given.length} given for ${spec.zones.length} zones; give one for each`));
        }
        return problems;
    });
    return [...violations(where, spec, rules), ...inLists];
}

/** A VPC that stands already, as what the platform needs of a network. */
export function existingNetwork(spec: ExistingNetworkSpec): PlatformNetwork {
    const outputs = (ids: string[]) => ids.map((id) => pulumi.output(id));
    return {
        vpcId: pulumi.output(spec.vpcId),
        vpcCidr: pulumi.output(spec.cidr),
        publicSubnetIds: outputs(spec.publicSubnetIds),
        privateSubnetIds: outputs(spec.privateSubnetIds),
        isolatedSubnetIds: outputs(spec.isolatedSubnetIds),
        additionalSubnetIds: {},
        availabilityZones: outputs(spec.zones),
        resources: [],
    };
}
