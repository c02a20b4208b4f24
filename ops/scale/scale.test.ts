import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
    CreateDBInstanceCommand,
    DescribeDBInstancesCommand,
    DescribeDBSnapshotsCommand,
    ModifyDBInstanceCommand,
    RDSClient,
} from "@aws-sdk/client-rds";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runOps } from "../testing/command";
import { MotoServer, noMoto } from "../testing/moto";
import { RdsFront } from "../testing/rds-front";
import { scaleProblems } from "./plan";
import { isScaled, type Server } from "./servers";

const region = "eu-west-1";
const id = "plinth-prod-database";
const folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-scale-"));
const stackFile = path.join(folder, "Pulumi.prod.yaml");
const moto = new MotoServer();
let environment: Record<string, string>;
let rds: RDSClient;
let front: RdsFront;

const configuration = `# The stack of production.
config:
  aws:region: eu-west-1
  plinth:tier: prod
  plinth:database:
    instanceClass: db.m6g.large   # as large as the load test asked for
    readReplicas: 1
`;

afterAll(() => {
    front?.stop();
    moto.stop();
    rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(noMoto)(`npm run ops -- <stack> database scale${noMoto && `, skipped: ${noMoto}`}`, () => {
    beforeAll(async () => {
        const own = await moto.start();
        front = new RdsFront(own.AWS_ENDPOINT_URL ?? "");
        // In Pulumi's place: it notes what it is called with, and fails where it is told to. RDS postpones the change, as in prod.
        const pulumi = path.join(folder, "pulumi");
        writeFileSync(
            pulumi,
            `#!/bin/sh\necho "$@" >> "${folder}/pulumi-calls"\n[ ! -e fail ] && cp Pulumi.prod.yaml brought-up\n`,
        );
        chmodSync(pulumi, 0o755);
        environment = { ...own, AWS_ENDPOINT_URL: await front.start(), PATH: `${folder}:${process.env.PATH}` };
        const credentials = { accessKeyId: "test", secretAccessKey: "test" };
        rds = new RDSClient({ endpoint: own.AWS_ENDPOINT_URL, region, credentials });
        await rds.send(
            new CreateDBInstanceCommand({
                ...{ DBInstanceIdentifier: id, Engine: "postgres", AllocatedStorage: 100 },
                ...{ DBInstanceClass: "db.m6g.large", MasterUsername: "admin", MasterUserPassword: "no-secret-here" },
                PreferredMaintenanceWindow: windowIn(3),
            }),
        );
        const database = { primaryAddress: "db", port: 5432, databaseName: "app", secretArn: "secret" };
        const outputs = { region, database: { ...database, instanceId: id, engine: "postgres" } };
        writeFileSync(path.join(folder, "outputs.json"), JSON.stringify(outputs));
    });

    beforeEach(async () => {
        writeFileSync(stackFile, configuration);
        for (const name of ["fail", "brought-up", "pulumi-calls", ".ops"])
            rmSync(path.join(folder, name), { recursive: true, force: true });
        front.changes.length = 0;
        // As RDS shows what waits for the maintenance window: moto does not.
        front.rewrite = ({ action }, text) => {
            const wanted = existsSync(path.join(folder, "brought-up"))
                ? /instanceClass: (\S+)/.exec(readFileSync(path.join(folder, "brought-up"), "utf8"))?.[1]
                : undefined;
            if (action !== "DescribeDBInstances" || !wanted || text.includes(`<DBInstanceClass>${wanted}<`))
                return text;
            const pending = `<PendingModifiedValues><DBInstanceClass>${wanted}</DBInstanceClass></PendingModifiedValues>`;
            return text.replace(
                /<PendingModifiedValues\s*\/>|<PendingModifiedValues>.*?<\/PendingModifiedValues>|(?=<DBInstanceStatus>)/,
                pending,
            );
        };
    });

    it("makes a snapshot, writes the class, brings the stack up, and has RDS do at once what it had postponed", async () => {
        const wanted = ["--class", "db.r6g.xlarge", "--now"];
        expect(await scale(...wanted, "--dry-run")).toMatchObject({
            code: 0,
            stdout: expect.stringMatching(
                /db\.m6g\.large \(2 CPUs, 8 GiB\).*would be db\.r6g\.xlarge \(4 CPUs, 32 GiB\)/,
            ),
        });
        expect([readFileSync(stackFile, "utf8"), front.changes]).toEqual([configuration, []]);
        expect(await scale("--class", "db.r6g.xlarge")).toMatchObject({
            code: 3,
            stderr: expect.stringContaining("the maintenance window is"),
        });
        expect([readFileSync(stackFile, "utf8"), front.changes]).toEqual([configuration, []]);

        const { code, stdout } = await scale(...wanted, "--json", "--", "--yes");
        expect([code, JSON.parse(stdout)]).toMatchObject([0, { done: true, servers: [{ class: "db.r6g.xlarge" }] }]);
        expect(readFileSync(stackFile, "utf8")).toBe(configuration.replace("db.m6g.large   #", "db.r6g.xlarge #"));
        expect(readFileSync(path.join(folder, "pulumi-calls"), "utf8")).toBe("up --stack prod --yes\n");
        expect(front.changes.map(({ action }) => action)).toEqual(["CreateDBSnapshot", "ModifyDBInstance"]);
        expect(Object.fromEntries(front.changes[1]?.parameters ?? [])).toMatchObject({
            ...{ DBInstanceClass: "db.r6g.xlarge", ApplyImmediately: "true" },
        });
        const { DBSnapshots = [] } = await rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }));
        expect(DBSnapshots.map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier)).toContain(
            JSON.parse(stdout).snapshot,
        );
        const records = readFileSync(path.join(folder, ".ops", "prod.jsonl"), "utf8")
            .trimEnd()
            .split("\n");
        expect(records.map((line) => JSON.parse(line).state)).toEqual(["started", "done"]);

        expect(await scale(...wanted)).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing to do") });
        await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: id, DBInstanceClass: "db.m6g.large" }));
    });

    it("goes on where Pulumi failed, without a second snapshot", async () => {
        const wanted = ["--class", "db.m6g.xlarge", "--now"];
        writeFileSync(path.join(folder, "fail"), "");
        expect(await scale(...wanted)).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("give the same command again"),
        });
        rmSync(path.join(folder, "fail"));
        expect(await scale(...wanted)).toMatchObject({ code: 0, stdout: expect.stringContaining("Done") });
        expect(front.changes.map(({ action }) => action)).toEqual(["CreateDBSnapshot", "ModifyDBInstance"]);
        const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }));
        expect(DBInstances?.[0]?.DBInstanceClass).toBe("db.m6g.xlarge");
        await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: id, DBInstanceClass: "db.m6g.large" }));
    });

    it("fails where RDS was asked for nothing", async () => {
        front.rewrite = (_, text) => text;
        expect(await scale("--class", "db.m6g.2xlarge", "--now")).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("pulumi up left it as it is"),
        });
    });

    it.each([
        ["a class that there is not", 3, ["--class", "db.m6g.huge"], "give one like db.m6g."],
        ["one of another region", 3, ["--class", "db.m9z.large"], "RDS has no db.m9z.large"],
        ["less storage than there is", 3, ["--storage", "50"], "50 is less than the 100 GiB"],
        ["too small a step", 3, ["--storage", "105"], "give 110 or more"],
        ["nothing", 1, [], "give what to scale"],
    ])("refuses %s", async (_, code, args, message) => {
        expect(await scale(...args, "--now")).toMatchObject({ code, stderr: expect.stringContaining(message) });
        expect([readFileSync(stackFile, "utf8"), front.changes]).toEqual([configuration, []]);
    });
});

