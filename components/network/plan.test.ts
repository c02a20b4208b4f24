import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { networkSpec } from "../testing/specs";
import { aligned, contains, formatCidr, overlap, parseCidr } from "./cidr";
import { networkProblems, planNetwork } from "./plan";
import { type NatGateways, type NetworkSpec, subnetKinds } from "./spec";

const spec: NetworkSpec = { ...networkSpec, availabilityZones: 2, natGateways: "single" };

/** VPCs that can be planned, anywhere in the address space. */
const vpcs = fc
    .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 16, max: 21 }))
    .map(([first, prefix]) => formatCidr(aligned({ first, prefix })))
    // AWS reserves the others.
    .filter((cidr) => !/^(0|127|169\.254|22[4-9]|23\d)\./.test(cidr));
const zoneCounts = fc.integer({ min: 2, max: 8 });

describe("the planned layout", () => {
    it("of a /16 is fixed", () => {
        expect(planNetwork("network", spec).subnets).toEqual({
            private: ["10.0.0.0/20", "10.0.16.0/20"],
            public: ["10.0.128.0/23", "10.0.130.0/23"],
            isolated: ["10.0.144.0/23", "10.0.146.0/23"],
        });
    });

    it("lies inside the VPC and never overlaps", () => {
        fc.assert(
            fc.property(vpcs, zoneCounts, (cidr, availabilityZones) => {
                const { subnets } = planNetwork("network", { ...spec, cidr, availabilityZones });
                const cidrs = subnetKinds.flatMap((kind) => subnets[kind].map(block));
                expect(cidrs).toHaveLength(3 * availabilityZones);
                for (const [index, one] of cidrs.entries()) {
                    expect(contains(block(cidr), one)).toBe(true);
                    expect(one.prefix).toBeLessThanOrEqual(28);
                    expect(cidrs.slice(index + 1).some((other) => overlap(one, other))).toBe(false);
                }
            }),
        );
    });

    it("keeps every subnet where it was when zones are added", () => {
        fc.assert(
            fc.property(vpcs, zoneCounts, zoneCounts, (cidr, one, other) => {
                const [few, many] = [Math.min(one, other), Math.max(one, other)];
                const before = planNetwork("network", { ...spec, cidr, availabilityZones: few }).subnets;
                const after = planNetwork("network", { ...spec, cidr, availabilityZones: many }).subnets;
                for (const kind of subnetKinds) expect(after[kind].slice(0, few)).toEqual(before[kind]);
            }),
        );
    });

    it("gives added subnets room of their own in every zone, which neither a zone nor another set ever moves", () => {
        const slots = fc.uniqueArray(fc.integer({ min: 10, max: 15 }), { minLength: 1 });
        fc.assert(
            fc.property(vpcs, zoneCounts, zoneCounts, slots, (cidr, one, other, [slot = 10, ...others]) => {
                const [few, many] = [Math.min(one, other), Math.max(one, other)];
                const set = (slot: number) => ({ routes: "private" as const, slot });
                const before = planNetwork("network", {
                    ...spec,
                    cidr,
                    availabilityZones: few,
                    additionalSubnets: { mine: set(slot) },
                });
                const after = planNetwork("network", {
                    ...spec,
                    cidr,
                    availabilityZones: many,
                    additionalSubnets: {
                        ...Object.fromEntries(others.map((slot) => [`slot-${slot}`, set(slot)])),
                        mine: set(slot),
                    },
                });
                expect(after.additionalSubnets.mine?.cidrs.slice(0, few)).toEqual(before.additionalSubnets.mine?.cidrs);
                expect(after.subnets.private.slice(0, few)).toEqual(before.subnets.private);
                const all = [
                    ...subnetKinds.flatMap((kind) => after.subnets[kind]),
                    ...Object.values(after.additionalSubnets).flatMap(({ cidrs }) => cidrs),
                ].map(block);
                expect(all).toHaveLength((4 + others.length) * many);
                for (const [index, one] of all.entries()) {
                    expect(contains(block(cidr), one)).toBe(true);
                    expect(one.prefix).toBeLessThanOrEqual(28);
                    expect(all.slice(index + 1).some((other) => overlap(one, other))).toBe(false);
                }
            }),
        );
    });

    it("leaves the kinds that are not given where they were when others get exact blocks", () => {
        const exact = { public: ["10.0.200.0/24", "10.0.201.0/24"] };
        const plan = planNetwork("network", { ...spec, subnets: exact });
        const { private: nodes, isolated } = planNetwork("network", spec).subnets;
        expect(plan.subnets).toEqual({ ...exact, private: nodes, isolated });
    });
});

