import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { afterEach, describe, expect, it } from "vitest";
import { configuration, waiversUsed } from "./configuration";
import { rules } from "./rules";
import { set } from "./testing/platform";
import { mattering, reportsOn, rulesIn } from "./testing/report";

const own = configuration(rules);
const inAYear = new Date(Date.now() + 300 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
const change = set("orders-queue", { kmsMasterKeyId: undefined, sqsManagedSseEnabled: false });
const waiver = { urn: "*::orders-queue", reason: "for a test", owner: "the tests", expires: inAYear };

/** Gives the pack a configuration, as its first policy does, and says what is wrong with it. */
function configured(config: object): string[] {
    const said: string[] = [];
    const args = { resources: [], getConfig: () => config } as unknown as StackValidationArgs;
    void own.validateStack(args, (message) => void said.push(message));
    return said;
}

function unused(): string[] {
    const said: string[] = [];
    void waiversUsed(rules).validateStack(
        { resources: [] } as unknown as StackValidationArgs,
        (message) => void said.push(message),
    );
    return said;
}

afterEach(() => void configured({}));

describe("the configuration of the pack", () => {
    it("waives a rule for a resource, and names the waivers that waive nothing", () => {
        expect(rulesIn(mattering(reportsOn("fresh", change)))).toEqual(["queue-encrypted-at-rest"]);
        const waivers = [
            { ...waiver, rule: "queue-encrypted-at-rest" },
            { ...waiver, rule: "queue-tls-only" },
        ];
        expect(configured({ waivers })).toEqual([]);
        expect(mattering(reportsOn("fresh", change))).toEqual([]);
        expect(unused()).toEqual([
            expect.stringContaining("the waiver of queue-tls-only for *::orders-queue waives nothing"),
        ]);
    });

    it("is known to the policies on single resources as well", () => {
        const [validate] = [own.validateResource ?? []].flat();
        const config = { waivers: [{ ...waiver, rule: "queue-encrypted-at-rest" }] };
        void validate?.({ getConfig: () => config } as unknown as ResourceValidationArgs, () => undefined);
        expect(mattering(reportsOn("fresh", change))).toEqual([]);
    });

    it("is refused with a waiver that is not valid", () => {
        const waivers = [{ ...waiver, rule: "queue-encrypted-at-rest", expires: "2020-01-01" }];
        expect(configured({ waivers })).toEqual([expect.stringContaining("expired on 2020-01-01")]);
        expect(unused()).toEqual([]);
        expect(rulesIn(mattering(reportsOn("fresh", change)))).toEqual(["queue-encrypted-at-rest"]);
    });

    it("says once what all rules trust", () => {
        const foreign = "arn:aws:kms:eu-west-1:210987654321:key/1";
        const keyed = set("cache-replication-group", { kmsKeyId: foreign });
        const rule = "cache-encrypted-with-customer-key";
        expect(rulesIn(mattering(reportsOn("fresh", keyed), rule))).toEqual([rule]);
        configured({ trusted: { customerKeyArns: [foreign] } });
        expect(mattering(reportsOn("fresh", keyed), rule)).toEqual([]);
    });

    it("has one meaning for each key of trusted identifiers", () => {
        const meanings = new Map<string, Set<string>>();
        for (const { key, pattern } of rules.flatMap(({ trustedIds = [] }) => trustedIds))
            meanings.set(key, (meanings.get(key) ?? new Set()).add(pattern));
        expect([...meanings].filter(([, patterns]) => patterns.size > 1)).toEqual([]);
    });
});
