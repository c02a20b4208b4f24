import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { CreateReplicationGroupCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import {
    CreateDBInstanceCommand,
    CreateDBSnapshotCommand,
    DescribeDBSnapshotsCommand,
    RDSClient,
} from "@aws-sdk/client-rds";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runOps } from "../testing/command";
import { MotoServer, noMoto } from "../testing/moto";
import { originOf } from "./plan";

const region = "eu-west-1";
const folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-restore-"));
const stackFile = path.join(folder, "Pulumi.dev.yaml");
const pulumiCalls = path.join(folder, "pulumi-calls");
const moto = new MotoServer();
let environment: Record<string, string>;
let rds: RDSClient;

const configuration = `# The stack of development.
config:
  aws:region: eu-west-1
  plinth:tier: dev
  plinth:queues: {orders: {}, tags: [ a,b ]}
  plinth:network: { cidr: 10.1.0.0/16 }   # joined to staging's one day
  plinth:database:
    # The reports need it.
    readReplicas: 1
`;

afterAll(() => {
    moto.stop();
    rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(noMoto)(`npm run ops -- <stack> … restore${noMoto && `, skipped: ${noMoto}`}`, () => {
    beforeAll(async () => {
        // In Pulumi's place: it notes what it is called with, and fails where it is told to.
        const pulumi = path.join(folder, "pulumi");
        writeFileSync(pulumi, `#!/bin/sh\necho "$@" >> "${pulumiCalls}"\necho shown by Pulumi\n[ ! -e fail ]\n`);
        chmodSync(pulumi, 0o755);
        environment = { ...(await moto.start()), PATH: `${folder}:${process.env.PATH}` };
        const credentials = { accessKeyId: "test", secretAccessKey: "test" };
        const client = { endpoint: environment.AWS_ENDPOINT_URL, region, credentials };
        rds = new RDSClient(client);
        const instance = { DBInstanceClass: "db.t3.micro", Engine: "postgres", AllocatedStorage: 20 };
        const login = { MasterUsername: "platform_admin", MasterUserPassword: "no-secret-here" };
        const DBInstanceIdentifier = "plinth-dev-database";
        await rds.send(new CreateDBInstanceCommand({ DBInstanceIdentifier, ...instance, ...login }));
        await rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: "of-friday" }));
        await new ElastiCacheClient(client).send(
            new CreateReplicationGroupCommand({
                ...{ ReplicationGroupId: "plinth-dev-cache", ReplicationGroupDescription: "a cache", Engine: "redis" },
                ...{ ClusterMode: "enabled", NumNodeGroups: 2, ReplicasPerNodeGroup: 1 },
            }),
        );
        const database = {
            primaryAddress: "db",
            port: 5432,
            databaseName: "app",
            secretArn: "secret",
            engine: "postgres",
        };
        const cache = { primaryEndpoint: "cache", readerEndpoint: "cache", port: 6379, secretArn: "secret" };
        const outputs = {
            region,
            database: { ...database, instanceId: DBInstanceIdentifier },
            cache: { ...cache, replicationGroupId: "plinth-dev-cache" },
        };
        writeFileSync(path.join(folder, "alone.json"), JSON.stringify(outputs));
        const two = { ...outputs, standbyDatabase: { primaryAddress: "restored" } };
        writeFileSync(path.join(folder, "two.json"), JSON.stringify(two));
    });

    beforeEach(async () => {
        writeFileSync(stackFile, configuration);
        writeFileSync(pulumiCalls, "");
        for (const name of ["fail", ".ops"]) rmSync(path.join(folder, name), { recursive: true, force: true });
    });

    it("restores beside the living one, cuts over and rolls back, and keeps the comments of the file", async () => {
        const before = (await snapshots()).length;
        const restore = ["database", "restore", "after-incident", "--at", "latest", "--outputs", "alone.json"];
        expect(await ops(...restore, "--dry-run")).toMatchObject({
            code: 0,
            stdout: expect.stringContaining("would be"),
        });
        expect([readFileSync(stackFile, "utf8"), calls(), (await snapshots()).length]).toEqual([
            configuration,
            "",
            before,
        ]);

        const { code, stdout } = await ops(...restore, "--json", "--", "--yes", "--policy-pack", "policy");
        expect(code).toBe(0);
        // What Pulumi shows is not part of what machines read.
        const { snapshot } = JSON.parse(stdout);
        expect(await snapshots()).toContain(snapshot);
        expect(calls()).toBe("up --stack dev --yes --policy-pack policy\n");
        const restored = `${configuration.trimEnd()}
    restored:
      name: after-incident
      restoreFrom:
        pointInTime: latest
`;
        expect(readFileSync(stackFile, "utf8")).toBe(restored);

        const two = ["--outputs", "two.json"];
        expect(await ops("database", "cut-over", ...two)).toMatchObject({
            code: 3,
            stderr: expect.stringContaining("--confirm dev"),
        });
        expect(await ops("database", "cut-over", ...two, "--confirm", "dev", "--", "--yes")).toMatchObject({ code: 0 });
        expect(readFileSync(stackFile, "utf8")).toMatch(/pointInTime: latest\n {6}inService: true\n$/);
        await nextSecond();
        expect(await ops("database", "roll-back", ...two, "--confirm", "dev", "--", "--yes")).toMatchObject({
            code: 0,
        });
        expect(readFileSync(stackFile, "utf8")).not.toContain("inService");
        expect(records().map(({ command, state }) => `${command} ${state}`)).toEqual(
            ["restore", "cut-over", "roll-back"].flatMap((step) => [
                `database ${step} started`,
                `database ${step} done`,
            ]),
        );
        expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    });

    it("goes on where Pulumi failed, without a second snapshot", async () => {
        await nextSecond();
        const restore = ["database", "restore", "drill", "--snapshot", "of-friday", "--outputs", "alone.json"];
        writeFileSync(path.join(folder, "fail"), "");
        expect(await ops(...restore)).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("give the same command again"),
        });
        const made = await snapshots();
        rmSync(path.join(folder, "fail"));
        expect(await ops(...restore)).toMatchObject({
            code: 0,
            stdout: expect.stringContaining("had the change already"),
        });
        expect([await snapshots(), calls()]).toEqual([made, "up --stack dev\nup --stack dev\n"]);
        expect(records().map(({ state }) => state)).toEqual(["started", "failed", "started", "done"]);
    });

    it("refuses what is unsafe before anything is made", async () => {
        const made = await snapshots();
        const refused = async (message: string, ...args: string[]) =>
            expect(await ops(...args)).toMatchObject({ code: 3, stderr: expect.stringContaining(message) });
        const alone = ["--outputs", "alone.json"];
        const confirm = ["--confirm", "dev"];
        await refused("gone is not there", "database", "restore", "again", "--snapshot", "gone", ...alone);
        await refused("has no plinth:database.restored", "database", "cut-over", ...confirm, ...alone);
        writeFileSync(
            stackFile,
            `${configuration}    restored: { name: first, restoreFrom: { pointInTime: latest } }\n`,
        );
        await refused("with the name first", "database", "restore", "again", "--at", "latest", ...alone);
        await refused("no database that stands by", "database", "cut-over", ...confirm, ...alone);
        writeFileSync(stackFile, `${configuration}    restored: { name: first, inService: true, original: delete }\n`);
        await refused("nothing to go back to", "database", "roll-back", ...confirm, ...alone);
        expect([await snapshots(), calls()]).toEqual([made, ""]);
    });

    it("restores a cache from a snapshot of its own, in a file without settings of it", async () => {
        const alone = ["--outputs", "alone.json"];
        expect(await ops("cache", "snapshot", "--name", "of-friday", ...alone)).toMatchObject({ code: 0 });
        expect(await ops("cache", "restore", "drill", ...alone)).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("--snapshot"),
        });
        expect(await ops("cache", "restore", "drill", "--snapshot", "of-friday", ...alone)).toMatchObject({ code: 0 });
        expect(readFileSync(stackFile, "utf8")).toMatch(
            /plinth:cache:\n {4}restored:\n {6}name: drill\n {6}restoreFrom:\n {8}snapshot: of-friday\n$/,
        );
    });
});

describe("originOf", () => {
    const now = new Date("2026-11-27T08:00:00Z");

    it.each(["yesterday", "2026-11-20", "2026-13-45T00:00:00Z", "2026-11-27T08:00:01Z"])("takes no %s", (at) => {
        expect(() => originOf({ at }, now)).toThrow(`--at: ${at} is`);
    });

    it("takes a moment that was", () => {
        const at = "2026-11-20T03:12:00Z";
        expect(originOf({ at }, now)).toEqual({ pointInTime: at });
    });
});

function ops(...args: string[]) {
    return runOps(folder, environment, ["dev", ...args]);
}

function calls(): string {
    return readFileSync(pulumiCalls, "utf8");
}

function records(): { command: string; state: string }[] {
    const lines = readFileSync(path.join(folder, ".ops", "dev.jsonl"), "utf8")
        .trimEnd()
        .split("\n");
    return lines.map((line) => JSON.parse(line));
}

async function snapshots(): Promise<(string | undefined)[]> {
    const { DBSnapshots = [] } = await rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }));
    return DBSnapshots.map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier);
}

/** Snapshots are named by the second. */
function nextSecond(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 1_000));
}
