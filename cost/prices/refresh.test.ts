import { describe, expect, it } from "vitest";
import type { Quote } from "./quotes";
import { refresh } from "./refresh";
import type { TableFile } from "./table";

const old = { source: "s1", asOf: "2024-07-01", confidence: "low" };
const table: TableFile = {
    region: "eu-west-1",
    currency: "USD, before taxes and discounts",
    validUntil: "2026-12-31",
    sources: { s1: "a guess", s2: "an extract" },
    prices: {
        "alb/hour": { ...old, usd: 0.025, unit: "hour" },
        "ec2/t3.medium": { ...old, usd: 0.0456, unit: "hour", source: "s2" },
        "kms/key": { ...old, usd: 1, unit: "month" },
    },
};
const header = { code: "AWSELB", published: "2026-10-06" };
const quote = (more: Partial<Quote> = {}): Quote => ({
    ...{ key: "alb/hour", unit: "hour", prices: [0.0252], header, doubts: [] },
    ...more,
});
const refreshed = (...quotes: Quote[]) => refresh(table, quotes, { region: "eu-west-1", isComplete: true });

describe("a refresh", () => {
    it("replaces what the list has and leaves everything else as it is", () => {
        const result = refreshed(quote());
        expect(result.table).toEqual({
            ...table,
            validUntil: "2027-04-06",
            sources: { ...table.sources, s3: "AWS price list, AWSELB 2026-10-06" },
            prices: {
                ...table.prices,
                "alb/hour": { usd: 0.0252, unit: "hour", source: "s3", asOf: "2026-10-06", confidence: "high" },
            },
        });
        expect(result.changes).toEqual([{ key: "alb/hour", before: 0.025, after: 0.0252 }]);
        expect(result.refused).toEqual([]);
    });

    it("names what the list does not have, and what the table does not have either", () => {
        const { kept } = refreshed(quote());
        expect(kept).toContainEqual({ key: "ec2/t3.medium", asOf: "2024-07-01" });
        expect(kept).toContainEqual({ key: "waf/rule" });
        expect(kept.map(({ key }) => key)).not.toContain("alb/hour");
    });

    it("counts prices that are as before, and dates them anew", () => {
        const result = refreshed(quote({ prices: [0.025] }));
        expect(result).toMatchObject({ changes: [], confirmed: 1 });
        expect(result.table.prices["alb/hour"]).toMatchObject({ asOf: "2026-10-06", confidence: "high" });
    });

    it("adds a price in its place", () => {
        const result = refreshed(quote({ key: "alb/lcu", prices: [0.008], unit: "LCU-hour" }));
        expect(result.changes).toEqual([{ key: "alb/lcu", after: 0.008 }]);
        expect(Object.keys(result.table.prices)).toEqual(["alb/hour", "alb/lcu", "ec2/t3.medium", "kms/key"]);
    });

    it("drops sources that no price has any more, and keeps the keys of the others", () => {
        const result = refreshed(quote(), quote({ key: "kms/key", unit: "month", prices: [1] }));
        expect(result.table.sources).toEqual({ s2: "an extract", s3: "AWS price list, AWSELB 2026-10-06" });
    });

    it("keeps a price where the list has several", () => {
        const result = refreshed(quote({ prices: [0.0252, 0.03] }));
        expect(result.table.prices).toEqual(table.prices);
        expect(result.kept).toContainEqual({ key: "alb/hour", asOf: "2024-07-01", listed: [0.0252, 0.03] });
    });

    it.each([
        ["more than doubles", quote({ prices: [0.0501] }), "it would change from $0.025 to $0.0501"],
        ["more than halves", quote({ prices: [0.0124] }), "it would change from $0.025 to $0.0124"],
        ["has another unit", quote({ unit: "month" }), "the table has it by hour, and the rule gives it by month"],
        ["is doubted", quote({ doubts: ["it would be $0"] }), "it would be $0"],
    ])("refuses a price that %s", (_, one, reason) => {
        expect(refreshed(one).refused).toEqual([{ key: "alb/hour", reasons: [reason] }]);
    });

    it.each([0.05, 0.0125])("takes a price that doubles or halves: %d", (usd) => {
        expect(refreshed(quote({ prices: [usd] })).refused).toEqual([]);
    });

    it("dates the table by the newest file, and only where all were read", () => {
        const older = quote({ key: "kms/key", unit: "month", header: { code: "awskms", published: "2026-09-11" } });
        expect(refreshed(quote({ header: { ...header, published: "2026-08-31" } })).table.validUntil).toBe(
            "2027-02-28",
        );
        expect(refreshed(quote(), older).table.validUntil).toBe("2027-04-06");
        const partial = refresh(table, [quote()], { region: "eu-west-1", isComplete: false });
        expect(partial.table.validUntil).toBe(table.validUntil);
    });

    it("makes the table of a new region", () => {
        const result = refresh(undefined, [quote()], { region: "eu-central-1", isComplete: true });
        expect(result.table).toEqual({
            ...{ region: "eu-central-1", currency: "USD, before taxes and discounts", validUntil: "2027-04-06" },
            sources: { s1: "AWS price list, AWSELB 2026-10-06" },
            prices: { "alb/hour": { usd: 0.0252, unit: "hour", source: "s1", asOf: "2026-10-06", confidence: "high" } },
        });
    });
});
