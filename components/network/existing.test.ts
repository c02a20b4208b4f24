import { describe, expect, it } from "vitest";
import { settled } from "../testing/mocks";
import { existingNetwork, existingNetworkProblems } from "./existing";
import type { ExistingNetworkSpec } from "./spec";

const id = (kind: string, zone: number) => `subnet-${kind}${zone}`.padEnd(24, "0");
const spec: ExistingNetworkSpec = {
    vpcId: "vpc-0123456789abcdef0",
    cidr: "10.8.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b"],
    publicSubnetIds: [],
    privateSubnetIds: [id("a", 0), id("a", 1)],
    isolatedSubnetIds: [id("b", 0), id("b", 1)],
};

it("stands in for a network", async () => {
    const { vpcId, isolatedSubnetIds, availabilityZones, flowLogGroupArn } = existingNetwork(spec);
    expect(await settled({ vpcId, isolatedSubnetIds, availabilityZones })).toEqual({
        vpcId: spec.vpcId,
        isolatedSubnetIds: spec.isolatedSubnetIds,
        availabilityZones: spec.zones,
    });
    expect(flowLogGroupArn).toBeUndefined();
});

describe("an existing network", () => {
    it.each<[string, Partial<ExistingNetworkSpec>, string[]]>([
        ["sound", {}, []],
        ["with public subnets", { publicSubnetIds: [id("c", 0), id("c", 1)] }, []],
        ["without subnets for nodes", { privateSubnetIds: [] }, []],
        ["whose nodes and data stores share subnets", { privateSubnetIds: spec.isolatedSubnetIds }, []],
        [
            "with nothing said",
            { vpcId: "", cidr: "", zones: [], privateSubnetIds: [], isolatedSubnetIds: [] },
            [
                'n.vpcId: "" is not the id of a VPC; give one like vpc-0123456789abcdef0',
                'n.cidr: "" is not a block of IPv4 addresses; give one like 10.0.0.0/16',
                "n.zones: 0 zones are named; name the subnets' two or more, each once",
            ],
        ],
        [
            "with subnets that can't be",
            {
                publicSubnetIds: [id("c", 0), id("c", 1)],
                privateSubnetIds: ["sn-1", id("c", 1)],
                isolatedSubnetIds: [id("b", 0), id("b", 0), id("b", 1)],
            },
            [
                'n.privateSubnetIds[0]: "sn-1" is not the id of a subnet; give one like subnet-0123456789abcdef0',
                `n.privateSubnetIds: ${id("c", 1)} is among publicSubnetIds too; give another`,
                `n.isolatedSubnetIds: ${id("b", 0)} is named twice; name each subnet once`,
                "n.isolatedSubnetIds: 3 given for 2 zones; give one for each",
            ],
        ],
        [
            "in one zone, named twice",
            { zones: ["eu-west-1a", "eu-west-1a"] },
            ["n.zones: 2 zones are named; name the subnets' two or more, each once"],
        ],
    ])("%s", (_, change, problems) => {
        expect(existingNetworkProblems("n", { ...spec, ...change }).map(({ text }) => text)).toEqual(problems);
    });
});
