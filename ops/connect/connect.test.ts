import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificates, noOpenssl } from "../testing/certificates";
import { runOps } from "../testing/command";
import { FakeSecretsManager } from "../testing/fake-secrets-manager";
import { freePort } from "../testing/port";
import { noPostgres, PostgresServer } from "../testing/postgres";
import { noRedis, RedisServers } from "../testing/redis";
import { FakeSessionManager, sessionToken } from "../testing/session-manager";

const why = noPostgres || noRedis || noOpenssl;
const folder = mkdtempSync(path.join(tmpdir(), "plinth-connect-"));
/** Names that no name server knows: the servers are reached by a tunnel alone. */
const hosts = { database: "db.plinth.example", cache: "cache.plinth.example", reader: "replica.plinth.example" };
const password = () => `p'"\\ $HOME ${randomBytes(8).toString("hex")}`;
const passwords = {
    master: password(),
    application: password(),
    reader: password(),
    cache: randomBytes(16).toString("hex"),
};
const server = new PostgresServer();
const redis = new RedisServers("*.plinth.example", passwords.cache);
const session = new FakeSessionManager(folder, { "plinth-dev": "i-0123456789abcdef0" });
const secrets = new FakeSecretsManager({
    master: JSON.stringify({ username: "platform_admin", password: passwords.master }),
    application: JSON.stringify({ username: "application", password: passwords.application }),
    reader: JSON.stringify({ username: "read_only", password: passwords.reader }),
    wrong: JSON.stringify({ username: "read_only", password: "wrong-password" }),
    cache: JSON.stringify({ authToken: passwords.cache }),
});
let environment: Record<string, string>;

