import { beforeEach, describe, expect, it } from "vitest";
import { Account, type Entity } from "../account/account";
import { emptyAccounts } from "../providers/aws/testing";
import { drift } from "./drift";

let account: Account;
const put = (type: string, name: string, properties: Entity["outputs"]) =>
    account.put({
        ...{
            type,
            name,
            id: `${name}-id`,
            urn: `urn:pulumi:dev::p::${type}::${name}`,
            region: "eu-west-1",
            run: "this",
        },
        ...{ inputs: properties, outputs: properties },
    });

beforeEach(() => {
    account = new Account(emptyAccounts(), "dev");
    for (let index = 0; index < 20; index++)
        put("aws:sqs/queue:Queue", `queue-${index}`, { visibilityTimeoutSeconds: 30, tags: {} });
    put("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", { threshold: 1 });
    put("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "nothing-happens-to-it", {});
});

const state = () => account.records().map(({ name, outputs }) => [name, outputs]);

describe("drift", () => {
    it("changes as many resources as asked for, each in inputs and outputs, and says how", () => {
        const before = new Map(account.records().map(({ name, outputs }) => [name, outputs]));
        const changes = drift(account, 3, 5);
        expect(changes).toHaveLength(5);
        expect(new Set(changes.map(({ id }) => id)).size).toBe(5);
        for (const { type, id, name, what } of changes) {
            const now = account.get(type, id);
            if (what === "it was deleted") expect(now).toBeUndefined();
            else expect([now?.outputs, now?.inputs]).not.toEqual([before.get(name), before.get(name)]);
        }
        const touched = new Set(changes.map(({ name }) => name));
        for (const { name, outputs } of account.records())
            if (!touched.has(name)) expect(outputs).toEqual(before.get(name));
    });

    it("is the same for the same seed, and another for another", () => {
        const other = new Account(emptyAccounts(), "dev");
        const third = new Account(emptyAccounts(), "dev");
        for (const entity of account.records()) for (const one of [other, third]) one.put(entity);
        const changes = drift(account, 11, 4);
        expect(drift(other, 11, 4)).toEqual(changes);
        expect(other.records()).toEqual(account.records());
        expect(drift(third, 12, 4)).not.toEqual(changes);
    });

    it("changes at most what there is, and nothing that it knows no change for", () => {
        const changes = drift(account, 1, 100);
        expect(changes).toHaveLength(21);
        expect(changes.map(({ name }) => name)).not.toContain("nothing-happens-to-it");
    });

    it("is refused where there is nothing to change", () => {
        const empty = new Account(emptyAccounts(), "staging");
        expect(() => drift(empty, 1, 1)).toThrow("staging has nothing that could drift: bring the stack up first");
        expect(state().length).toBe(22);
    });
});
