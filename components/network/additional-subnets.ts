import { nameForm, namePattern } from "../settings/common";
import { type Problem, problemAt } from "../validation";
import { formatCidr, parseCidr, part } from "./cidr";
import { eighth, slotBits } from "./slots";
import type { AdditionalSubnetsSpec, NetworkSpec } from "./spec";

/** A set of additional subnets: its routes, and the block of each zone's subnet. */
export interface PlannedSubnets {
    routes: AdditionalSubnetsSpec["routes"];
    cidrs: string[];
}

/** Each set's blocks: an eighth of its slot to a zone, so that neither a zone nor another set ever moves one. */
export function planAdditionalSubnets(
    spec: Pick<NetworkSpec, "cidr" | "availabilityZones" | "additionalSubnets">,
): Record<string, PlannedSubnets> {
    return Object.fromEntries(
        Object.entries(spec.additionalSubnets).map(([name, { routes, slot }]) => [
            name,
            {
                routes,
                cidrs: Array.from({ length: spec.availabilityZones }, (_, zone) => block(spec.cidr, slot, zone)),
            },
        ]),
    );
}

/** All that is wrong with the additional subnets of `spec`. */
export function additionalSubnetProblems(where: string, { additionalSubnets }: NetworkSpec): Problem[] {
    const sets = Object.entries(additionalSubnets);
    return sets.flatMap(([name, { slot }], index) => {
        const at = `${where}.additionalSubnets.${name}`;
        const problems: Problem[] = [];
        if (!namePattern.test(name)) {
            problems.push(problemAt(at, `"${name}" is not a name for subnets; give ${nameForm}`));
        }
        const [holder] = sets.slice(0, index).find(([, other]) => other.slot === slot) ?? [];
        if (holder) problems.push(problemAt(`${at}.slot`, `${slot} is taken by ${holder}; give another`));
        return problems;
    });
}

function block(cidr: string, slot: number, zone: number): string {
    const vpc = parseCidr(cidr);
    if (!vpc) throw new RangeError(`${cidr} is not a block`);
    return formatCidr(part(part(vpc, vpc.prefix + slotBits, slot), vpc.prefix + slotBits + eighth, zone));
}
