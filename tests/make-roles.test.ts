import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noPostgres, PostgresServer } from "../ops/testing/postgres";

/** What a Job is given by its secrets. */
interface Credentials {
    APPLICATION_USER: string;
    APPLICATION_PASSWORD: string;
    READ_ONLY_USER: string;
    READ_ONLY_PASSWORD: string;
    PUBLISHED_PASSWORD: string;
    MONITORING_USER?: string;
    MONITORING_PASSWORD?: string;
}

const script = path.join(__dirname, "..", "components", "application", "roles", "postgres.sh");
const masterPassword = "master's pass";

/** Every character that a shell, psql or SQL might make something of. */
const hostile = `'"\\ $(id) \`id\` \${HOME} $$ %s %I :x :'x' -- ; /* é`;
const first = credentials(`A1${hostile}`, `R1${hostile}`);

/** psql asks a terminal for passwords where it has one, which a Job hasn't: `setsid` leaves it behind. */
const why = noPostgres || (spawnSync("setsid", ["true"]).error ? "there is no setsid" : "");

const server = new PostgresServer();
afterAll(() => server.stop());

describe.skipIf(why)(`the users of PostgreSQL${why && `, skipped: ${why}`}`, () => {
    beforeAll(() => {
        server.start(
            ["log_statement = all", "log_min_error_statement = debug1", "password_encryption = scram-sha-256"],
            ["local all tester trust", "local all all scram-sha-256"],
        );
        // As on RDS: the master user makes roles and databases, and is no superuser.
        server.query(
            `set log_statement = none; create role platform_admin login createrole createdb password '${masterPassword.replace("'", "''")}'`,
        );
        server.query("create database app owner platform_admin");
        // As on RDS too: the master user may hand on what monitoring needs.
        server.query("grant pg_monitor to platform_admin with admin option");
    });

    it("are made as often as wanted, with any names and passwords, and can log in", () => {
        for (const _ of [1, 2]) expect(makeRoles(first)).toMatchObject({ status: 0 });
        // The literal text is the user's name, so nothing of it was run.
        expect(
            server.query("select rolname from pg_roles where rolname !~ '^(pg_|tester|platform_admin)' order by 1"),
        ).toEqual([[first.APPLICATION_USER], [first.READ_ONLY_USER]]);
        expect(asApplication("select current_user")).toMatchObject({
            status: 0,
            stdout: `${first.APPLICATION_USER}\n`,
        });
    });

    it("lets the application make what it needs, and nobody but it change that", () => {
        expect(
            asApplication("create table early (id int); create schema shop; create table shop.orders (id int)").status,
        ).toBe(0);
        expect(asApplication('create extension "uuid-ossp" schema public; insert into early values (1)').status).toBe(
            0,
        );

        expect(asReader("select count(*) from early")).toMatchObject({ status: 0, stdout: "1\n" });
        expect(asReader("select count(*) from shop.orders")).toMatchObject({ status: 0, stdout: "0\n" });
        const writes = [
            "insert into early values (2)",
            "delete from shop.orders",
            "create table mine (id int)",
            "create temp table mine (id int)",
            "create schema mine",
        ];
        for (const write of writes) {
            // The session's own setting alone would be no protection: anyone can change it.
            expect(
                asReader(`set default_transaction_read_only = off; begin read write; ${write}`).stderr,
                write,
            ).toContain("permission denied");
        }
    });

    it("takes away what was given to the read-only user by hand", () => {
        asApplication('grant insert on early to public; grant insert, truncate on shop.orders to :"reader"', {
            reader: first.READ_ONLY_USER,
        });
        asApplication("revoke insert on early from public");
        expect(makeRoles(first).status).toBe(0);
        expect(asReader("begin read write; insert into shop.orders values (1)").stderr).toContain("permission denied");
        expect(asReader("select count(*) from shop.orders").status).toBe(0);
    });

    it.each([
        "alter role current_user superuser",
        "alter role current_user createrole",
        "create role other login",
        "create database other",
        "grant pg_write_server_files to current_user",
        "grant platform_admin to current_user",
        "set role platform_admin",
        "copy (select 1) to program 'id'",
        "alter system set log_statement = none",
    ])("lets the application not: %s", (statement) => {
        expect(asApplication(statement)).toMatchObject({
            status: 3,
            stderr: expect.stringMatching(/permission denied|must be|must have/),
        });
    });

    it("brings the passwords into step after a rotation, and the old ones don't work any more", () => {
        const rotated = credentials(`A2${hostile}`, `R2${hostile}`);
        expect(makeRoles(rotated).status).toBe(0);
        expect(asApplication("select 1").stderr).toContain("password authentication failed");
        expect(query(rotated.APPLICATION_USER, rotated.APPLICATION_PASSWORD, "select 1").status).toBe(0);
        expect(query(rotated.READ_ONLY_USER, rotated.READ_ONLY_PASSWORD, "select 1").status).toBe(0);
        expect(makeRoles(first).status).toBe(0);
    });

    it("leaves with tenants what the application may make to those who made them", () => {
        server.query(
            `create role tenants_owner; revoke create, temporary on database app from "${first.APPLICATION_USER.replaceAll('"', '""')}"`,
        );
        const may = () =>
            asApplication(
                "select has_database_privilege(current_database(), 'CREATE'), has_database_privilege(current_database(), 'TEMPORARY')",
            ).stdout;
        expect(may()).toBe("f|f\n");
        expect(makeRoles(first).status).toBe(0);
        expect(may()).toBe("f|f\n");
        server.query("drop role tenants_owner");
        expect(makeRoles(first).status).toBe(0);
        expect(may()).toBe("t|t\n");
    });

    it("changes nothing while services can't know the new password", () => {
        const early = { ...credentials("A3", "R3"), PUBLISHED_PASSWORD: first.APPLICATION_PASSWORD };
        expect(makeRoles(early)).toMatchObject({ status: 1, stderr: expect.stringContaining("trying again helps") });
        expect(asApplication("select 1").status).toBe(0);
    });

    it.each([
        ["a\na", "a password holds a line break"],
        ["", "a password is empty"],
    ])("refuses the password %j and changes nothing", (password, says) => {
        expect(makeRoles(credentials(password, "R4"))).toMatchObject({
            status: 1,
            stderr: expect.stringContaining(says),
        });
        expect(asApplication("select 1").status).toBe(0);
    });

    describe("the one who monitors", () => {
        const monitoring = { MONITORING_USER: `mon"'\\ itor`, MONITORING_PASSWORD: `M1${hostile}` };
        const asMonitoring = (sql: string) => query(monitoring.MONITORING_USER, monitoring.MONITORING_PASSWORD, sql);

        it("is made as often as wanted, and only where the Job is given one", () => {
            const roles = "select count(*) from pg_roles where rolname like 'mon%'";
            expect(server.query(roles)).toEqual([["0"]]);
            for (const _ of [1, 2]) expect(makeRoles({ ...first, ...monitoring })).toMatchObject({ status: 0 });
            expect(server.query(roles)).toEqual([["1"]]);
        });

        it("sees what others run and the server's settings, and no data", () => {
            expect(asMonitoring("select count(*) from pg_ls_waldir()").status).toBe(0);
            expect(asMonitoring("show shared_preload_libraries").status).toBe(0);
            const others = `select count(*) from pg_stat_activity where query = '<insufficient privilege>'`;
            expect(asMonitoring(others)).toMatchObject({ status: 0, stdout: "0\n" });
            for (const statement of [
                "select * from shop.orders",
                "select * from early",
                "begin read write; create table mine (id int)",
                "begin read write; create schema mine",
                `set role ${identifier(first.APPLICATION_USER)}`,
                "alter system set log_statement = none",
            ]) {
                expect(asMonitoring(statement).stderr, statement).toMatch(/permission denied|read-only/);
            }
        });

        it("leaves connections to the others, and is refused without a password", () => {
            const limit = "select rolconnlimit from pg_roles where rolname like 'mon%'";
            expect(server.query(limit)).toEqual([["5"]]);
            expect(makeRoles({ ...first, ...monitoring, MONITORING_PASSWORD: "" })).toMatchObject({
                status: 1,
                stderr: expect.stringContaining("a password is empty"),
            });
            expect(asMonitoring("select 1").status).toBe(0);
        });

        it("is not held up by a server that makes no extension for the times of statements", () => {
            const { status, stderr } = makeRoles({ ...first, ...monitoring });
            expect([status, stderr]).toEqual([0, expect.stringContaining("the times of statements are not seen")]);
        });

        it("gets its new password, and nothing of it is logged", () => {
            const rotated = { ...monitoring, MONITORING_PASSWORD: `M2${hostile}` };
            expect(makeRoles({ ...first, ...rotated }).status).toBe(0);
            expect(asMonitoring("select 1").stderr).toContain("password authentication failed");
            for (const { MONITORING_PASSWORD } of [monitoring, rotated]) {
                expect(server.log()).not.toContain(MONITORING_PASSWORD);
                expect(server.log()).not.toContain(MONITORING_PASSWORD.replaceAll("'", "''"));
            }
        });
    });

    it("refuses a user that can do more, and leaves its password as it was", () => {
        server.query(`create role dba createrole; grant dba to ${identifier(first.READ_ONLY_USER)}`);
        expect(makeRoles(credentials("A5", "R5"))).toMatchObject({
            status: 3,
            stderr: expect.stringContaining("more than a service needs"),
        });
        server.query(`revoke dba from ${identifier(first.READ_ONLY_USER)}; drop role dba`);
        expect(asApplication("select 1").status).toBe(0);
    });

    it("says nothing of passwords to the server's log, which holds every statement, nor to the Job's", () => {
        const log = server.log();
        expect(log).toContain("ALTER USER");
        expect(log).toContain("SCRAM-SHA-256$");
        const { stdout, stderr } = makeRoles(first);
        for (const password of [first.APPLICATION_PASSWORD, first.READ_ONLY_PASSWORD, masterPassword]) {
            for (const said of [log, stdout, stderr]) {
                expect(said).not.toContain(password);
                expect(said).not.toContain(password.replaceAll("'", "''"));
            }
        }
    });
});

