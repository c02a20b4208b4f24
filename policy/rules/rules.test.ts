import { describe, expect, it } from "vitest";
import { controlIds } from "../pack";
import { mutations } from "../testing/cases";
import { foreignCases } from "../testing/foreign";
import type { PlatformName } from "../testing/platform";
import { mattering, reportsOn, rulesIn } from "../testing/report";
import type { Mode } from "../testing/stack";
import { rules } from ".";

const modes: readonly Mode[] = ["fresh", "updated"];
const ids = rules.map(({ id }) => id);

describe("the list of rules", () => {
    it("has ids that are names of Pulumi policies, each once", () => {
        expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)+$/.test(id))).toEqual([]);
        expect(new Set(ids).size).toBe(ids.length);
    });

    it("is mandatory where the severity is critical", () => {
        const critical = rules.filter(({ severity }) => severity === "critical");
        expect(critical.filter(({ enforcement }) => enforcement !== "mandatory")).toEqual([]);
    });

    it("names controls by ids in the format of their authors", () => {
        const shape =
            /^([A-Z][A-Za-z0-9]+\.\d+|CIS (AWS Foundations|Amazon EKS) \d+\.\d+ §[\d.]+|CKV2?_(AWS|K8S)_\d+)$/;
        expect(rules.flatMap(controlIds).filter((id) => !shape.test(id))).toEqual([]);
    });

    it("describes trusted identifiers by regular expressions that Go reads too, which the engine is written in", () => {
        const patterns = rules.flatMap(({ trustedIds = [] }) => trustedIds.map(({ pattern }) => pattern));
        expect(patterns.filter((pattern) => /\(\?|\\\d/.test(pattern) || !pattern.startsWith("^"))).toEqual([]);
    });

    it("has titles without and remedies with a full stop, as the message needs them", () => {
        expect(rules.filter(({ title, remedy }) => title.endsWith(".") || !remedy.endsWith("."))).toEqual([]);
    });
});

describe.each(modes)("the platform, %s", (mode) => {
    it.each<PlatformName>(["platform", "aurora"])("satisfies every rule: %s", (name) => {
        expect(reportsOn(mode, (resources) => [...resources], {}, name)).toEqual([]);
    });

    it.each(mutations)(
        "violates $rule, and nothing else, by $what",
        ({ rule, platform, change, says, unprovedLater }) => {
            const reports = mattering(reportsOn(mode, change, {}, platform), rule);
            expect(rulesIn(reports)).toEqual([rule]);
            for (const { message } of reports) expect(message).toMatch(says);
            const unproved = reports.some(({ message }) => message.includes("cannot be proved"));
            expect(unproved).toBe(mode === "updated" && unprovedLater === true);
        },
    );
});

it("proves each rule by a mutation", () => {
    const proved = new Set([...mutations, ...foreignCases].map(({ rule }) => rule));
    expect(ids.filter((id) => !proved.has(id))).toEqual([]);
});