describe("scaleProblems", () => {
    const server: Server = {
        ...{ name: "db", status: "available", engine: "postgres", class: "db.m6g.large", storageGiB: 100, pending: {} },
    };
    const to = (more: Partial<Server>, target = { class: "db.m6g.xlarge" } as object) =>
        scaleProblems([{ ...server, ...more }], target, region).join("\n");

    it("finds none with what RDS has", () => {
        expect(to({})).toBe("");
        expect(to({ engine: "aurora-postgresql" }, { class: "db.r6g.large" })).toBe("");
    });

    it("applies no other change that waits for the maintenance window", () => {
        expect(to({ pending: { EngineVersion: "17.4" } })).toContain("EngineVersion");
        expect(to({ pending: { DBInstanceClass: "db.m6g.large" } })).toContain("db is to become db.m6g.large");
        expect(to({ pending: { DBInstanceClass: "db.m6g.xlarge" } })).toBe("");
    });

    it("leaves alone what is at work, and what scales by itself", () => {
        expect(to({ status: "backing-up" })).toContain("db is backing-up");
        expect(to({ engine: "aurora-postgresql", class: "db.serverless" })).toContain("serverlessCapacity");
        expect(to({ engine: "aurora-mysql" }, { storageGiB: 500 })).toContain("grows by itself");
    });

    it("is done with the class, and nothing of it to come", () => {
        const target = { class: "db.m6g.xlarge", storageGiB: 200 };
        const there = { ...server, class: "db.m6g.xlarge", storageGiB: 200 };
        expect(isScaled(there, target)).toBe(true);
        expect(isScaled({ ...there, status: "modifying" }, target)).toBe(false);
        expect(isScaled({ ...there, storageGiB: 100 }, target)).toBe(false);
        expect(isScaled({ ...there, pending: { AllocatedStorage: 300 } }, target)).toBe(false);
    });
});

function scale(...args: string[]) {
    return runOps(folder, environment, ["prod", "database", "scale", "--outputs", "outputs.json", ...args]);
}

/** A window of half an hour, that many days from now. */
function windowIn(days: number): string {
    const day = new Date(Date.now() + days * 86_400_000).toUTCString().slice(0, 3).toLowerCase();
    return `${day}:03:00-${day}:03:30`;
}