function credentials(application: string, readOnly: string): Credentials {
    return {
        APPLICATION_USER: `app"'\\ $x; drop table`,
        APPLICATION_PASSWORD: application,
        READ_ONLY_USER: `read only"'\\`,
        READ_ONLY_PASSWORD: readOnly,
        PUBLISHED_PASSWORD: application,
    };
}

/** Runs the Job's script as the Job does: by a plain shell, without a terminal, everything in the environment. */
function makeRoles(given: Credentials): SpawnSyncReturns<string> {
    return run("setsid", ["sh", script], { ...connection("platform_admin", masterPassword), ...given });
}

function query(
    user: string,
    password: string,
    sql: string,
    variables: Record<string, string> = {},
): SpawnSyncReturns<string> {
    const settings = Object.entries(variables).flatMap(([name, value]) => ["-v", `${name}=${value}`]);
    return run("psql", ["-qAtX", "-v", "ON_ERROR_STOP=1", ...settings], connection(user, password), sql);
}

function asApplication(sql: string, variables?: Record<string, string>): SpawnSyncReturns<string> {
    return query(first.APPLICATION_USER, first.APPLICATION_PASSWORD, sql, variables);
}

function asReader(sql: string): SpawnSyncReturns<string> {
    return query(first.READ_ONLY_USER, first.READ_ONLY_PASSWORD, sql);
}

function connection(user: string, password: string): Record<string, string> {
    return { PGHOST: server.directory, PGUSER: user, PGPASSWORD: password, PGDATABASE: "app" };
}

function run(
    program: string,
    args: string[],
    environment: Record<string, string>,
    input = "",
): SpawnSyncReturns<string> {
    const env = { PATH: `${server.clients}:${process.env.PATH}`, LC_ALL: "C.UTF-8", ...environment };
    return spawnSync(program, args, { env, input, encoding: "utf8" });
}

function identifier(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
}
