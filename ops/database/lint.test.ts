import { describe, expect, it } from "vitest";
import { migrationsFolder } from "../files";
import { lintSection } from "./lint";
import { readMigrations, readSections } from "./migration-file";

async function rulesOf(sql: string, lockTimeoutSet = true): Promise<string[]> {
    const { up } = await readSections(sql, "test.sql");
    return lintSection(up, lockTimeoutSet).map(({ rule, line }) => `${line} ${rule}`);
}

describe("a migration is dangerous", () => {
    it.each([
        ["CREATE INDEX ON app.users (email)", "index-without-concurrently"],
        ["CREATE UNIQUE INDEX ON users (email)", "index-without-concurrently"],
        ["CREATE INDEX CONCURRENTLY ON users (email)", "index-in-transaction"],
        ["DROP INDEX users_email", "index-without-concurrently"],
        ["REINDEX TABLE users", "index-without-concurrently"],
        ["ALTER TABLE users ADD UNIQUE (email)", "index-without-concurrently"],
        ["ALTER TABLE users ADD COLUMN code text UNIQUE", "index-without-concurrently"],
        ["ALTER TABLE users ADD COLUMN code text NOT NULL", "not-null-without-default"],
        ["ALTER TABLE users ALTER COLUMN code SET NOT NULL", "set-not-null"],
        ["ALTER TABLE users DROP COLUMN code", "drop-column"],
        ["ALTER TABLE users ALTER code TYPE bigint", "table-rewrite"],
        ["ALTER TABLE users ADD COLUMN code uuid DEFAULT gen_random_uuid()", "table-rewrite"],
        ["ALTER TABLE users ADD COLUMN code int GENERATED ALWAYS AS IDENTITY", "table-rewrite"],
        ["VACUUM FULL users", "table-rewrite"],
        ["CLUSTER users", "table-rewrite"],
        ["ALTER TABLE users ADD FOREIGN KEY (role_id) REFERENCES roles", "constraint-not-valid"],
        ["ALTER TABLE users ADD CHECK (age > 0)", "constraint-not-valid"],
        ["ALTER TABLE users RENAME COLUMN a TO b", "rename"],
        ["ALTER TABLE users RENAME TO people", "rename"],
        ["DROP TABLE users", "drop-table"],
        ["TRUNCATE users", "truncate"],
        ["SET lock_timeout = 0", "lock-timeout"],
        ["SET lock_timeout = '0s'", "lock-timeout"],
        ["RESET lock_timeout", "lock-timeout"],
    ])("%s", async (sql, rule) => {
        expect(await rulesOf(`\n${sql};`)).toEqual([`2 ${rule}`]);
    });

    it("where nothing ends its waiting for locks", async () => {
        expect(await rulesOf("SELECT 1;\nALTER TABLE users ADD a int;\nALTER TABLE users ADD b int", false)).toEqual([
            "2 lock-timeout",
        ]);
        expect(await rulesOf("SET lock_timeout = '5s';\nALTER TABLE users ADD a int", false)).toEqual([]);
        expect(await rulesOf("SET LOCAL lock_timeout = 5000;\nALTER TABLE users ADD a int", false)).toEqual([]);
    });
});

describe("a migration is not dangerous", () => {
    it.each([
        "CREATE TABLE a (id int PRIMARY KEY); CREATE INDEX ON a (id); ALTER TABLE a ADD UNIQUE (id), ALTER id SET NOT NULL",
        "ALTER TABLE users ADD COLUMN code text",
        "ALTER TABLE users ADD COLUMN code text NOT NULL DEFAULT 'x'",
        "ALTER TABLE users ADD COLUMN at timestamptz NOT NULL DEFAULT now()",
        "ALTER TABLE users ADD CONSTRAINT positive CHECK (age > 0) NOT VALID",
        "ALTER TABLE users VALIDATE CONSTRAINT positive",
        "ALTER TABLE users ADD CONSTRAINT one UNIQUE USING INDEX users_one",
        "-- Up Migration, no transaction\nCREATE INDEX CONCURRENTLY ON users (email)",
        "SELECT 'CREATE INDEX ON users (email); DROP TABLE users' -- DROP TABLE users",
        "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ TRUNCATE users $$",
        "-- lint: allow drop-column: nothing reads it since release 41\nALTER TABLE users DROP COLUMN code",
    ])("%s", async (sql) => {
        expect(await rulesOf(sql)).toEqual([]);
    });

    it("is not allowed without a reason, for another rule, or for the statement after it", async () => {
        expect(await rulesOf("-- lint: allow drop-column:\nALTER TABLE users DROP COLUMN code")).toHaveLength(1);
        expect(await rulesOf("-- lint: allow rename: yes\nALTER TABLE users DROP COLUMN code")).toHaveLength(1);
        expect(await rulesOf("-- lint: allow drop-table: yes\nDROP TABLE a;\nDROP TABLE b")).toEqual(["3 drop-table"]);
    });
});

describe("a file", () => {
    it("that is no SQL is refused with its line", async () => {
        await expect(rulesOf("SELECT 1;\n\nCREATE TABEL a ()")).rejects.toThrow(
            /test\.sql:3: syntax error at or near "TABEL"/,
        );
    });

    it.each(["-- Up Migration\nSELECT 1;\n-- up migration\nSELECT 2", "-- Down Migration\nSELECT 1"])(
        "without one section each is refused: %j",
        async (sql) => {
            await expect(rulesOf(sql)).rejects.toThrow(/section/);
        },
    );

    it("has its statements by line, after characters of several bytes too", async () => {
        expect(
            await rulesOf("-- Up Migration\n\nSELECT 'éé🙂';\n/* é */ DROP TABLE a;\n-- Down Migration\nTRUNCATE a"),
        ).toEqual(["4 drop-table"]);
    });
});

it("the migrations of this package are not dangerous", async () => {
    for (const { up } of await readMigrations(migrationsFolder)) expect(lintSection(up, true)).toEqual([]);
});
