import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Properties, UNKNOWN } from "../../../../rpc/values";
import { check } from "../../check";
import { difference } from "../../difference";
import type { AwsProvider } from "../../provider";
import { emptyAccounts, providerInAccount } from "../../testing";
import { PLAN, SELECTION, VAULT } from "./backup";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const accounts = emptyAccounts();
const providerIn = (region: string) => providerInAccount(accounts, region);
/** Two providers of one account, as a program has them that copies from one region to the other. */
const [here, there] = [providerIn("eu-west-1"), providerIn("eu-central-1")];

const POLICY = "aws:backup/vaultPolicy:VaultPolicy";
const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const resource = (type: string, name = "it") => ({ type, name, stack: "dev" });
const make = (type: string, inputs: Properties, provider = here) =>
    provider.create(resource(type, String(inputs.name ?? "it")), inputs, false);

const rule = {
    ruleName: "daily",
    targetVaultName: "vault",
    schedule: "cron(0 6 * * ? *)",
    lifecycle: { deleteAfter: 7 },
};
let copyArn: string;
let keyThere: string;
let planId: string;

beforeAll(() => {
    const key = (provider: AwsProvider) => String(make("aws:kms/key:Key", {}, provider).outputs.arn);
    keyThere = key(there);
    make(VAULT, { name: "vault", kmsKeyArn: key(here) });
    copyArn = String(make(VAULT, { name: "copies", kmsKeyArn: keyThere }, there).outputs.arn);
    const copyActions = [{ destinationVaultArn: copyArn }];
    planId = make(PLAN, { name: "plan", rules: [{ ...rule, copyActions }] }).id;
    const trust = (Service: string) => JSON.stringify({ Statement: [{ Principal: { Service } }] });
    make("aws:iam/role:Role", { name: "backup", assumeRolePolicy: trust("backup.amazonaws.com") });
    make("aws:iam/role:Role", { name: "other", assumeRolePolicy: trust("ec2.amazonaws.com") });
});

it("makes what the second provider makes in the second region", () => {
    expect(copyArn).toBe("arn:aws:backup:eu-central-1:123456789012:backup-vault:copies");
    expect(keyThere).toMatch(/^arn:aws:kms:eu-central-1:/);
});

describe("what AWS Backup refuses by looking at it", () => {
    const failures = (type: string, inputs: Properties) =>
        check(resource(type), {}, inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);
    const plan = (...rules: Properties[]) => ({ name: "p", rules: rules.map((change) => ({ ...rule, ...change })) });

    it.each<[string, Properties, string]>([
        [VAULT, { name: "a.vault" }, "name: InvalidParameterValueException"],
        [VAULT, { name: "v".repeat(51) }, "name: InvalidParameterValueException"],
        [PLAN, { name: "p", rules: [] }, "rules: InvalidParameterValueException: A backup plan has one rule"],
        [PLAN, plan({ ruleName: "every day" }), "a rule's name"],
        [PLAN, plan({}, { schedule: "rate(1 day)" }), "Invalid schedule expression"],
        [PLAN, plan({ startWindow: 59 }), "Start window minutes should be at least 60"],
        [PLAN, plan({ lifecycle: { deleteAfter: 0 } }), "DeleteAfterDays cannot be less than 1"],
        [
            PLAN,
            plan({ copyActions: [{ destinationVaultArn: "arn", lifecycle: { deleteAfter: 36_501 } }] }),
            "DeleteAfterDays cannot be less than 1 or more than 36500",
        ],
        [PLAN, plan({ lifecycle: { coldStorageAfter: 30, deleteAfter: 100 } }), "90 days or more after"],
        [PLAN, plan({ enableContinuousBackup: true, lifecycle: { deleteAfter: 36 } }), "A continuous backup is kept"],
        [SELECTION, { name: "s", planId: "p", iamRoleArn: "r" }, "A selection has resources or tags"],
        [POLICY, { backupVaultName: "vault", policy: "{" }, "policy: InvalidParameterValueException"],
        [
            POLICY,
            { backupVaultName: "vault", policy: JSON.stringify({ Statement: [{ Action: "backup:Delete*" }] }) },
            "has a wildcard in an action",
        ],
        [LOCK, { backupVaultName: "vault", changeableForDays: 2 }, "changeableForDays must be between 3 and 36500"],
        [LOCK, { backupVaultName: "vault", minRetentionDays: 8, maxRetentionDays: 7 }, "must not be over"],
    ])("%s with %j", (type, inputs, message) => {
        expect(failures(type, inputs)).toEqual([expect.stringContaining(message)]);
    });

    it("is left for later where it is not known yet", () => {
        expect(failures(PLAN, plan({ lifecycle: { deleteAfter: UNKNOWN }, startWindow: UNKNOWN }))).toEqual([]);
        expect(failures(PLAN, { name: "p", rules: UNKNOWN })).toEqual([]);
    });
});

