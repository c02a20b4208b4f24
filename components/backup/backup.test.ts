import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { DatabaseEngine } from "../database";
import { rightsOf } from "../testing/access";
import { inputsOf, namesOfNodes, type Registered, rehearse, settled } from "../testing/mocks";
import { backupSpec, platform } from "../testing/specs";
import { Backup, type BackupArgs } from "./backup";

const ACCOUNT = "123456789012";
const DATABASE = `arn:aws:rds:eu-west-1:${ACCOUNT}:db:shop-test-database`;
const STORAGE_KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/storage`;

const args = { ...backupSpec, platform, region: "eu-west-1" };

/** A database, as far as backups have to do with it. */
function database(engine: DatabaseEngine): BackupArgs["database"] {
    const outputs = { engine, arn: pulumi.output(DATABASE), storageKeyArn: pulumi.output(STORAGE_KEY) };
    return Object.assign(new pulumi.ComponentResource("test:index:Database", "database"), outputs);
}

const make = (change: Partial<BackupArgs> = {}, engine: DatabaseEngine = "postgres") =>
    rehearse(false, (options) => new Backup("backup", { ...args, database: database(engine), ...change }, options));

/** Makes it with copies, for which it is given a provider. */
const makeWithCopies = (change: Partial<BackupArgs> = {}, preview = false) =>
    rehearse(preview, (options) => {
        const copyProvider = new aws.Provider("aws-eu-central-1", { region: "eu-central-1" });
        const copies = { copyTo: { region: "eu-central-1" }, copyProvider };
        return new Backup("backup", { ...args, database: database("postgres"), ...copies, ...change }, options);
    });

describe("copies", () => {
    it("have a vault and a key from the provider of their region; all else is in the stack's own", async () => {
        const { resources } = await makeWithCopies();
        // The stack's own provider is the default one here, of which the SDK knows nothing.
        const there = resources.filter(({ resource }) => resource.getProvider("aws:any:Any") !== undefined);
        expect(there.map(({ name, type }) => `${type.split(":")[2]} ${name}`).sort()).toEqual([
            "Alias backup-eu-central-1-encryption-alias",
            "BackupVault backup-eu-central-1",
            "EncryptionKey backup-eu-central-1-encryption",
            "Key backup-eu-central-1-encryption-key",
            "Vault backup-eu-central-1",
            "VaultPolicy backup-eu-central-1-policy",
        ]);
    });

    it("are made of every backup, and end as it does or when they are told to", async () => {
        const copiesOf = async (change: Partial<BackupArgs>) => {
            const { made, resources } = await makeWithCopies(change);
            const { rules } = await planOf(resources);
            const vault = await settled(made.copyVaultArn);
            return rules.map(({ ruleName, copyActions }) => [
                ruleName,
                copyActions?.map(({ destinationVaultArn: to, lifecycle }) => [to === vault, lifecycle?.deleteAfter]),
            ]);
        };
        expect(await copiesOf({})).toEqual([
            ["daily", [[true, 35]]],
            ["weekly", [[true, 91]]],
            ["monthly", [[true, 365]]],
        ]);
        const copyTo = { region: "eu-central-1", retentionDays: 14 };
        expect((await copiesOf({ copyTo, weeklyRetentionDays: 0, monthlyRetentionDays: 0 }))[0]?.[1]).toEqual([
            [true, 14],
        ]);
    });

    it("are not made unless they are wanted", async () => {
        const { made, resources } = await make();
        expect(made.copyVaultArn).toBeUndefined();
        const { rules } = await planOf(resources);
        expect(rules.map(({ copyActions }) => copyActions)).toEqual([undefined, undefined, undefined]);
    });

    it("are refused without a provider of their region, before anything is registered", () => {
        const without = { ...args, database: {} as BackupArgs["database"], copyTo: { region: "eu-central-1" } };
        expect(() => new Backup("backup", without)).toThrow(/backup\.copyProvider: is missing/);
    });
});

describe("the role", () => {
    it("may do what one database's snapshots take, and nothing else", async () => {
        const { made, resources } = await makeWithCopies();
        const rights = (await rightsOf(resources))[String(inputsOf(resources, "backup-role").name)] ?? [];
        const snapshots = ["eu-central-1", "eu-west-1"].map(
            (at) => `arn:aws:rds:${at}:${ACCOUNT}:snapshot:awsbackup:*`,
        );
        const vaults = [await settled(made.vaultArn), await settled(made.copyVaultArn)];
        const keys = ["backup-eu-central-1-encryption-key", "backup-vault-encryption-key"].map((name) =>
            resources.find((resource) => resource.name === name),
        );
        const keyArns = await settled(keys.map((key) => (key?.resource as aws.kms.Key | undefined)?.arn));
        const on = (resourcesOf: unknown[], ...actions: string[]) =>
            actions.flatMap((action) => resourcesOf.map((resource) => `${action} on ${resource}`));
        expect(rights).toEqual(
            [
                ...on([DATABASE, ...snapshots], "rds:CreateDBSnapshot", "rds:ListTagsForResource"),
                ...on(snapshots, "rds:AddTagsToResource", "rds:CopyDBSnapshot", "rds:DeleteDBSnapshot"),
                ...on(["*"], "rds:DescribeDBInstances", "rds:DescribeDBSnapshots", "tag:GetResources"),
                ...on(vaults, "backup:DescribeBackupVault", "backup:CopyIntoBackupVault"),
                ...on([...vaults, ...snapshots], "backup:CopyFromBackupVault"),
                ...on([STORAGE_KEY, ...keyArns], "kms:DescribeKey", "kms:CreateGrant"),
            ].sort(),
        );
        const { Statement } = JSON.parse(String(await settled(inputsOf(resources, "backup-role-policy").policy)));
        const grant = Statement.find(({ Action }: { Action: string[] }) => Action.includes("kms:CreateGrant"));
        expect(grant.Condition).toEqual({ Bool: { "kms:GrantIsForAWSResource": "true" } });
    });

    it("takes an Aurora cluster's snapshots, not an instance's", async () => {
        const { resources } = await make({}, "aurora-mysql");
        const rights = Object.values(await rightsOf(resources)).flat();
        expect(rights.filter((right) => /DBSnapshot|DBInstance|:snapshot:/.test(right))).toEqual([]);
        expect(rights).toContain(
            `rds:DeleteDBClusterSnapshot on arn:aws:rds:eu-west-1:${ACCOUNT}:cluster-snapshot:awsbackup:*`,
        );
    });

    it("has its rights before the selection is made, since AWS tries them then", async () => {
        const { resources } = await make();
        const rights = resources.find(({ name }) => name === "backup-role-policy")?.resource;
        const selection = resources.find(({ name }) => name === "backup-selection");
        expect([selection?.options.dependsOn].flat().some((one) => one === rights)).toBe(true);
        expect(await settled(selection?.inputs.resources as pulumi.Input<string[]>)).toEqual([DATABASE]);
    });
});

describe("the vaults", () => {
    it("can be judged at preview, before AWS has said what their ARNs are", async () => {
        const { resources } = await makeWithCopies({}, true);
        for (const name of ["backup-vault-policy", "backup-eu-central-1-policy"]) {
            expect(JSON.parse(String(await settled(inputsOf(resources, name).policy))).Statement).toEqual([
                {
                    Sid: "DenyEarlyDeletion",
                    Effect: "Deny",
                    Principal: "*",
                    Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
                    Resource: "*",
                },
            ]);
        }
    }, 5_000);

    it("are protected with the platform, and locked with each other, the old lock off before the new one is on", async () => {
        const { resources } = await makeWithCopies({ vaultLock: { minRetentionDays: 7, changeableForDays: 3 } });
        for (const name of ["backup-vault", "backup-eu-central-1"]) {
            const vault = resources.find((one) => one.name === name && one.type === "aws:backup/vault:Vault");
            expect(vault?.options.protect).toBe(true);
            const lock = resources.find((one) => one.name === `${name}-lock`);
            expect(lock?.inputs).toMatchObject({ minRetentionDays: 7, changeableForDays: 3 });
            expect(lock?.options.deleteBeforeReplace).toBe(true);
        }
        expect((await make()).resources.filter(({ name }) => name.endsWith("-lock"))).toEqual([]);
    });

    it("have names that AWS takes, which differ, however long the platform's is", async () => {
        const { resources } = await makeWithCopies({ platform: { ...platform, namePrefix: "s".repeat(60) } });
        const named = resources.filter(({ type }) => type.startsWith("aws:backup/") && !/Policy|Lock/.test(type));
        expect(named.map(({ inputs }) => inputs.name).filter((name) => !/^[\w-]{2,50}$/.test(String(name)))).toEqual(
            [],
        );
        const vaults = named.filter(({ type }) => type.endsWith(":Vault")).map(({ inputs }) => inputs.name);
        expect(new Set(vaults).size).toBe(2);
    });
});

it("lets a transform have the last word on plan, selection and every vault", async () => {
    const { resources } = await makeWithCopies({
        transform: { plan: { name: "mine" }, selection: { name: "ours" }, vault: { forceDestroy: true } },
    });
    expect([inputsOf(resources, "backup-plan").name, inputsOf(resources, "backup-selection").name]).toEqual([
        "mine",
        "ours",
    ]);
    const vaults = resources.filter(({ type }) => type.endsWith(":Vault"));
    expect(vaults.map(({ inputs }) => inputs.forceDestroy)).toEqual([true, true]);
});

it("refuses by itself what the configuration's rules throwIfInvalid, all at once", () => {
    const wrong = {
        ...{ ...args, database: {} as BackupArgs["database"] },
        ...{ weeklyRetentionDays: 1, startWindow: "always" },
    };
    expect(() => new Backup("nightly", wrong)).toThrow(
        /^Backup "nightly" has 2 problems:\n.*nightly\.startWindow.*\n.*nightly\.weeklyRetentionDays/,
    );
});

async function planOf(resources: Registered[]): Promise<{ rules: Rule[] }> {
    return { rules: (await settled(inputsOf(resources, "backup-plan").rules)) as Rule[] };
}

/** A rule of a plan, as far as the tests look at it. */
interface Rule {
    ruleName: string;
    copyActions?: { destinationVaultArn: string; lifecycle?: { deleteAfter: number } }[];
}

it("gives its raw resources", async () => {
    const { made, resources } = await makeWithCopies();
    expect(namesOfNodes(resources, made.nodes)).toMatchObject({
        plan: "backup-plan",
        selection: "backup-selection",
        role: "backup-role",
        vault: { vault: "backup-vault", policy: "backup-vault-policy", key: "backup-vault-encryption-key" },
        copyVault: { vault: "backup-eu-central-1", key: "backup-eu-central-1-encryption-key" },
    });
});