describe("exact blocks", () => {
    it("reproduce a layout of /24s with gaps", () => {
        const subnets = {
            public: ["10.0.1.0/24", "10.0.2.0/24"],
            private: ["10.0.101.0/24", "10.0.102.0/24"],
            isolated: ["10.0.201.0/24", "10.0.202.0/24"],
        };
        expect(planNetwork("network", { ...spec, subnets }).subnets).toEqual(subnets);
    });

    it("are taken in a VPC too small to plan", () => {
        const subnets = {
            public: ["10.0.0.0/28", "10.0.0.16/28"],
            private: ["10.0.0.32/28", "10.0.0.48/28"],
            isolated: ["10.0.0.64/28", "10.0.0.80/28"],
        };
        expect(planNetwork("network", { ...spec, cidr: "10.0.0.0/24", subnets }).subnets).toEqual(subnets);
    });
});

describe("NAT gateways", () => {
    it.each<[NatGateways, number[], (number | undefined)[]]>([
        ["none", [], [undefined, undefined, undefined]],
        ["single", [0], [0, 0, 0]],
        ["per-zone", [0, 1, 2], [0, 1, 2]],
    ])("%s", (natGateways, natZones, natZoneOf) => {
        expect(planNetwork("network", { ...spec, availabilityZones: 3, natGateways })).toMatchObject({
            natZones,
            natZoneOf,
        });
    });
});