describe("what AWS Backup refuses because of what else is there", () => {
    it.each<[string, string, Properties, RegExp]>([
        ["a second vault of a name", VAULT, { name: "vault" }, /AlreadyExistsException/],
        [
            "a key of another region",
            VAULT,
            { name: "second", kmsKeyArn: "there" },
            /InvalidParameterValueException.*is not in eu-west-1/,
        ],
        ["a plan for a vault that is not", PLAN, { name: "q", rules: [{ ...rule, targetVaultName: "lost" }] }, /lost/],
        [
            "copies to a vault that is not",
            PLAN,
            { name: "q", rules: [{ ...rule, copyActions: [{ destinationVaultArn: "arn:lost" }] }] },
            /ResourceNotFoundException.*arn:lost/,
        ],
        [
            "a role that it can't take",
            SELECTION,
            { name: "s", planId: "plan", iamRoleArn: "other", resources: ["*"] },
            /InvalidParameterValueException.*cannot be assumed by AWS Backup/,
        ],
        ["a policy for a vault that is not", POLICY, { backupVaultName: "lost", policy: "{}" }, /ResourceNotFound/],
    ])("%s", (_, type, inputs, message) => {
        const given = inputs.kmsKeyArn === "there" ? { ...inputs, kmsKeyArn: keyThere } : inputs;
        expect(() => make(type, given)).toThrow(message);
    });

    it("taking a plan away from under its selection", () => {
        const inputs = { name: "s", planId, iamRoleArn: "backup", resources: ["arn:aws:rds:eu-west-1:1:db:d"] };
        const { id, outputs } = make(SELECTION, inputs);
        const plan = { id: planId, inputs: {}, outputs: {} };
        expect(() => here.delete(resource(PLAN), plan)).toThrow(/InvalidRequestException/);
        here.delete(resource(SELECTION), { id, inputs, outputs });
        here.delete(resource(PLAN), plan);
    });
});

it("updates plans in place, whatever changes in a rule, and gives them another version", () => {
    const old = { name: "changing", rules: [rule] };
    const made = make(PLAN, old);
    const next = {
        ...old,
        rules: [{ ...rule, lifecycle: { deleteAfter: 35 }, copyActions: [{ destinationVaultArn: copyArn }] }],
    };
    expect(difference(PLAN, old, next).replaces).toEqual([]);
    const outputs = here.update(resource(PLAN), { ...made, inputs: old }, next, false);
    expect([outputs.arn, outputs.version !== made.outputs.version]).toEqual([made.outputs.arn, true]);
});

it.each<[string, Properties, Properties, string[]]>([
    [VAULT, { name: "v", kmsKeyArn: "a" }, { name: "v", kmsKeyArn: "b" }, ["kmsKeyArn"]],
    [VAULT, { name: "v", forceDestroy: false }, { name: "v", forceDestroy: true }, []],
    [SELECTION, { name: "s", resources: ["a"] }, { name: "s", resources: ["b"] }, ["resources"]],
    [LOCK, { backupVaultName: "v" }, { backupVaultName: "v", minRetentionDays: 7 }, ["minRetentionDays"]],
    [POLICY, { backupVaultName: "v", policy: "{}" }, { backupVaultName: "v", policy: "[]" }, []],
])("%s from %j to %j replaces by %j", (type, old, next, expected) => {
    expect(difference(type, old, next).replaces).toEqual(expected);
});

it("loses a vault's lock where the new one is put on before the old one is taken off", () => {
    make(VAULT, { name: "locked" });
    const old = make(LOCK, { backupVaultName: "locked", minRetentionDays: 1 });
    make(LOCK, { backupVaultName: "locked", minRetentionDays: 2 });
    here.delete(resource(LOCK), { ...old, inputs: {} });
    expect(here.read(resource(LOCK), "locked")).toBeUndefined();
});
