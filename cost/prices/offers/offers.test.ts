import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { pricedRegions, priceTable } from "../prices";
import { offerFiles, priceRules, ruleOf } from ".";

describe.each(pricedRegions)("the table of %s", (region) => {
    it("has only prices that a rule finds in AWS's list, by the unit that it has there", () => {
        const prices = Object.entries(priceTable(region)?.prices ?? {});
        expect(prices.length).toBeGreaterThan(100);
        expect(prices.map(([key, { unit }]) => [key, unit])).toEqual(prices.map(([key]) => [key, ruleOf(key)?.unit]));
    });
});

it("the documentation names every file that is read", () => {
    const page = readFileSync(path.join(__dirname, "../../../docs/cost-prices.md"), "utf8");
    const rows = [...page.matchAll(/^\| `(.*)\.csv` \| `(.*?)`(, all regions)? \|/gm)];
    expect(rows.map(([, name, code, all]) => [name, { code, scope: all ? "global" : "region" }])).toEqual(
        Object.entries(offerFiles),
    );
});

describe("the rules", () => {
    it("are one for each key", () => {
        const keys = priceRules.map(({ key }) => key);
        expect(keys).toEqual([...new Set(keys)]);
    });

    it("have a class in key and usage types, or nowhere", () => {
        for (const { key, usage, classes } of priceRules)
            expect([key, ...usage].map((text) => text.endsWith("*"))).toEqual(
                [key, ...usage].map(() => classes !== undefined),
            );
    });

    it.each([
        ["rds/postgres/db.t4g.medium", true],
        ["rds/postgres/db.r6g.16xlarge", false],
        ["rds/oracle/db.t4g.medium", false],
        ["ec2/t3.micro", true],
        ["ec2/db.t3.micro", false],
        ["cache/valkey/cache.t4g.micro", true],
        ["alb/hour", true],
        ["alb/hours", false],
    ])("of %s: %s", (key, isKnown) => {
        expect(ruleOf(key) !== undefined).toBe(isKnown);
    });
});