describe("what is refused", () => {
    it.each<[string, Partial<NetworkSpec>, string[]]>([
        [
            "no block",
            { cidr: "10.0.0.0" },
            ['n.cidr: "10.0.0.0" is not a block of IPv4 addresses; give one like 10.0.0.0/16'],
        ],
        ["inside a block", { cidr: "10.0.1.0/16" }, ["n.cidr: 10.0.1.0/16 begins inside a block; give 10.0.0.0/16"]],
        [
            "no room to plan",
            { cidr: "10.0.0.0/22" },
            [
                "n.cidr: 10.0.0.0/22 can't be planned; give /16 to /21, or exact subnets of all three kinds and none besides",
            ],
        ],
        ["one zone", { availabilityZones: 1 }, ["n.availabilityZones: 1 is out of range; give 2 to 8"]],
        ["nine zones", { availabilityZones: 9 }, ["n.availabilityZones: 9 is out of range; give 2 to 8"]],
        [
            "names for another count",
            { zones: ["eu-west-1a"] },
            ["n.zones: 1 zones are named but availabilityZones is 2; make them agree"],
        ],
        [
            "a zone twice",
            { zones: ["eu-west-1a", "eu-west-1a"] },
            ["n.zones: eu-west-1a, eu-west-1a names a zone twice; name each once"],
        ],
        [
            "exact blocks that are wrong each in its own way",
            { subnets: { public: ["10.1.0.0/24", "10.0.2.1/24"], private: ["10.0.101.0/30", "x", "10.0.103.0/24"] } },
            [
                'n.subnets.private[1]: "x" is not a block of IPv4 addresses; give one like 10.0.101.0/24',
                "n.subnets.public: 10.1.0.0/24 is outside the VPC's 10.0.0.0/16; give one inside",
                "n.subnets.public: 10.0.2.1/24 begins inside a block; give 10.0.2.0/24",
                "n.subnets.private: 10.0.101.0/30 is not a size that AWS takes for a subnet; give /16 to /28",
                "n.subnets.private: 3 given for 2 zones; give one for each of availabilityZones",
            ],
        ],
        [
            "the VPC and an exact block at once",
            { cidr: "10.0.0.0/30", subnets: { public: ["10.0.0.1/28", "10.0.0.16/28"] } },
            [
                "n.cidr: 10.0.0.0/30 can't be planned; give /16 to /21, or exact subnets of all three kinds and none besides",
                "n.subnets.public: 10.0.0.1/28 begins inside a block; give 10.0.0.0/28",
                "n.subnets.public: 10.0.0.16/28 is outside the VPC's 10.0.0.0/30; give one inside",
            ],
        ],
        [
            "endpoints that can't be",
            { interfaceEndpoints: ["sts", "com.amazonaws.", "s3", "sts"] },
            [
                'n.interfaceEndpoints[1]: "com.amazonaws." is not the name of a service; give one like ecr.api',
                "n.interfaceEndpoints: s3 has its gateway endpoint, which is free; leave it out",
                "n.interfaceEndpoints: sts, com.amazonaws., s3, sts names a service twice; name each once",
            ],
        ],
        [
            "a key that is deleted at once",
            { keyDeletionWindowDays: 1 },
            ["n.keyDeletionWindowDays: 1 is out of range; give 7 to 30"],
        ],
        [
            "exact blocks that overlap each other",
            { subnets: { public: ["10.0.200.0/23", "10.0.201.0/24"] } },
            ["n.subnets.public: 10.0.201.0/24 overlaps the public 10.0.200.0/23; give another block"],
        ],
        [
            "exact blocks that overlap planned ones",
            { subnets: { isolated: ["10.0.200.0/24", "10.0.17.0/24"] } },
            ["n.subnets.isolated: 10.0.17.0/24 overlaps the private 10.0.16.0/20; give another block"],
        ],
        [
            "exact blocks in an added set's place",
            {
                additionalSubnets: { warehouse: { routes: "isolated", slot: 10 } },
                subnets: { public: ["10.0.160.0/24", "10.0.200.0/24"] },
            },
            ["n.subnets.public: 10.0.160.0/24 overlaps warehouse's 10.0.160.0/23; give another block"],
        ],
        [
            "added sets without a place of their own",
            {
                additionalSubnets: {
                    Ware_house: { routes: "private", slot: 9 },
                    one: { routes: "private", slot: 12 },
                    other: { routes: "isolated", slot: 12 },
                },
            },
            [
                "n.additionalSubnets.Ware_house.slot: 9 is out of range; give 10 to 15",
                'n.additionalSubnets.Ware_house: "Ware_house" is not a name for subnets; give up to 50 lower-case letters, digits and single hyphens, a letter first',
                "n.additionalSubnets.other.slot: 12 is taken by one; give another",
            ],
        ],
        [
            "an added set where there is no room to plan",
            {
                cidr: "10.0.0.0/24",
                subnets: {
                    public: ["10.0.0.0/28", "10.0.0.16/28"],
                    private: ["10.0.0.32/28", "10.0.0.48/28"],
                    isolated: ["10.0.0.64/28", "10.0.0.80/28"],
                },
                additionalSubnets: { warehouse: { routes: "private", slot: 15 } },
            },
            [
                "n.cidr: 10.0.0.0/24 can't be planned; give /16 to /21, or exact subnets of all three kinds and none besides",
            ],
        ],
    ])("%s", (_, change, problems) => {
        expect(networkProblems("n", { ...spec, ...change }).map((problem) => problem.text)).toEqual(problems);
        expect(() => planNetwork("n", { ...spec, ...change })).toThrow(problems.at(-1));
    });
});

function block(text: string) {
    const parsed = parseCidr(text);
    if (!parsed) throw new Error(`${text} is not a block`);
    return parsed;
}