afterAll(() => {
    redis.stop();
    session.stop();
    secrets.stop();
    server.stop();
    rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(why)(`npm run ops -- <stack> connect, and --tunnel${why && `, skipped: ${why}`}`, () => {
    beforeAll(async () => {
        const port = await freePort();
        const { authority, certificate, key } = makeCertificates(hosts.database);
        server.start(
            [
                "ssl = on",
                `ssl_cert_file = '${server.privateFile("server.crt", certificate)}'`,
                `ssl_key_file = '${server.privateFile("server.key", key)}'`,
            ],
            ["hostssl all all 127.0.0.1/32 scram-sha-256"],
            "127.0.0.1",
            port,
        );
        const role = (name: string, text: string) =>
            server.query(
                `CREATE ROLE ${name} LOGIN PASSWORD E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`,
            );
        role("platform_admin", passwords.master);
        role("application", passwords.application);
        role("read_only", passwords.reader);
        server.query("CREATE DATABASE app OWNER application");
        server.query(
            "CREATE TABLE kept (n int); GRANT ALL ON kept TO application, read_only; GRANT CREATE ON SCHEMA public TO application",
            "app",
        );
        const primary = await redis.start();
        const replica = await redis.start(
            `replicaof 127.0.0.1 ${primary}`,
            "tls-replication yes",
            `masterauth ${passwords.cache}`,
        );
        for (
            let wait = 0;
            wait < 100 && !redis.ask(replica, "info", "replication").includes("master_link_status:up");
            wait++
        )
            await new Promise((resolve) => setTimeout(resolve, 50));
        environment = {
            ...(await secrets.start()),
            ...(await session.start({
                [`${hosts.database}:5432`]: port,
                [`${hosts.reader}:6379`]: replica,
                [`${hosts.cache}:6379`]: primary,
            })),
            HOME: folder,
        };
        writeFileSync(path.join(folder, "database.pem"), authority);
        const database = {
            ...{ primaryAddress: hosts.database, port: 5432, databaseName: "app", secretArn: "master" },
            ...{ applicationSecretArn: "application", readOnlySecretArn: "reader" },
        };
        const cache = {
            ...{ primaryEndpoint: hosts.cache, readerEndpoint: hosts.reader, port: 6379, secretArn: "cache" },
            replicationGroupId: "plinth-dev-cache",
        };
        const common = { region: "eu-west-1", cluster: { name: "plinth-dev" } };
        write("outputs", { ...common, database, cache });
        write("wrong", { ...common, database: { ...database, readOnlySecretArn: "wrong" } });
        write("unreachable", { ...common, database: { ...database, primaryAddress: "nowhere.plinth.example" } });
        write("single", { ...common, cache: { ...cache, readerEndpoint: hosts.cache } });
        write("bare", { region: "eu-west-1", database });
        write("unmanaged", { ...common, cluster: { name: "other" }, database });
    }, 60_000);

    const write = (name: string, outputs: object) =>
        writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(outputs));
    const ops = async (outputs: string, args: string[], more: Record<string, string> = {}) => {
        const authority = args.includes("cache") ? redis.authorityFile : path.join(folder, "database.pem");
        const [head = [], tail = []] = args.includes("--")
            ? [args.slice(0, args.indexOf("--")), args.slice(args.indexOf("--"))]
            : [args];
        const options = ["--outputs", `${outputs}.json`, "--authorities", authority];
        const result = await runOps(folder, { ...environment, ...more }, ["dev", ...head, ...options, ...tail]);
        // Whatever was done, no secret is shown, and no tunnel is left.
        for (const secret of [...Object.values(passwords), sessionToken])
            expect(`${result.stdout}${result.stderr}`).not.toContain(secret);
        expect([...session.sessions]).toEqual([]);
        return result;
    };
    const sql = (text: string) => ["--", "-XAtc", text];

    it("opens psql through a node of the cluster, as the user who reads, with the server's certificate verified", async () => {
        const query =
            "select current_user, (select ssl from pg_stat_ssl where pid = pg_backend_pid()), current_setting('transaction_read_only')";
        const result = await ops("outputs", ["connect", "database", "--tunnel", ...sql(query)]);
        expect(result).toMatchObject({ code: 0, stdout: "read_only|t|on\n" });
        expect(result.stderr).toContain("through i-0123456789abcdef0 to db.plinth.example:5432");
        const [call] = session.takeCalls();
        expect(JSON.parse(call?.arguments[4] ?? "")).toMatchObject({
            DocumentName: "AWS-StartPortForwardingSessionToRemoteHost",
            Parameters: { host: [hosts.database], portNumber: ["5432"] },
        });
        expect(call?.arguments.join(" ")).not.toContain(sessionToken);
        expect(
            readdirSync(tmpdir()).filter(
                (one) => one.startsWith("plinth-ops-") && existsSync(path.join(tmpdir(), one, "authorities.pem")),
            ),
        ).toEqual([]);
    });

    it("reads only, unless it is told to write, and records that", async () => {
        const refused = await ops("outputs", [
            "connect",
            "database",
            "--tunnel",
            ...sql("insert into kept values (1)"),
        ]);
        expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("read-only transaction") });
        const master = await ops("outputs", [
            "connect",
            "database",
            "--tunnel",
            "--as",
            "master",
            ...sql("create table more ()"),
        ]);
        expect(master).toMatchObject({ code: 1, stderr: expect.stringContaining("read-only transaction") });
        expect(existsSync(path.join(folder, ".ops"))).toBe(false);
        const written = await ops("outputs", [
            "connect",
            "database",
            "--tunnel",
            "--write",
            ...sql("insert into kept values (1) returning current_user"),
        ]);
        expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining("application") });
        const records = readFileSync(path.join(folder, ".ops", "dev.jsonl"), "utf8")
            .trim()
            .split("\n");
        expect(records.map((line) => JSON.parse(line))).toMatchObject([
            { state: "started", command: "connect database --write", target: "database" },
            { state: "done", result: { exitCode: 0 } },
        ]);
        const args = ["connect", "database", "--as", "read-only", "--write"];
        expect(await ops("outputs", args)).toMatchObject({ code: 3, stderr: expect.stringContaining("cannot write") });
    });

    it("ends as its client does: with a wrong password, an unreachable host, or the client's own code", async () => {
        const wrong = await ops("wrong", ["connect", "database", "--tunnel", ...sql("select 1")]);
        expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("password authentication failed") });
        const unreachable = await ops("unreachable", ["connect", "database", "--tunnel", ...sql("select 1")]);
        expect(unreachable).toMatchObject({ code: 2, stderr: expect.stringContaining("closed the connection") });
        const outside = await ops("outputs", ["connect", "database", ...sql("select 1")]);
        expect(outside).toMatchObject({ code: 2, stderr: expect.stringContaining("could not translate host name") });
    });

    it("takes a token of IAM for the password, where it is told to", async () => {
        const result = await ops("outputs", ["connect", "database", "--tunnel", "--iam", ...sql("select 1")]);
        // The server here knows the password of the secret alone.
        expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining('failed for user "read_only"') });
        expect(result.stderr).not.toContain("X-Amz-Signature");
    });

    it("says what is missing for a tunnel", async () => {
        const health = ["database", "health", "--tunnel"];
        expect(await ops("bare", health)).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("give --tunnel <instance>"),
        });
        expect(await ops("unmanaged", health)).toMatchObject({
            ...{
                code: 1,
                stderr: expect.stringContaining("no node of the cluster other; set plinth:cluster.sessionManager"),
            },
        });
        expect(await ops("bare", [...health, "i-00000000000000000"])).toMatchObject({
            ...{ code: 1, stderr: expect.stringContaining("TargetNotConnected: i-00000000000000000 is not connected") },
        });
        expect(await ops("outputs", health, { FAKE_PLUGIN_VERSION: "1.2.497.0" })).toMatchObject({
            ...{ code: 1, stderr: expect.stringContaining("1.2.497.0 would show the session's token") },
        });
        expect(await ops("outputs", health, { PATH: path.dirname(process.execPath) })).toMatchObject({
            ...{ code: 1, stderr: expect.stringContaining("there is no session-manager-plugin: https://docs") },
        });
        expect(await ops("outputs", [...health, "--host", "localhost"])).toMatchObject({
            ...{
                code: 1,
                stderr: expect.stringContaining("'--tunnel [instance]' cannot be used with option '--host <host>'"),
            },
        });
    });

    it("takes every other command through the same tunnel", async () => {
        const health = await ops("bare", ["database", "health", "--tunnel", "i-0123456789abcdef0"]);
        expect(health).toMatchObject({ stdout: expect.stringContaining("connections are used") });
        expect(await ops("unreachable", ["database", "health", "--tunnel"])).toMatchObject({
            ...{ code: 1, stderr: expect.stringContaining("its far end does not reach the server") },
        });
        const cache = await ops("outputs", ["cache", "big-keys", "--tunnel"]);
        expect(cache).toMatchObject({ code: 0, stdout: "There are no keys.\n" });
    });

    it("opens redis-cli on a replica, which refuses writes, and on the primary to write", async () => {
        const set = ["--", "set", "key", "value"];
        expect(await ops("outputs", ["connect", "cache", "--tunnel", "--", "get", "key"])).toMatchObject({
            code: 0,
            stdout: "\n",
        });
        expect((await ops("outputs", ["connect", "cache", "--tunnel", ...set])).stdout).toContain("READONLY");
        expect(await ops("outputs", ["connect", "cache", "--tunnel", "--write", ...set])).toMatchObject({
            stdout: "OK\n",
        });
        expect(await ops("single", ["connect", "cache", "--tunnel", "--", "get", "key"])).toMatchObject({
            ...{ code: 3, stderr: expect.stringContaining("the cache has no replica") },
        });
    });
});
