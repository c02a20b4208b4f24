import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
    CreateCacheClusterCommand,
    CreateReplicationGroupCommand,
    DescribeSnapshotsCommand,
    ElastiCacheClient,
    ListTagsForResourceCommand,
} from "@aws-sdk/client-elasticache";
import {
    CreateDBClusterCommand,
    CreateDBInstanceCommand,
    DescribeDBClusterSnapshotsCommand,
    DescribeDBSnapshotsCommand,
    RDSClient,
    StopDBInstanceCommand,
} from "@aws-sdk/client-rds";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOps } from "../testing/command";
import { MotoServer, noMoto } from "../testing/moto";
import { type SnapshotSource, type SnapshotState, snapshotName, takeSnapshot } from "./snapshot";

const region = "eu-west-1";
const folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-snapshot-"));
const moto = new MotoServer();
let environment: Record<string, string>;
let rds: RDSClient;
let elastiCache: ElastiCacheClient;
const tags = [
    { Key: "CreatedBy", Value: "plinth-ops" },
    { Key: "Stack", Value: "dev" },
    { Key: "Reason", Value: "before the upgrade" },
];

afterAll(() => {
    moto.stop();
    rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(noMoto)(`npm run ops -- <stack> … snapshot${noMoto && `, skipped: ${noMoto}`}`, () => {
    beforeAll(async () => {
        environment = await moto.start();
        const credentials = { accessKeyId: "test", secretAccessKey: "test" };
        const client = { endpoint: environment.AWS_ENDPOINT_URL, region, credentials };
        rds = new RDSClient(client);
        elastiCache = new ElastiCacheClient(client);
        const login = { MasterUsername: "platform_admin", MasterUserPassword: "no-secret-here" };
        for (const DBInstanceIdentifier of ["plinth-dev-database", "plinth-dev-stopped"])
            await rds.send(
                new CreateDBInstanceCommand({
                    ...{ DBInstanceIdentifier, ...login, Engine: "postgres", DBInstanceClass: "db.t3.micro" },
                    AllocatedStorage: 20,
                }),
            );
        await rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: "plinth-dev-stopped" }));
        await rds.send(
            new CreateDBClusterCommand({
                DBClusterIdentifier: "plinth-dev-aurora",
                Engine: "aurora-postgresql",
                ...login,
            }),
        );
        const group = (ReplicationGroupId: string, more: object) =>
            elastiCache.send(
                new CreateReplicationGroupCommand({
                    ...{ ReplicationGroupId, ReplicationGroupDescription: "a cache", Engine: "redis", ...more },
                }),
            );
        await group("plinth-dev-cache", { ReplicasPerNodeGroup: 1 });
        await group("plinth-dev-shards", { ClusterMode: "enabled", NumNodeGroups: 3, ReplicasPerNodeGroup: 1 });
        // moto's replication groups have no clusters of their own: the replica that the snapshot is made of.
        await elastiCache.send(
            new CreateCacheClusterCommand({
                CacheClusterId: "plinth-dev-cache-002",
                CacheNodeType: "cache.t3.micro",
                Engine: "redis",
                NumCacheNodes: 1,
            }),
        );
        const database = { primaryAddress: "db", port: 5432, databaseName: "app", secretArn: "secret" };
        writeOutputs("instance", { database: { ...database, instanceId: "plinth-dev-database" } });
        writeOutputs("stopped", { database: { ...database, instanceId: "plinth-dev-stopped" } });
        writeOutputs("aurora", {
            database: { ...database, instanceId: "plinth-dev-aurora-1", clusterIdentifier: "plinth-dev-aurora" },
        });
        const cache = { primaryEndpoint: "cache", readerEndpoint: "cache", port: 6379, secretArn: "secret" };
        writeOutputs("cache", { cache: { ...cache, replicationGroupId: "plinth-dev-cache" } });
        writeOutputs("shards", { cache: { ...cache, replicationGroupId: "plinth-dev-shards" } });
        writeOutputs("none", { cache: { ...cache, replicationGroupId: "plinth-dev-gone" } });
    });

    it("makes one of an instance, with name and tags, and records it", async () => {
        const snapshot = [
            "database",
            "--outputs",
            "instance.json",
            "--name",
            "before-upgrade",
            "--reason",
            "before the upgrade",
        ];
        expect((await ops(...snapshot, "--dry-run")).stdout).toBe(
            "before-upgrade would be made of plinth-dev-database.\n",
        );
        expect((await rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }))).DBSnapshots).toEqual([]);
        expect(await ops(...snapshot)).toMatchObject({
            code: 0,
            stdout: "before-upgrade is there, of plinth-dev-database.\n",
        });
        const { DBSnapshots } = await rds.send(
            new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: "before-upgrade" }),
        );
        expect(DBSnapshots?.[0]).toMatchObject({ DBInstanceIdentifier: "plinth-dev-database", TagList: tags });
        expect(await ops(...snapshot)).toMatchObject({
            code: 3,
            stderr: expect.stringContaining("there is a snapshot before-upgrade already, which is available"),
        });
        const records = readFileSync(path.join(folder, ".ops", "dev.jsonl"), "utf8")
            .trimEnd()
            .split("\n");
        expect(records.map((line) => JSON.parse(line))).toEqual([
            expect.objectContaining({ state: "started", command: "database snapshot", target: "plinth-dev-database" }),
            expect.objectContaining({ state: "done" }),
        ]);
    });

    it("makes one of an Aurora cluster, named by the time", async () => {
        const { stdout } = await ops("database", "--outputs", "aurora.json", "--json");
        const { snapshot } = JSON.parse(stdout);
        expect(snapshot).toMatch(/^plinth-dev-aurora-\d{8}-\d{6}$/);
        const { DBClusterSnapshots } = await rds.send(
            new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier: snapshot }),
        );
        expect(DBClusterSnapshots).toHaveLength(1);
    });

    it("makes one of a cache: of a replica, or of all shards", async () => {
        const options = ["--name", "of-the-cache", "--reason", "before the upgrade"];
        expect(await ops("cache", "--outputs", "cache.json", ...options)).toMatchObject({ stderr: "", code: 0 });
        expect(await ops("cache", "--outputs", "shards.json", "--name", "of-the-shards")).toMatchObject({ code: 0 });
        const { Snapshots = [] } = await elastiCache.send(new DescribeSnapshotsCommand({}));
        expect(
            Snapshots.map(({ SnapshotName, CacheClusterId, ReplicationGroupId }) => [
                ...[SnapshotName, CacheClusterId, ReplicationGroupId],
            ]),
        ).toEqual([
            ["of-the-cache", "plinth-dev-cache-002", undefined],
            ["of-the-shards", undefined, "plinth-dev-shards"],
        ]);
        const { TagList } = await elastiCache.send(
            new ListTagsForResourceCommand({ ResourceName: Snapshots[0]?.ARN ?? "" }),
        );
        expect(TagList).toEqual(tags);
    });

    it.each([
        ["a database that is stopped", ["database", "--outputs", "stopped.json"], 3, "plinth-dev-stopped is stopped"],
        [
            "a name that AWS refuses",
            ["database", "--outputs", "instance.json", "--name", "Before--it"],
            1,
            "--name: Before--it is no name",
        ],
        [
            "a cache that is not there",
            ["cache", "--outputs", "none.json"],
            1,
            "ElastiCache: ReplicationGroupNotFoundFault",
        ],
        ["a stack without a cache", ["cache", "--outputs", "instance.json"], 1, "have no `cache`"],
    ])("refuses %s", async (_, args, code, message) => {
        expect(await ops(...args)).toMatchObject({ code, stderr: expect.stringContaining(message) });
    });
});

