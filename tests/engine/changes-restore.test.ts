import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, type Step } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

interface Settings {
    protect?: boolean;
    engine?: string;
    restored?: Record<string, unknown>;
    cache?: false | Record<string, unknown>;
}

function configure({ protect = true, engine = "postgres", restored, cache = false }: Settings): void {
    const values = {
        ...{
            "aws:region": "eu-west-1",
            "plinth:tier": "staging",
            "plinth:cache": cache,
            "plinth:cluster": false,
            "plinth:notifications": false,
            "plinth:protect": protect,
        },
        "plinth:database": { engine, readReplicas: 0, ...(restored && { restored }) },
        "plinth:clients": { app: { securityGroupId: "sg-0123456789abcdef0" } },
    };
    checkout.write("Pulumi.staging.yaml", JSON.stringify({ config: values })); // which is YAML too
}

/** What a preview plans for the resources of AWS's: `create database-primary`. */
async function planned(settings: Settings): Promise<string[]> {
    configure(settings);
    return ofAws(await checkout.steps("staging"));
}

/** Updates the stack; what that printed, and what it did, as `planned` says it. */
async function comesUp(settings: Settings, ...flags: string[]): Promise<{ printed: string; done: string[] }> {
    configure(settings);
    const { printed, steps } = await checkout.update("staging", ...flags);
    return { printed, done: ofAws(steps) };
}

function ofAws(steps: Step[]): string[] {
    return steps
        .filter(({ urn }) => /::(aws|random):|\$(aws|random):/.test(urn))
        .map(({ op, name }) => `${op} ${name}`);
}

function refused(settings: Settings): Promise<string> {
    configure(settings);
    return checkout.refused("staging");
}

const withPack = ["--policy-pack", "policy"];

/** A database of before Plinth, with a snapshot of it. */
const older = (name: string, storageEncrypted: boolean) => [
    {
        type: "aws:rds/instance:Instance",
        id: name,
        inputs: {
            ...{ identifier: name, instanceClass: "db.t3.small", engine: "postgres", engineVersion: "16" },
            ...{ allocatedStorage: 50, storageEncrypted, username: "owner", skipFinalSnapshot: true },
        },
    },
    {
        type: "aws:rds/snapshot:Snapshot",
        id: `${name}-snapshot`,
        inputs: { dbInstanceIdentifier: name, dbSnapshotIdentifier: `${name}-snapshot` },
    },
];

const preexisting = [
    { type: "aws:ec2/vpc:Vpc", id: "vpc-0123456789abcdef0", inputs: { cidrBlock: "10.9.0.0/16" } },
    {
        type: "aws:ec2/securityGroup:SecurityGroup",
        id: "sg-0123456789abcdef0",
        inputs: { vpcId: "vpc-0123456789abcdef0", name: "app", description: "The application" },
    },
    ...older("sealed", true),
    ...older("open", false),
    {
        type: "aws:elasticache/snapshot:Snapshot",
        id: "yesterday",
        inputs: { snapshotName: "yesterday", engine: "redis" },
    },
];

const afterIncident = { name: "after-incident" };
const latest = { ...afterIncident, restoreFrom: { pointInTime: "latest" } };

/** A stack that stands, and nothing else. */
async function beginWith(settings: Settings): Promise<void> {
    await checkout.succeed("reset");
    checkout.write("Sandbox.staging.yaml", JSON.stringify({ preexisting }));
    await comesUp(settings);
}

const second = (restoreFrom: object) => ({ restored: { name: "second", restoreFrom } });

