import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

const script = path.join(__dirname, "..", "components", "application", "roles", "mysql.sh");
const hostile = `'"\\ $(id) \`id\` \${HOME} $$ %s & ; -- é`;

/** Stands in for MySQL's client: keeps what it was given. No MySQL server is at hand where the tests run. */
const client = `#!/bin/bash
call=$(ls "$RECORD" | wc -l)
printf '%s\\0' "$@" > "$RECORD/$call.arguments"
printf '%s' "$MYSQL_PWD" > "$RECORD/$call.password"
cat > "$RECORD/$call.sql"
`;

const directory = mkdtempSync(path.join(tmpdir(), "plinth-mysql-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const record = path.join(directory, "record");

/** One call of the client. */
interface Call {
    arguments: string[];
    password: string;
    sql: string;
}

const given = {
    ...{
        HOST: "db.example.internal",
        PORT: "3306",
        DATABASE: "app_1%`x",
        SSL_MODE: "VERIFY_IDENTITY",
        CA_FILE: "/ca.pem",
    },
    ...{ MASTER_USER: "platform_admin", MASTER_PASSWORD: `M${hostile}` },
    ...{ APPLICATION_USER: "appli'cation", APPLICATION_PASSWORD: `A${hostile}\nsecond line` },
    ...{ READ_ONLY_USER: "read_only", READ_ONLY_PASSWORD: `R${hostile}` },
    PUBLISHED_PASSWORD: `A${hostile}\nsecond line`,
};

beforeEach(() => {
    rmSync(record, { recursive: true, force: true });
    spawnSync("mkdir", ["-p", record]);
    writeFileSync(path.join(directory, "mysql"), client, { mode: 0o755 });
});

/** The strings of a statement as MySQL reads them under NO_BACKSLASH_ESCAPES: a quote in one is written twice. */
const literals = (sql: string) =>
    [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = ""]) => text.replaceAll("''", "'"));

