import { describe, expect, it } from "vitest";
import published from "../testing/data/controls.json";
import { rules } from ".";

/** The ids that rules claim, each with the rule. */
const claimed = (of: (rule: (typeof rules)[number]) => readonly string[] | undefined) =>
    rules.flatMap((rule) => (of(rule) ?? []).map((id) => ({ id, rule: rule.id })));

const unpublished = (claims: readonly { id: string }[], ...lists: readonly { ids: readonly string[] }[]) => {
    const known = new Set(lists.flatMap(({ ids }) => ids));
    return claims.filter(({ id }) => !known.has(id));
};

const cis = (benchmark: string) =>
    claimed(({ controls }) => controls.cis)
        .filter(({ id }) => id.startsWith(benchmark))
        .map(({ id, rule }) => ({ id: id.slice(benchmark.length), rule }));

describe("the controls that rules claim to cover are in the list of their author:", () => {
    it("AWS Security Hub", () => {
        const claims = claimed(({ controls }) => controls.securityHub);
        expect(unpublished(claims, published.securityHub, published.securityHubGuide)).toEqual([]);
        expect(claims.length).toBeGreaterThan(100);
    });

    it("CIS AWS Foundations 5.0", () => {
        expect(unpublished(cis("AWS Foundations 5.0 §"), published.cisAws5)).toEqual([]);
    });

    it("CIS AWS Foundations 7.0", () => {
        expect(unpublished(cis("AWS Foundations 7.0 §"), published.cisAws7)).toEqual([]);
    });

    it("checkov", () => {
        const claims = claimed(({ controls }) => controls.checkov);
        expect(unpublished(claims, published.checkov)).toEqual([]);
        expect(claims.length).toBeGreaterThan(100);
    });

    it("no other benchmark is claimed than these and that of EKS, whose list no package ships", () => {
        const known = /^(AWS Foundations [57]\.0|Amazon EKS 1\.4) §/;
        expect(claimed(({ controls }) => controls.cis).filter(({ id }) => !known.test(id))).toEqual([]);
    });
});
