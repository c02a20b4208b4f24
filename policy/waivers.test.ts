import { describe, expect, it } from "vitest";
import { rules } from "./rules";
import { problemsOf, type Waiver, waiverFor } from "./waivers";

const now = new Date("2026-11-27T12:00:00Z");
const urn = "urn:pulumi:prod::shop::plinth:queue:Queue$aws:sqs/queue:Queue::orders-queue";
const rule = rules.find(({ id }) => id === "queue-tls-only") as (typeof rules)[number];
const critical = rules.find(({ severity }) => severity === "critical") as (typeof rules)[number];
const waiver: Waiver = { rule: rule.id, urn, reason: "old producer", owner: "orders team", expires: "2027-03-31" };

describe("a waiver holds", () => {
    it.each([
        ["for the URN", {}],
        ["for a pattern with the name", { urn: "*::orders-queue" }],
        ["for a pattern with a part of the name", { urn: "urn:pulumi:prod::*::orders-*" }],
        ["through its last day", { expires: "2026-11-27" }],
    ])("%s", (_, change) => {
        expect(waiverFor([{ ...waiver, ...change }], rule, urn, now)).toEqual({ ...waiver, ...change });
        expect(problemsOf([{ ...waiver, ...change }], rules, now)).toEqual([]);
    });

    it("not for another resource, nor for another rule", () => {
        expect(waiverFor([waiver], rule, `${urn}-2`, now)).toBeUndefined();
        expect(waiverFor([{ ...waiver, urn: "*::orders.queue" }], rule, urn, now)).toBeUndefined();
        expect(waiverFor([{ ...waiver, rule: "key-rotated" }], rule, urn, now)).toBeUndefined();
    });
});

describe("a waiver is reported, and does not hold, when it", () => {
    it.each([
        ["has expired", { expires: "2026-11-26" }, "expired on 2026-11-26: mend the resource, or ask orders team"],
        ["expires on no date", { expires: "2027-02-31" }, "which is no date such as 2027-03-31"],
        ["expires on what is no date at all", { expires: "never" }, "which is no date such as 2027-03-31"],
        ["is for every resource", { urn: "*" }, "is too broad"],
        ["is for every name", { urn: "urn:pulumi:prod::shop::aws:sqs/queue:Queue::*" }, "is too broad"],
        ["is for nearly every name", { urn: "urn:pulumi:prod::shop::**::or*" }, "is too broad"],
    ])("%s", (_, change, message) => {
        const wrong = { ...waiver, ...change };
        expect(problemsOf([wrong], rules, now)).toEqual([expect.stringContaining(message)]);
        expect(waiverFor([wrong], rule, urn, now)).toBeUndefined();
    });

    it("is of a critical rule", () => {
        const wrong = { ...waiver, rule: critical.id };
        expect(problemsOf([wrong], rules, now)).toEqual([expect.stringContaining("no critical rule is waived")]);
        expect(waiverFor([wrong], critical, urn, now)).toBeUndefined();
    });

    it.each([
        ["names no rule", { rule: "queue-tls" }, "names a rule that the pack does not have"],
        ["is for longer than a year", { expires: "2028-01-01" }, "a waiver holds for a year at most"],
    ])("%s", (_, change, message) => {
        expect(problemsOf([{ ...waiver, ...change }], rules, now)).toEqual([expect.stringContaining(message)]);
    });
});