describe("what MySQL is told to make its users", () => {
    it("holds names and passwords as they are, whatever is in them", () => {
        expect(makeRoles({})).toMatchObject({ status: 0 });
        const [first] = calls();
        const [mode, ...statements] = (first?.sql ?? "").split(/;\n(?=CREATE|ALTER|GRANT)/);
        expect(mode).toBe("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES'");
        expect(statements.map((statement) => statement.split(" ", 2).join(" "))).toEqual([
            ...["CREATE USER", "ALTER USER", "CREATE USER", "ALTER USER"],
            ...["GRANT SELECT,", "GRANT SELECT,"],
        ]);
        const application = [given.APPLICATION_USER, "%", given.APPLICATION_PASSWORD];
        const reader = [given.READ_ONLY_USER, "%", given.READ_ONLY_PASSWORD];
        expect(statements.slice(0, 4).map(literals)).toEqual([application, application, reader, reader]);
        for (const statement of statements.slice(0, 4)) expect(statement).toMatch(/ REQUIRE SSL$/);
    });

    it("gives rights on the one database, whose name is no pattern, and to the reader only those to read", () => {
        makeRoles({});
        const grants = (calls()[0]?.sql ?? "").split(/;\n/).filter((statement) => statement.startsWith("GRANT"));
        expect(grants.map((grant) => / ON (`.*`\.\*) TO /s.exec(grant)?.[1])).toEqual(
            Array(2).fill("`app\\_1\\%``x`.*"),
        );
        expect(grants[1]).toMatch(/^GRANT SELECT, SHOW VIEW ON /);
        for (const grant of grants) expect(grant).not.toMatch(/ALL|SUPER|CREATE USER|GRANT OPTION|\*\.\*/);
    });

    it("is sent by the master user, and each user then shows that it can log in, over TLS that is checked", () => {
        makeRoles({});
        expect(calls().map(({ password }) => password)).toEqual([
            given.MASTER_PASSWORD,
            given.APPLICATION_PASSWORD,
            given.READ_ONLY_PASSWORD,
        ]);
        for (const call of calls()) {
            expect(call.arguments).toEqual(
                expect.arrayContaining(["--ssl-mode=VERIFY_IDENTITY", "--ssl-ca=/ca.pem", "--binary-mode"]),
            );
            expect(call.arguments.join(" ")).not.toContain("id`");
        }
        expect(calls().map((call) => call.arguments.find((one) => one.startsWith("--user")))).toEqual([
            "--user=platform_admin",
            "--user=appli'cation",
            "--user=read_only",
        ]);
    });

    it("makes the one who monitors where it is given one, with statistics and no table of the application", () => {
        const monitoring = { MONITORING_USER: "moni'tor", MONITORING_PASSWORD: `N${hostile}` };
        expect(makeRoles(monitoring)).toMatchObject({ status: 0 });
        const [, , , made, login] = calls();
        const statements = (made?.sql ?? "")
            .split(/;\n/)
            .filter((statement) => /^(CREATE|ALTER|GRANT)/.test(statement));
        expect(statements.slice(0, 2).map(literals)).toEqual(
            Array(2).fill([monitoring.MONITORING_USER, "%", monitoring.MONITORING_PASSWORD]),
        );
        for (const statement of statements.slice(0, 2)) {
            expect(statement).toMatch(/ REQUIRE SSL WITH MAX_USER_CONNECTIONS 5$/);
        }
        expect(statements.slice(2).map((grant) => grant.replace(/ TO .*/s, ""))).toEqual([
            "GRANT PROCESS, REPLICATION CLIENT ON *.*",
            "GRANT SELECT ON performance_schema.*",
        ]);
        expect(made?.password).toBe(given.MASTER_PASSWORD);
        expect(login?.password).toBe(monitoring.MONITORING_PASSWORD);
        expect(makeRoles({ ...monitoring, MONITORING_PASSWORD: "" }).status).toBe(1);
    });

    it("works without certificates", () => {
        expect(makeRoles({ CA_FILE: "", SSL_MODE: "REQUIRED" })).toMatchObject({ status: 0 });
        expect(calls()[0]?.arguments.filter((one) => one.startsWith("--ssl"))).toEqual(["--ssl-mode=REQUIRED"]);
    });

    it.each([
        [{ PUBLISHED_PASSWORD: "older" }, "trying again helps"],
        [{ READ_ONLY_PASSWORD: "" }, "a password is empty"],
    ])("is nothing at all with %j", (change, says) => {
        expect(makeRoles(change)).toMatchObject({ status: 1, stderr: expect.stringContaining(says) });
        expect(calls()).toEqual([]);
    });

    it("ends where the server refuses it, and says no password", () => {
        writeFileSync(path.join(directory, "mysql"), "#!/bin/bash\ncat > /dev/null; echo refused >&2; exit 1\n", {
            mode: 0o755,
        });
        const { status, stdout, stderr } = makeRoles({});
        expect([status, stderr, stdout]).toEqual([1, "refused\n", ""]);
    });
});

function makeRoles(
    change: Partial<typeof given & Record<"MONITORING_USER" | "MONITORING_PASSWORD", string>>,
): SpawnSyncReturns<string> {
    const env = { PATH: `${directory}:${process.env.PATH}`, LC_ALL: "C.UTF-8", RECORD: record, ...given, ...change };
    return spawnSync("bash", [script], { env, encoding: "utf8" });
}

function calls(): Call[] {
    if (!existsSync(record)) return [];
    const files = readdirSync(record).filter((file) => file.endsWith(".sql"));
    const of = (file: string, part: string) => readFileSync(path.join(record, file.replace("sql", part)), "utf8");
    return files
        .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
        .map((file) => ({
            arguments: of(file, "arguments").split("\0").slice(0, -1),
            password: of(file, "password"),
            sql: of(file, "sql"),
        }));
}
