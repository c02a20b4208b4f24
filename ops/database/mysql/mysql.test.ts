import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificates, noOpenssl } from "../../testing/certificates";
import { runOps } from "../../testing/command";
import { FakeSecretsManager } from "../../testing/fake-secrets-manager";
import { MySqlServer, noMySql } from "../../testing/mysql";
import { FakeSessionManager } from "../../testing/session-manager";
import type { DatabaseConnection } from "../connection";
import { withMySql } from "./connection";

const why = noMySql || noOpenssl;
const folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-mysql-"));
const password = () => `p'"\\ \`$HOME\` %_${randomBytes(8).toString("hex")}`;
const users = {
    master: { user: "platform_admin", password: password() },
    application: { user: "appli'cation", password: password() },
    reader: { user: "read_only", password: password() },
};
/** A name that would also be a pattern. */
const database = "app_1%x";

describe.skipIf(why)(`npm run ops on MySQL${why && `, skipped: ${why}`}`, () => {
    const server = new MySqlServer();
    const secretOf = ({ user, password: text }: { user: string; password: string }) =>
        JSON.stringify({ username: user, password: text });
    const secrets = new FakeSecretsManager({
        ...{ master: secretOf(users.master), application: secretOf(users.application), reader: secretOf(users.reader) },
        ...{ wrong: secretOf({ ...users.master, password: "wrong-password" }) },
    });
    const session = new FakeSessionManager(folder, { "plinth-dev": "i-0123456789abcdef0" });
    let environment: Record<string, string>;
    let port: number;

    beforeAll(async () => {
        port = await server.start(database, users.master);
        environment = {
            ...(await secrets.start()),
            ...(await session.start({ "localhost:3306": port })),
            HOME: folder,
        };
        const own = {
            ...{ engine: "mysql", primaryAddress: "localhost", port, databaseName: database, secretArn: "master" },
            ...{ applicationSecretArn: "application", readOnlySecretArn: "reader" },
            users: { application: users.application.user, readOnly: users.reader.user },
        };
        const write = (name: string, more: object) => {
            const outputs = { region: "eu-west-1", cluster: { name: "plinth-dev" }, database: { ...own, ...more } };
            writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(outputs));
        };
        write("outputs", {});
        write("wrong", { secretArn: "wrong" });
        write("private", { port: 3306 });
        writeFileSync(path.join(folder, "other.pem"), makeCertificates("localhost").authority);
    }, 60_000);
    afterAll(async () => {
        await server.stop();
        session.stop();
        secrets.stop();
        rmSync(folder, { recursive: true, force: true });
    }, 30_000);

    const ops = async (args: string[], outputs = "outputs", authorities = server.authorityFile) => {
        const at = args.includes("--") ? args.indexOf("--") : args.length;
        const options = ["--outputs", `${outputs}.json`, "--authorities", authorities];
        const all = ["dev", ...args.slice(0, at), ...options, ...args.slice(at)];
        const result = await runOps(folder, environment, all);
        for (const { password: text } of Object.values(users))
            expect(result.stdout + result.stderr).not.toContain(text);
        return result;
    };
    const login = (of: { user: string; password: string }): DatabaseConnection => ({
        ...{ engine: "mysql", host: "localhost", port, database, authorities: server.authority },
        ...of,
    });
    const as = (of: { user: string; password: string }, sql: string) =>
        withMySql(login(of), async (client) => (await client.query<RowDataPacket[]>(sql))[0]);

    it("makes the users of their secrets, as often as wanted, and nothing in a dry run", async () => {
        const dry = await ops(["database", "users", "--dry-run"]);
        expect(dry).toMatchObject({
            code: 0,
            stdout: expect.stringContaining("GRANT SELECT, SHOW VIEW ON `app\\_1\\%x`.* TO 'read_only'@'%';"),
        });
        await expect(as(users.reader, "select 1")).rejects.toThrow("the password is wrong, or the user");
        for (const _ of [1, 2]) expect(await ops(["database", "users"])).toMatchObject({ code: 0 });
        await as(users.application, "create table kept (n int primary key)");
        await as(users.application, "insert into kept values (1)");
        expect(await as(users.reader, "select n from kept")).toEqual([{ n: 1 }]);
        await expect(as(users.reader, "insert into kept values (2)")).rejects.toThrow("denied");
        await expect(as(users.application, "create database another")).rejects.toThrow("denied");
    });

    it("looks at its health", async () => {
        await as(users.application, "create table keyless (n int)");
        const { code, stdout } = await ops(["database", "health", "--json"]);
        const { findings } = JSON.parse(stdout) as { findings: { check: string; severity: string; finding: string }[] };
        expect(findings.map(({ check, severity }) => `${check} ${severity}`)).toEqual([
            ...["connections ok", "long transactions ok", "locks ok", "old row versions ok"],
            ...["tables without a primary key warning", "slow statements ok"],
        ]);
        expect(findings[4]?.finding).toBe(`${database}.keyless has no primary key`);
        expect(code).toBe(4);
        await as(users.application, "drop table keyless");
        expect(await ops(["database", "health"])).toMatchObject({ code: 0 });
    });

    it("sees who waits for a lock", async () => {
        await withMySql(login(users.application), async (holder) => {
            await holder.query("start transaction");
            await holder.query("update kept set n = 1 where n = 1");
            await withMySql(login(users.application), async (waiter) => {
                const waiting = waiter.query("update kept set n = 1 where n = 1").catch(() => {});
                const { stdout } = await ops(["database", "health"]);
                expect(stdout).toMatch(/warning {2}locks: process \d+ has waited \d+ s for a lock/);
                await holder.query("rollback");
                await waiting;
            });
        });
    });

    it.each<[string, string[], string | undefined, string | undefined, string]>([
        ["a wrong password", ["database", "health"], "wrong", undefined, "the password is wrong, or the user"],
        ["another authority", ["database", "health"], undefined, "other.pem", "signed by none of the authorities"],
        [
            "a port where nothing listens",
            ["database", "health", "--port", "9"],
            undefined,
            undefined,
            "nothing listens there",
        ],
    ])("says so of %s", async (_, args, outputs, authorities, message) => {
        expect(await ops(args, outputs, authorities)).toMatchObject({
            code: 1,
            stderr: expect.stringContaining(message),
        });
    });

    it("refuses what is PostgreSQL's", async () => {
        for (const args of [["init"], ["migrate", "up"], ["maintain", "vacuum", "--any-time"]])
            expect(await ops(["database", ...args])).toMatchObject({
                ...{ code: 3, stderr: "error: this command is for PostgreSQL, and the database is MySQL\n" },
            });
    });

    it("opens mysql, which only reads unless it is told to write, through a tunnel too", async () => {
        const query = (...sql: string[]) => ["--", "-N", "-e", ...sql];
        expect(await ops(["connect", "database", ...query("select current_user(), n from kept")])).toMatchObject({
            ...{ code: 0, stdout: "read_only@%\t1\n" },
        });
        const master = ["connect", "database", "--as", "master"];
        const insert = query("insert into kept values (3)");
        expect(await ops([...master, ...insert])).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("READ ONLY"),
        });
        expect(await ops([...master, "--write", ...insert])).toMatchObject({ code: 0 });
        const tunnel = await ops(["connect", "database", "--tunnel", ...query("select count(*) from kept")], "private");
        expect(tunnel).toMatchObject({ code: 0, stdout: "2\n" });
        expect((await ops(["connect", "database", ...query("select 1")], undefined, "other.pem")).stderr).toContain(
            "signed by none of the authorities",
        );
    });
});
