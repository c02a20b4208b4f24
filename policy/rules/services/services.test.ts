import { describe, expect, it } from "vitest";
import { foreignCases } from "../../testing/foreign";
import { reportsOf } from "../../testing/report";
import { type Mode, materialise } from "../../testing/stack";
import { serviceRules } from ".";

const named = foreignCases.map((one, index) => ({
    ...one,
    what: `${one.rule} ${index + 1}: ${one.says ? `${one.unproved ? "cannot prove" : "reports"} ${one.says}` : "is satisfied"}`,
}));

function reports(rule: string, resources: (typeof foreignCases)[number]["resources"], mode: Mode): string[] {
    const found = serviceRules.find(({ id }) => id === rule);
    if (!found) throw new Error(`there is no rule ${rule}`);
    return reportsOf(found, materialise(resources, mode)).map(({ message }) => message);
}

describe.each<Mode>(["fresh", "updated"])("on a foreign program, %s", (mode) => {
    it.each(named.filter(({ unproved }) => mode === "fresh" || !unproved))(
        "$what",
        ({ rule, resources, says, unproved, insteadOf }) => {
            const messages = reports(rule, resources, mode);
            if (insteadOf) expect(reports(insteadOf, resources, mode)).toEqual([]);
            if (!says) return expect(messages).toEqual([]);
            expect(messages).toHaveLength(1);
            expect(messages[0]).toMatch(says);
            expect(messages[0]?.includes("cannot be proved")).toBe(unproved === true);
        },
    );
});

/** Rules that ask only whether something is there. */
const byType = ["vpc-not-default", "cache-cluster-in-own-subnets"];
/** Rules that can only say that nothing is proved. */
const unprovable = ["resource-in-sight"];

it.each(serviceRules)("$id has a case of each kind", ({ id, enforcement }) => {
    const own = foreignCases.filter(({ rule, insteadOf }) => (insteadOf ?? rule) === id);
    const kinds = own.map(({ says, unproved }) => (says ? (unproved ? "unproved" : "bad") : "sound"));
    expect(kinds).toEqual(
        expect.arrayContaining([
            "sound",
            ...(unprovable.includes(id) ? [] : ["bad"]),
            ...(enforcement === "mandatory" && !byType.includes(id) ? ["unproved"] : []),
        ]),
    );
});