describe("a restore", () => {
    beforeAll(() => beginWith({}));

    it("is refused at preview where the snapshot is not encrypted", async () => {
        const output = await refused(second({ snapshot: "open-snapshot" }));
        expect(output).toContain("open-snapshot is not encrypted, and RDS restores it so");
    });

    it("is refused by the policy pack unless the snapshot is trusted", async () => {
        configure(second({ snapshot: "sealed-snapshot" }));
        const { code, output } = await checkout.run(["preview", "staging"]);
        expect(code).not.toBe(0);
        expect(output).toMatch(
            /database-second-primary: cannot be proved: the snapshot in snapshotIdentifier decides this/,
        );
        const trusted = { encryptedSnapshots: ["sealed-snapshot"] };
        const rules = { "database-encrypted-at-rest": trusted, "database-encrypted-with-customer-key": trusted };
        checkout.write("policy.staging.json", JSON.stringify(rules));
        await checkout.succeed("preview", "staging", "--policy-pack-config", "policy.staging.json");
    });

    it("is made beside the living database, of which nothing changes", async () => {
        const { done } = await comesUp({ restored: latest });
        expect(done).toContain("create database-after-incident-primary");
        expect(done.filter((step) => !step.startsWith("create database-after-incident-"))).toEqual([]);
        const { resources } = checkout.state("staging").deployment;
        const outputsOf = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs;
        const [living, restored] = [outputsOf("database-primary"), outputsOf("database-after-incident-primary")];
        expect(restored?.kmsKeyId).toBe(outputsOf("database-encryption-key")?.arn);
        expect([restored?.username, restored?.dbName]).toEqual([living?.username, living?.dbName]);
        expect(living?.username).toBe("platform_admin");
    });

    it("is left as it is when what it was made from is given anew", async () => {
        const earlier = { ...afterIncident, restoreFrom: { pointInTime: "2020-01-01T00:00:00Z" } };
        expect(await planned({ restored: earlier })).toEqual([]);
    });

    it("serves when it is told to, without what it was made from: only who is let in changes, and no database", async () => {
        const { printed, done } = await comesUp({ restored: { ...afterIncident, inService: true } });
        expect(done.sort()).toEqual([
            "create database-after-incident-access-from-app",
            "delete database-access-from-app",
        ]);
        expect(printed).toMatch(
            /primaryEndpoint +: "plinth-staging-database\.\S+" => "plinth-staging-database-after-incident\.\S+"/,
        );
    });

    it("takes the original's place only when that is told to go, and is not protected: the key stays, which it needs", async () => {
        const gone = { restored: { ...afterIncident, inService: true, original: "delete" } };
        expect(await refused(gone)).toMatch(/database-primary.*(protected|cannot be deleted)/s);
        await comesUp({ protect: false, restored: { ...afterIncident, inService: true } });
        const { done } = await comesUp({ protect: false, ...gone });
        expect(done).toContain("delete database-primary");
        expect(done.filter((step) => /after-incident|database-encryption|^(create|update|replace)/.test(step))).toEqual(
            [],
        );
        await checkout.succeed("destroy", "staging", "--skip-preview");
    });
});

describe("a restore of an Aurora cluster, and of a cache", () => {
    const living = { protect: false, engine: "aurora-postgresql", cache: {} };
    /** Both restored, from what is their own. */
    const both = (database: Record<string, unknown>, cache = database): Settings => ({
        ...living,
        restored: database,
        cache: { restored: cache },
    });
    beforeAll(() => beginWith(living));

    it("is made beside the living ones under keys of its own, which the policy pack takes as proved", async () => {
        const settings = both(latest, { ...afterIncident, restoreFrom: { snapshot: "yesterday" } });
        const { done } = await comesUp(settings, ...withPack);
        expect(done).toContain("create database-after-incident-cluster");
        expect(done).toContain("create cache-after-incident-replication-group");
        expect(done.filter((step) => !/^create (database|cache)-after-incident-/.test(step))).toEqual([]);
        const { resources } = checkout.state("staging").deployment;
        const outputsOf = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs;
        const cluster = outputsOf("database-after-incident-cluster");
        expect(cluster?.kmsKeyId).toBe(outputsOf("database-after-incident-encryption-key")?.arn);
        expect([cluster?.masterUsername, cluster?.databaseName]).toEqual(["platform_admin", "app"]);
        const cache = outputsOf("cache-after-incident-replication-group");
        expect(cache?.kmsKeyId).toBe(outputsOf("cache-after-incident-encryption-key")?.arn);
    });

    it("is left as it is when what it was made from is taken away, and serves when it is told to", async () => {
        const serving = { ...afterIncident, inService: true };
        const moved = ["database", "cache"].flatMap((store) => [
            `create ${store}-after-incident-access-from-app`,
            `delete ${store}-access-from-app`,
        ]);
        expect((await planned(both(serving))).sort()).toEqual(moved.sort());
    });

    it("takes the originals' place, whose keys stay", async () => {
        const alone = { ...afterIncident, inService: true, original: "delete" };
        const { printed, done } = await comesUp(both(alone));
        expect(done).toEqual(
            expect.arrayContaining([
                "delete database-cluster",
                "delete database-writer",
                "delete cache-replication-group",
            ]),
        );
        expect(done.filter((step) => /(database|cache)-encryption-|^(update|replace)/.test(step))).toEqual([]);
        expect(printed).toMatch(
            /primaryEndpoint +: "master\.plinth-staging-cache\.\S+" => "master\.plinth-staging-cache-after-incident\.\S+"/,
        );
        await checkout.succeed("destroy", "staging", "--skip-preview");
    });
});
