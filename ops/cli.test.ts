import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificates, noOpenssl } from "./testing/certificates";
import { runOps } from "./testing/command";
import { FakeSecretsManager } from "./testing/fake-secrets-manager";
import { freePort } from "./testing/port";
import { noPostgres, PostgresServer } from "./testing/postgres";

const folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-"));
const server = new PostgresServer();
const password = `p'"\\${randomBytes(8).toString("hex")}`;
const key = randomBytes(32).toString("base64");
const secrets = new FakeSecretsManager({
    master: JSON.stringify({ username: "platform_admin", password }),
    wrong: JSON.stringify({ username: "platform_admin", password: "wrong-password" }),
    broken: "not-json-but-secret",
    application: JSON.stringify({ username: "application", password: "application's-password" }),
    reader: JSON.stringify({ username: "read_only", password: "reader's-password" }),
    key,
});
let environment: Record<string, string>;
let port: number;
afterAll(() => {
    secrets.stop();
    server.stop();
    rmSync(folder, { recursive: true, force: true });
});

/** The name in the server's certificate, which no name server knows: as at the far end of a tunnel. */
const certificateHost = "db.plinth.example";

const why = noPostgres || noOpenssl;

describe.skipIf(why)(`npm run ops${why && `, skipped: ${why}`}`, () => {
    beforeAll(async () => {
        environment = await secrets.start();
        port = await freePort();
        const certificates = makeCertificates(certificateHost);
        writeFileSync(path.join(folder, "authority.pem"), certificates.authority);
        server.start(
            [
                "ssl = on",
                `ssl_cert_file = '${server.privateFile("server.crt", certificates.certificate)}'`,
                `ssl_key_file = '${server.privateFile("server.key", certificates.key)}'`,
            ],
            ["hostssl all all 127.0.0.1/32 scram-sha-256", "hostnossl all all 127.0.0.1/32 reject"],
            "127.0.0.1",
            port,
        );
        const quoted = password.replaceAll("'", "''");
        server.query(
            `CREATE ROLE platform_admin LOGIN CREATEROLE CREATEDB PASSWORD E'${quoted.replaceAll("\\", "\\\\")}'`,
        );
        server.query("CREATE DATABASE app OWNER platform_admin");
        for (const [name, secretArn] of [
            ["outputs", "master"],
            ["wrong", "wrong"],
            ["broken", "broken"],
            ["unknown", "no-such"],
        ])
            writeFileSync(
                path.join(folder, `${name}.json`),
                JSON.stringify({
                    region: "eu-west-1",
                    database: {
                        ...{ primaryAddress: certificateHost, port: 5432, databaseName: "app", secretArn },
                        ...{ applicationSecretArn: "application", readOnlySecretArn: "reader" },
                    },
                }),
            );
        writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "config:\n  plinth:tier: dev\n");
        writeFileSync(path.join(folder, "Pulumi.prod.yaml"), "config:\n  plinth:tier: prod\n");
    }, 60_000);

    it("refuses to init before the users are there, and says what makes them", async () => {
        expect(await ops("dev", "database", "init")).toMatchObject({
            code: 3,
            stderr: expect.stringContaining("no user application; the Job make-roles"),
        });
    });

    it("makes the users of their secrets, which it never shows, and nothing in a dry run", async () => {
        const dry = await ops("dev", "database", "users", "--dry-run");
        expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining("CREATE ROLE") });
        expect(superuser("SELECT count(*) FROM pg_roles WHERE rolname = 'application'")).toBe("0");
        const { code, stdout, stderr } = await ops("dev", "database", "users");
        expect([code, stdout]).toEqual([
            0,
            "The users application and read_only are there, with the passwords of their secrets.\n",
        ]);
        expect(`${dry.stdout}${stdout}${stderr}`).not.toContain("'s-password");
        expect(
            superuser("SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles WHERE rolname !~ '^(pg_|t)'"),
        ).toBe("application,platform_admin,read_only");
    });

    it("refuses a demo tenant in prod, and where the tier is not known", async () => {
        expect(await ops("prod", "database", "init", "--demo-tenant")).toMatchObject({
            code: 3,
            stderr: expect.stringContaining("the tier is prod"),
        });
        expect(await ops("other", "database", "init", "--demo-tenant")).toMatchObject({
            code: 3,
            stderr: expect.stringContaining("this may be prod"),
        });
    });

    it("refuses to migrate before init, and changes nothing in a dry run", async () => {
        expect(await ops("dev", "database", "migrate", "up")).toMatchObject({
            code: 3,
            stderr: expect.stringContaining("run `database init`"),
        });
        expect((await ops("dev", "database", "init", "--dry-run")).stdout).toContain("CREATE SCHEMA IF NOT EXISTS app");
        expect(superuser("SELECT count(*) FROM pg_namespace WHERE nspname = 'app'")).toBe("0");
    });

    it("inits, migrates and makes the demo tenant, as often as wanted", async () => {
        for (const _ of [1, 2])
            expect(await ops("dev", "database", "init", "--demo-tenant")).toMatchObject({
                code: 0,
                stdout: "The roles and schemas are there, and the demo tenant.\n",
            });
        expect(superuser("SELECT string_agg(subdomain, ',') FROM app.tenants")).toBe("demo");
        const { stdout } = await ops("dev", "database", "migrate", "status", "--json");
        expect(JSON.parse(stdout).migrations.map(({ state }: { state: string }) => state)).toEqual([
            "applied",
            "applied",
            "applied",
        ]);
        expect((await ops("dev", "database", "migrate", "up")).stdout).toBe("There was nothing to do.\n");
    });

    it("finds a living database well, tenants included, also after its users were made again", async () => {
        expect((await ops("dev", "database", "users")).code).toBe(0);
        const { code, stdout } = await ops("dev", "database", "health", "--json");
        const { findings } = JSON.parse(stdout) as { findings: { check: string; severity: string }[] };
        expect(findings.filter(({ severity }) => severity !== "ok")).toEqual([]);
        expect(findings.map(({ check }) => check)).toContain("tenants");
        expect(code).toBe(0);
        superuser(
            "ALTER TABLE app.users NO FORCE ROW LEVEL SECURITY; CREATE TABLE public.old (id int); BEGIN; CREATE INDEX broken ON public.old (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.broken'::regclass; COMMIT",
        );
        const ill = await ops("dev", "database", "health");
        expect(ill.stdout).toMatch(/critical tenants: table app\.users row security is not forced/);
        expect(ill.stdout).toMatch(/warning {2}invalid indexes: /);
        expect(ill.code).toBe(4);
        superuser("ALTER TABLE app.users FORCE ROW LEVEL SECURITY; DROP TABLE public.old");
    });

    it("takes signed contexts alone, once it has a key", async () => {
        expect((await ops("dev", "database", "context-key", "add", "first", "--secret", "key")).code).toBe(0);
        expect(superuser("SELECT count(*) FROM app.context_keys")).toBe("1");
        expect((await ops("dev", "database", "context-key", "remove", "first")).code).toBe(0);
        expect(superuser("SELECT count(*) FROM app.context_keys")).toBe("0");
    });

    describe("with migrations of a project", () => {
        const migrations = path.join(folder, "migrations");
        const write = (name: string, text: string) => writeFileSync(path.join(migrations, name), text);
        const migrate = (...args: string[]) => ops("dev", "database", "migrate", ...args, "--folder", migrations);
        beforeAll(() => {
            mkdirSync(migrations);
            for (const name of ["0001_tenant-context", "0002_isolate-tenants", "0003_tenants"])
                write(`${name}.sql`, readFileSync(path.join(__dirname, "migrations", `${name}.sql`), "utf8"));
        });

        it("refuses a dangerous one, and builds an index concurrently outside a transaction", async () => {
            write("0004_index.sql", "-- Up Migration\nCREATE INDEX users_at ON app.users (tenant_id, created_at);\n");
            expect(await migrate("up")).toMatchObject({
                code: 3,
                stderr: expect.stringContaining("0004_index:2: index-without-concurrently"),
            });
            write(
                "0004_index.sql",
                "-- Up Migration, no transaction\nCREATE INDEX CONCURRENTLY users_at ON app.users (tenant_id, created_at);\nSELECT 1;\n-- Down Migration\nDROP INDEX app.users_at;\n",
            );
            expect((await migrate("up", "--dry-run")).stdout).toContain("CREATE INDEX CONCURRENTLY users_at");
            expect(await migrate("up")).toMatchObject({ code: 0, stdout: "up 0004_index\n" });
        });

        it("undoes one only where the stack is named again", async () => {
            expect(await migrate("down")).toMatchObject({
                code: 3,
                stderr: expect.stringContaining("give --confirm dev"),
            });
            expect(await migrate("down", "--confirm", "dev")).toMatchObject({ code: 0, stdout: "down 0004_index\n" });
            expect(superuser("SELECT to_regclass('app.users_at') IS NULL")).toBe("t");
        });

        it("changes nothing where one fails, and says what", async () => {
            write(
                "0005_broken.sql",
                "-- Up Migration\nCREATE TABLE app.half (id int);\nINSERT INTO app.nowhere VALUES (1);\n",
            );
            expect(await migrate("up")).toMatchObject({
                code: 1,
                stderr: expect.stringContaining('relation "app.nowhere" does not exist'),
            });
            expect(superuser("SELECT to_regclass('app.half') IS NULL")).toBe("t");
            write("0005_broken.sql", "-- Up Migration\nCREATE TABLE app.half (id int);\n");
            expect((await migrate("up")).code).toBe(0);
            expect(await migrate("down", "--confirm", "dev")).toMatchObject({
                code: 3,
                stderr: expect.stringContaining("cannot be undone"),
            });
        });

        it("runs each once where two start at the same time", async () => {
            write("0006_once.sql", "-- Up Migration\nSELECT pg_sleep(1);\nCREATE TABLE app.once (id int);\n");
            const both = await Promise.all([migrate("up"), migrate("up")]);
            expect(both.map(({ code }) => code)).toEqual([0, 0]);
            expect(both.map(({ stdout }) => stdout).sort()).toEqual(["There was nothing to do.\n", "up 0006_once\n"]);
        });

        it("refuses where the database has one that the folder has not, and a folder with something else", async () => {
            expect(await ops("dev", "database", "migrate", "up")).toMatchObject({
                code: 3,
                stderr: expect.stringContaining("0006_once"),
            });
            write("notes.txt", "");
            expect(await migrate("up")).toMatchObject({
                code: 1,
                stderr: expect.stringContaining("notes.txt is no migration"),
            });
        });
    });

    it.each([
        ["a wrong password", ["--outputs", "wrong.json"], 1, "the password is wrong"],
        ["a secret that is not there", ["--outputs", "unknown.json"], 1, "ResourceNotFoundException"],
        ["a secret of another shape", ["--outputs", "broken.json"], 1, "no username and password"],
        ["outputs that are not there", ["--outputs", "none.json"], 1, "there is no file none.json"],
        ["a host that does not answer", ["--port", "1"], 1, "nothing listens there"],
        [
            "a name that nobody knows",
            ["--host", "nowhere.invalid"],
            1,
            "cannot connect as platform_admin at nowhere.invalid",
        ],
        ["a certificate of another authority", ["--authorities", "other.pem"], 1, "signed by none of the authorities"],
        [
            "no TLS on another machine",
            ["--host", "192.0.2.1", "--plaintext", "no-authorities"],
            3,
            "--plaintext is for this machine alone",
        ],
        ["no TLS where the server wants it", ["--plaintext", "no-authorities"], 1, "the server allows no such login"],
        ["a variable that is not set", ["--url-variable", "NOTHING"], 1, "the environment has no NOTHING"],
        ["a port that is none", ["--port", "x"], 1, "x is no port"],
    ])("says so of %s, without the password", async (_, options, code, message) => {
        writeFileSync(path.join(folder, "other.pem"), makeCertificates(certificateHost).authority);
        const result = await ops("dev", "database", "health", ...options);
        expect(result).toMatchObject({ code, stderr: expect.stringContaining(message) });
        for (const secret of [password, "wrong-password", "not-json-but-secret", key])
            expect(`${result.stdout}${result.stderr}`).not.toContain(secret);
    });

    it("works in the folder of another project, which it is told in front of all else", async () => {
        const other = path.join(folder, "other");
        mkdirSync(other);
        writeFileSync(path.join(other, "outputs.json"), "{}");
        const health = ["dev", "database", "health"];
        const files = ["--outputs", "../outputs.json", "--authorities", "../authority.pem"];
        expect((await ops("-C", "other", ...health, ...files)).stdout).toContain("connections");
        expect((await ops("-C", "other", ...health)).stderr).toContain("have no `database`");
        expect(await ops("-C", "none", ...health)).toMatchObject({
            code: 1,
            stderr: "error: -C: there is no folder none\n",
        });
    });

    it("has recorded what it did, without anything secret", () => {
        const text = readFileSync(path.join(folder, ".ops", "dev.jsonl"), "utf8");
        const records = text
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line) as Record<string, string>);
        const of = (command: string) => records.filter((record) => record.command === command);
        // Refused, and done twice.
        expect(of("database init").map(({ state }) => state)).toEqual([
            ...["started", "refused", "started", "done", "started", "done"],
        ]);
        expect(of("database migrate up").at(-1)).toMatchObject({ target: "app", stack: "dev" });
        expect(of("database context-key add first").map(({ state }) => state)).toEqual(["started", "done"]);
        for (const secret of [password, key]) expect(text).not.toContain(secret);
    });

    it("connects by a URL in the environment, as a Job does", async () => {
        const url = `postgresql://platform_admin:${encodeURIComponent(password)}@${certificateHost}:5432/app`;
        const options = ["--url-variable", "DATABASE_URL"];
        expect((await opsWith({ DATABASE_URL: url }, "dev", "database", "health", ...options)).stdout).toContain(
            "connections",
        );
        const wrong = await opsWith(
            { DATABASE_URL: `sqlserver://u:${encodeURIComponent(password)}@h/d` },
            "dev",
            "database",
            "health",
            ...options,
        );
        expect(wrong).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("DATABASE_URL is no URL such as postgresql://"),
        });
    });
});

function ops(...args: string[]) {
    return opsWith({}, ...args);
}

/** Runs the command line against the server, unless the arguments say another. */
function opsWith(more: Record<string, string>, ...given: string[]) {
    const args = given.filter((one) => one !== "no-authorities");
    const standard = { outputs: "outputs.json", host: "127.0.0.1", port: String(port), authorities: "authority.pem" };
    const skipped = [given.includes("no-authorities") && "authorities", args.includes("--url-variable") && "outputs"];
    for (const [name, value] of Object.entries(standard))
        if (!args.includes(`--${name}`) && !skipped.includes(name)) args.push(`--${name}`, value);
    return runOps(folder, { ...environment, ...more }, args);
}

function superuser(sql: string): string {
    const args = [
        "-h",
        server.directory,
        "-p",
        String(port),
        "-U",
        "tester",
        "-d",
        "app",
        "-qAtX",
        "-c",
        "SET allow_system_table_mods = on",
        "-c",
        sql,
    ];
    return execFileSync(path.join(server.clients, "psql"), args, { encoding: "utf8" }).trim();
}
