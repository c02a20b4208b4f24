import { specProblems } from "../settings";
import { type Problem, problemAt, type Rule, throwIfInvalid } from "../validation";
import { additionalSubnetProblems, type PlannedSubnets, planAdditionalSubnets } from "./additional-subnets";
import { alignedText, isMisaligned, isOutside, largestBlock, reservedRule, smallestBlock } from "./block-rules";
import { contains, formatCidr, overlap, parseCidr, part } from "./cidr";
import { eighth, firstSlot, slotBits } from "./slots";
import { type NetworkSpec, networkSettings, type SubnetKind, subnetKinds } from "./spec";

/** Where everything in a network goes. */
export interface NetworkPlan {
    cidr: string;
    /** The block of each zone's subnet, by kind. */
    subnets: Record<SubnetKind, string[]>;
    /** The subnets that were added, by name. */
    additionalSubnets: Record<string, PlannedSubnets>;
    /** The zones whose public subnet holds a NAT gateway. */
    natZones: number[];
    /** For each zone, the zone whose NAT gateway its private subnet goes out by; undefined where there is none. */
    natZoneOf: (number | undefined)[];
}

/** The smallest VPC in which an eighth of a slot is still a subnet. */
const smallestPlanned = smallestBlock - slotBits - eighth;

/**
 * Decides where everything goes.
 * @throws InvalidSpecError with every problem of `spec`
 */
export function planNetwork(name: string, spec: NetworkSpec): NetworkPlan {
    throwIfInvalid(`Network "${name}"`, networkProblems(name, spec));
    const zones = Array.from({ length: spec.availabilityZones }, (_, zone) => zone);
    const natZones = { none: [], single: [0], "per-zone": zones }[spec.natGateways];
    return {
        cidr: spec.cidr,
        subnets: {
            public: cidrsOf("public", spec),
            private: cidrsOf("private", spec),
            isolated: cidrsOf("isolated", spec),
        },
        additionalSubnets: planAdditionalSubnets(spec),
        natZones,
        natZoneOf: zones.map((zone) => natZones[zone] ?? natZones[0]),
    };
}

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function networkProblems(where: string, spec: NetworkSpec): Problem[] {
    const problems = [
        ...specProblems(where, networkSettings, spec, rules),
        ...exactBlockProblems(where, spec),
        ...additionalSubnetProblems(where, spec),
    ];
    // Whether blocks overlap shows only once each is sound.
    return problems.length > 0 ? problems : overlapProblems(where, spec);
}

const rules: Rule<NetworkSpec>[] = [
    {
        at: "cidr",
        when: ({ cidr }) => isMisaligned(cidr),
        say: ({ cidr }) => `${cidr} begins inside a block; give ${alignedText(cidr)}`,
    },
    {
        at: "cidr",
        when: (spec) => !planned(spec) && isOutside(spec.cidr),
        say: ({ cidr }) => `${cidr} is not a size that AWS takes for a VPC; give /${largestBlock} to /${smallestBlock}`,
    },
    {
        at: "cidr",
        when: (spec) => planned(spec) && isOutside(spec.cidr, largestBlock, smallestPlanned),
        say: ({ cidr }) =>
            `${cidr} can't be planned; give /${largestBlock} to /${smallestPlanned}, or exact subnets of all three kinds and none besides`,
    },
    reservedRule,
    {
        at: "zones",
        when: ({ zones, availabilityZones }) => zones !== undefined && zones.length !== availabilityZones,
        say: ({ zones = [], availabilityZones }) =>
            `${zones.length} zones are named but availabilityZones is ${availabilityZones}; make them agree`,
    },
    {
        at: "zones",
        when: ({ zones = [] }) => new Set(zones).size < zones.length,
        say: ({ zones = [] }) => `${zones.join(", ")} names a zone twice; name each once`,
    },
    {
        at: "interfaceEndpoints",
        when: ({ interfaceEndpoints }) => interfaceEndpoints.includes("s3"),
        say: () => "s3 has its gateway endpoint, which is free; leave it out",
    },
    {
        at: "interfaceEndpoints",
        when: ({ interfaceEndpoints }) => new Set(interfaceEndpoints).size < interfaceEndpoints.length,
        say: ({ interfaceEndpoints }) => `${interfaceEndpoints.join(", ")} names a service twice; name each once`,
    },
];

function exactBlockProblems(where: string, spec: NetworkSpec): Problem[] {
    const vpc = parseCidr(spec.cidr);
    return subnetKinds.flatMap((kind) => {
        const cidrs = spec.subnets?.[kind];
        if (!cidrs) return [];
        const at = `${where}.subnets.${kind}`;
        const problems = cidrs.flatMap((text) => {
            const block = parseCidr(text);
            if (!block) return [];
            if (isMisaligned(text)) return [problemAt(at, `${text} begins inside a block; give ${alignedText(text)}`)];
            if (isOutside(text)) {
                return [
                    problemAt(
                        at,
                        `${text} is not a size that AWS takes for a subnet; give /${largestBlock} to /${smallestBlock}`,
                    ),
                ];
            }
            if (vpc && !contains(vpc, block))
                return [problemAt(at, `${text} is outside the VPC's ${spec.cidr}; give one inside`)];
            return [];
        });
        if (cidrs.length !== spec.availabilityZones) {
            const zones = spec.availabilityZones;
            problems.push(
                problemAt(at, `${cidrs.length} given for ${zones} zones; give one for each of availabilityZones`),
            );
        }
        return problems;
    });
}

function overlapProblems(where: string, spec: NetworkSpec): Problem[] {
    const kinds = subnetKinds.map((kind) => ({
        what: `the ${kind}`,
        at: spec.subnets?.[kind] && `${where}.subnets.${kind}`,
        cidrs: cidrsOf(kind, spec),
    }));
    const added = Object.entries(planAdditionalSubnets(spec)).map(([name, { cidrs }]) => ({
        what: `${name}'s`,
        at: undefined,
        cidrs,
    }));
    const subnets = [...kinds, ...added].flatMap(({ what, at, cidrs }) =>
        cidrs.flatMap((text) => {
            const block = parseCidr(text);
            return block ? [{ what, at, text, block }] : [];
        }),
    );
    return subnets.flatMap((one, index) =>
        subnets
            .slice(index + 1)
            .filter((other) => overlap(one.block, other.block))
            .flatMap((other) => {
                // A planned block can't be mended, so the complaint goes to the one that was given.
                const [given, against] = other.at ? [other, one] : [one, other];
                if (!given.at) return [];
                return [
                    problemAt(given.at, `${given.text} overlaps ${against.what} ${against.text}; give another block`),
                ];
            }),
    );
}

function cidrsOf(kind: SubnetKind, spec: NetworkSpec): string[] {
    return (
        spec.subnets?.[kind] ??
        Array.from({ length: spec.availabilityZones }, (_, zone) => plannedCidr(kind, zone, spec))
    );
}

function plannedCidr(kind: SubnetKind, zone: number, spec: NetworkSpec): string {
    const vpc = parseCidr(spec.cidr);
    if (!vpc) throw new RangeError(`${spec.cidr} is not a block`);
    const slot = vpc.prefix + slotBits;
    if (kind === "private") return formatCidr(part(vpc, slot, firstSlot.private + zone));
    return formatCidr(part(part(vpc, slot, firstSlot[kind]), slot + eighth, zone));
}

function planned(spec: NetworkSpec): boolean {
    const wanted = Object.keys(spec.additionalSubnets).length > 0;
    return wanted || subnetKinds.some((kind) => spec.subnets?.[kind] === undefined);
}
