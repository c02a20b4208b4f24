import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOps } from "../testing/command";
import { FakeSecretsManager } from "../testing/fake-secrets-manager";
import { MotoServer, noMoto } from "../testing/moto";
import { noPostgres, PostgresServer } from "../testing/postgres";
import { MaintenanceWindow } from "./window";

const folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-maintain-"));
const server = new PostgresServer();
const sql = (text: string) => server.query(text, "app").at(-1)?.[0];
/** Indexes that a REINDEX CONCURRENTLY left behind. */
const leftovers = () =>
    sql(
        "SELECT count(*) FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE NOT indisvalid AND relnamespace <> 'pg_toast'::regnamespace",
    );
const byUrl = ["--url-variable", "DATABASE_URL", "--plaintext"];

afterAll(() => {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(noPostgres)(
    `npm run ops -- <stack> database maintain${noPostgres && `, skipped: ${noPostgres}`}`,
    () => {
        beforeAll(() => {
            server.start(["autovacuum = off", "fsync = off"]);
            server.query("CREATE ROLE platform_admin LOGIN CREATEROLE CREATEDB; CREATE ROLE visitor LOGIN");
            server.query("CREATE DATABASE app OWNER platform_admin");
            sql(`SET ROLE platform_admin; CREATE SCHEMA shop; CREATE TABLE shop.orders (id int PRIMARY KEY, note text);
            CREATE TABLE shop.small (id int PRIMARY KEY); INSERT INTO shop.small VALUES (1); ANALYZE shop.small;
            INSERT INTO shop.orders SELECT n, 'note' FROM generate_series(1, 30000) n; DELETE FROM shop.orders WHERE id > 10000;
            RESET ROLE; CREATE TABLE public.foreign_owner (id int PRIMARY KEY)`);
        });

        it("refuses outside the window and where none is known, and says what it would do in a dry run", async () => {
            expect(await maintain("vacuum", "--window", otherWindow())).toMatchObject({
                code: 3,
                stderr: expect.stringMatching(/it is \w{3}:\d\d:\d\d UTC, and the maintenance window is/),
            });
            expect(await maintain("vacuum")).toMatchObject({
                code: 3,
                stderr: expect.stringContaining("give --window or --any-time"),
            });
            expect((await maintain("vacuum", "--window", otherWindow(), "--dry-run")).stdout).toMatch(
                /^VACUUM \(ANALYZE\) shop\.orders; {2}-- [\d.]+ MiB\n$/,
            );
            expect(sql("SELECT n_dead_tup > 10000 FROM pg_stat_user_tables WHERE relname = 'orders'")).toBe("t");
        });

        it("vacuums and analyzes what needs it, in the window, and records it", async () => {
            const { code, stdout, stderr } = await maintain("vacuum", "--window", thisWindow(), "--json");
            expect(stderr).toBe("1 of 1: VACUUM (ANALYZE) shop.orders\n");
            expect(code).toBe(0);
            expect(JSON.parse(stdout)).toEqual({
                task: "vacuum",
                done: [{ target: "shop.orders", seconds: expect.any(Number) }],
                left: [],
            });
            expect(sql("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'orders'")).toBe("0");
            expect((await maintain("vacuum", "--any-time")).stdout).toBe("There is nothing to do.\n");
            expect((await maintain("analyze", "shop.small", "--any-time")).stdout).toMatch(/^done {2}shop\.small in/);
            const records = readFileSync(path.join(folder, ".ops", "dev.jsonl"), "utf8")
                .trimEnd()
                .split("\n");
            expect(records.map((line) => JSON.parse(line)).map(({ command, state }) => `${command} ${state}`)).toEqual([
                ...["database maintain vacuum started", "database maintain vacuum done"],
                ...["database maintain analyze started", "database maintain analyze done"],
            ]);
        });

        it("fails where the server only warns, and where there is no such table", async () => {
            expect(await maintainAs("visitor", "vacuum", "public.foreign_owner", "--any-time")).toMatchObject({
                code: 1,
                stderr: expect.stringMatching(
                    /VACUUM \(ANALYZE\) public\.foreign_owner: .*skipping.*; 0 before it were done/,
                ),
            });
            expect(await maintain("vacuum", "orders", "--any-time")).toMatchObject({
                code: 1,
                stderr: expect.stringContaining("there is no table orders; give its schema too"),
            });
        });

        it("reindexes while others write", async () => {
            const before = sql("SELECT pg_relation_filenode('shop.orders_pkey')");
            const reindexing = maintain("reindex", "shop.orders", "--any-time");
            for (let id = 20_000; id < 20_050; id++) sql(`INSERT INTO shop.orders VALUES (${id}, 'meanwhile')`);
            expect(await reindexing).toMatchObject({ code: 0 });
            expect(sql("SELECT pg_relation_filenode('shop.orders_pkey')")).not.toBe(before);
            expect(sql("SELECT count(*) FROM shop.orders WHERE note = 'meanwhile'")).toBe("50");
            expect(leftovers()).toBe("0");
        });

        it("cancels when it is interrupted, and drops later what it could not drop then", async () => {
            const other = await openTransaction();
            const interrupted = maintain("reindex", "shop.small", "shop.orders", "--any-time", (child) => {
                void whenBuilding().then(() => child.kill("SIGINT"));
            });
            expect(await interrupted).toMatchObject({
                code: 1,
                stderr: expect.stringContaining("warning: an unfinished copy of an index is left"),
                stdout: expect.stringMatching(/^left {2}shop\.\w+: interrupted.*\nleft {2}shop\.\w+: interrupted.*\n$/),
            });
            await other.end();
            expect(leftovers()).toBe("1");
            expect((await maintain("reindex", "--any-time")).code).toBe(0);
            expect(leftovers()).toBe("0");
        });

        it("refuses a second one at a time, and what a killed one left is dropped by the next", async () => {
            const other = await openTransaction();
            const killed = maintain("reindex", "shop.orders", "--any-time", (child) => {
                void whenBuilding().then(async () => {
                    expect(await maintain("reindex", "shop.small", "--any-time")).toMatchObject({
                        code: 3,
                        stderr: expect.stringContaining("another maintenance runs"),
                    });
                    child.kill("SIGKILL");
                });
            });
            expect((await killed).code).toBeUndefined();
            const running =
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'REINDEX%' AND pid <> pg_backend_pid()";
            for (let wait = 0; wait < 150 && sql(running) !== "0"; wait++) await sleep(100);
            await other.end();
            expect(leftovers()).toBe("1");
            const { stdout } = await maintain("reindex", "--any-time");
            expect(stdout).toMatch(/^done {2}shop\.orders_pkey_ccnew in/);
            expect(leftovers()).toBe("0");
            expect(sql("SELECT count(*) FROM shop.orders")).toBe("10050");
            // The copy of its TOAST table's index stays: only a superuser may drop that.
            expect((await maintain("reindex", "shop.orders", "--any-time")).code).toBe(0);
        });

        it.skipIf(noMoto)("takes the window that RDS has", async () => {
            const moto = new MotoServer();
            const secrets = new FakeSecretsManager({
                master: JSON.stringify({ username: "platform_admin", password: "any" }),
            });
            try {
                const rdsEnvironment = await moto.start();
                const environment = {
                    ...(await secrets.start()),
                    AWS_ENDPOINT_URL_RDS: rdsEnvironment.AWS_ENDPOINT_URL ?? "",
                };
                const credentials = { accessKeyId: "test", secretAccessKey: "test" };
                const rds = new RDSClient({
                    endpoint: environment.AWS_ENDPOINT_URL_RDS,
                    region: "eu-west-1",
                    credentials,
                });
                await rds.send(
                    new CreateDBInstanceCommand({
                        ...{ DBInstanceIdentifier: "plinth-dev-database", Engine: "postgres", AllocatedStorage: 20 },
                        ...{
                            DBInstanceClass: "db.t3.micro",
                            MasterUsername: "admin",
                            MasterUserPassword: "no-secret-here",
                        },
                        PreferredMaintenanceWindow: otherWindow(),
                        PreferredBackupWindow: otherBackupWindow(),
                    }),
                );
                const database = { primaryAddress: "db", port: 5432, databaseName: "app", secretArn: "master" };
                const outputs = { region: "eu-west-1", database: { ...database, instanceId: "plinth-dev-database" } };
                writeFileSync(path.join(folder, "outputs.json"), JSON.stringify(outputs));
                const reach = ["--outputs", "outputs.json", "--host", server.directory, "--plaintext"];
                const args = ["dev", "database", "maintain", "analyze", "shop.small", ...reach];
                expect(await runOps(folder, environment, args)).toMatchObject({
                    code: 3,
                    stderr: expect.stringContaining(`the maintenance window is ${otherWindow()}`),
                });
                expect(await runOps(folder, environment, [...args, "--window", thisWindow()])).toMatchObject({
                    code: 0,
                });
            } finally {
                secrets.stop();
                moto.stop();
            }
        });
    },
);

describe("a window", () => {
    const at = (text: string) => new Date(`2026-11-${text}:00Z`); // the 22nd is a Sunday

    it.each([
        ["sun:03:00-sun:05:00", "22T03:00", true],
        ["sun:03:00-sun:05:00", "22T04:59", true],
        ["sun:03:00-sun:05:00", "22T05:00", false],
        ["sun:03:00-sun:05:00", "23T03:30", false],
        ["sat:23:30-sun:00:30", "21T23:45", true],
        ["sat:23:30-sun:00:30", "22T00:15", true],
        ["sat:23:30-sun:00:30", "22T00:30", false],
        ["Mon:01:00-Wed:01:00", "24T12:00", true],
    ])("%s has %s: %s", (text, moment, expected) => {
        expect(new MaintenanceWindow(text).has(at(moment))).toBe(expected);
    });

    it.each(["", "sun:3:00-sun:05:00", "03:00-05:00", "sun:24:00-mon:01:00", "abc:03:00-sun:05:00"])(
        "%s is none",
        (text) => {
            expect(() => new MaintenanceWindow(text)).toThrow("is no window; give one such as sun:03:00-sun:05:00");
        },
    );
});

type Started = NonNullable<Parameters<typeof runOps>[3]>;

function maintain(...given: (string | Started)[]) {
    return maintainAs("platform_admin", ...given);
}

function maintainAs(user: string, ...given: (string | Started)[]) {
    const started = given.find((one) => typeof one === "function");
    const args = given.filter((one) => typeof one === "string");
    const url = `postgresql://${user}@localhost/app?host=${encodeURIComponent(server.directory)}`;
    const command = ["dev", "database", "maintain", ...args, ...byUrl];
    return runOps(folder, { DATABASE_URL: url }, command, started);
}

/** A transaction that a REINDEX CONCURRENTLY waits for. */
async function openTransaction(): Promise<Client> {
    const client = new Client({ host: server.directory, database: "app", user: "tester" });
    await client.connect();
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM shop.orders, shop.small");
    return client;
}

/** Waits until a REINDEX has made the copy and waits. */
async function whenBuilding(): Promise<void> {
    for (let wait = 0; wait < 300 && leftovers() === "0"; wait++) await sleep(50);
}

/** A window of two hours around now, and one that begins in two days. */
function thisWindow(): string {
    return windowAt(-3_600_000);
}

function otherWindow(): string {
    return windowAt(48 * 3_600_000);
}

function windowAt(milliseconds: number): string {
    const moment = (time: number) => {
        const date = new Date(time);
        return `${["sun", "mon", "tue", "wed", "thu", "fri", "sat"][date.getUTCDay()]}:${date.toISOString().slice(11, 16)}`;
    };
    const start = Math.floor((Date.now() + milliseconds) / 3_600_000) * 3_600_000;
    return `${moment(start)}-${moment(start + 3 * 3_600_000)}`;
}

/** RDS takes no backup window that overlaps. */
function otherBackupWindow(): string {
    const clock = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
    return `${clock(12)}-${clock(13)}`;
}
