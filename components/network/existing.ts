import * as pulumi from "@pulumi/pulumi";
import { specProblems } from "../settings";
import { type Problem, problemAt, type Rule } from "../validation";
import type { PlatformNetwork } from "./args";
import { alignedText, isMisaligned, isOutside, largestBlock, reservedRule, smallestBlock } from "./block-rules";
import { type ExistingNetworkSpec, existingNetworkSettings } from "./spec";

const subnetLists = ["publicSubnetIds", "privateSubnetIds", "isolatedSubnetIds"] as const;

const rules: Rule<ExistingNetworkSpec>[] = [
    {
        at: "cidr",
        when: ({ cidr }) => isMisaligned(cidr),
        say: ({ cidr }) => `${cidr} begins inside a block; give ${alignedText(cidr)}`,
    },
    {
        at: "cidr",
        when: ({ cidr }) => isOutside(cidr),
        say: ({ cidr }) =>
            `${cidr} is not a size that a VPC of AWS has; give its own block, /${largestBlock} to /${smallestBlock}`,
    },
    reservedRule,
    {
        at: "zones",
        when: ({ zones }) => new Set(zones).size < 2,
        say: ({ zones }) => `${zones.length} zones are named; name the subnets' two or more, each once`,
    },
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function existingNetworkProblems(where: string, spec: ExistingNetworkSpec): Problem[] {
    const inLists = subnetLists.flatMap((list) => {
        const at = `${where}.${list}`;
        const given = spec[list];
        const problems: Problem[] = [];
        const twice = given.find((id, index) => given.indexOf(id) !== index);
        if (twice) problems.push(problemAt(at, `${twice} is named twice; name each subnet once`));
        const open = list === "publicSubnetIds" ? undefined : given.find((id) => spec.publicSubnetIds.includes(id));
        if (open) problems.push(problemAt(at, `${open} is among publicSubnetIds too; give another`));
        const mayBeNone = list !== "isolatedSubnetIds" && given.length === 0;
        if (given.length !== spec.zones.length && !mayBeNone) {
            problems.push(problemAt(at, `${given.length} given for ${spec.zones.length} zones; give one for each`));
        }
        return problems;
    });
    return [...specProblems(where, existingNetworkSettings, spec, rules), ...inLists];
}

/** An existing VPC, as the network of a platform. */
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