describe("takeSnapshot", () => {
    const source = (states: (SnapshotState | undefined)[]): SnapshotSource => ({
        name: "database",
        status: async () => "available",
        create: async () => {},
        find: async () => states.shift(),
    });

    it("waits while it is made, also where AWS does not show it yet", async () => {
        const states = [undefined, { status: "creating", percent: 10 }, { status: "pending" }, { status: "available" }];
        expect(await takeSnapshot(source(states), "one", {}, 1)).toEqual({
            ...{ snapshot: "one", source: "database", creating: false },
        });
        expect(states).toEqual([]);
    });

    it("fails where it fails", async () => {
        const states = [{ status: "creating", percent: 10 }, { status: "failed" }];
        await expect(takeSnapshot(source(states), "one", {}, 1)).rejects.toThrow("the snapshot one is failed");
    });

    it("is named by source and time", () => {
        expect(snapshotName(undefined, "db", new Date("2026-11-27T08:09:10.123Z"))).toBe("db-20261127-080910");
    });
});

/** Makes a snapshot: of what, and with which options. */
function ops(...args: string[]) {
    const [subject = "", ...options] = args;
    return runOps(folder, environment, ["dev", subject, "snapshot", ...options]);
}

function writeOutputs(name: string, outputs: object): void {
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ region, ...outputs }));
}
