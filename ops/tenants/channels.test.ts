import { spawnSync } from "node:child_process";
import * as path from "node:path";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noPostgres } from "../testing/postgres";
import { attacker, attackerUser, TenantServer, victim, victimRole, victimUser } from "../testing/tenant-database";
import { Attacker, run } from "./attack";

const server = new TenantServer();
let application: Client;
let prober: Attacker;
afterAll(async () => {
    await application?.end();
    await prober?.close();
    server.stop();
});

const nobody = "cccccccc-0000-4000-8000-000000000009";

/** Pairs that differ only in whether another tenant has what they name. Whoever can tell them apart knows. */
const probes: [name: string, probe: (there: boolean) => string][] = [
    [
        "the key of a row",
        (there) => `INSERT INTO app.users (id, email) VALUES ('${there ? victimUser : nobody}', 'probe@x.example')`,
    ],
    [
        "the key of another tenant's row",
        (there) =>
            `INSERT INTO app.users (tenant_id, id, email) VALUES ('${victim}', '${there ? victimUser : nobody}', 'probe@x.example')`,
    ],
    ["an address", (there) => `INSERT INTO app.users (email) VALUES ('${there ? "ceo" : "nobody"}@victim.example')`],
    [
        "an address, written over",
        (there) =>
            `INSERT INTO app.users (tenant_id, email) VALUES ('${victim}', '${there ? "ceo" : "nobody"}@victim.example') ON CONFLICT DO NOTHING`,
    ],
    ["an address, changed", (there) => `UPDATE app.users SET email = '${there ? "ceo" : "nobody"}@victim.example'`],
    [
        "an address, moved",
        (there) => `UPDATE app.users SET tenant_id = '${victim}', email = '${there ? "ceo" : "nobody"}@victim.example'`,
    ],
    ["the name of a role", (there) => `INSERT INTO app.roles (name) VALUES ('${there ? "victim admin" : "nobody"}')`],
    [
        "a user, by a reference",
        (there) =>
            `INSERT INTO app.user_roles (user_id, role_id) VALUES ('${there ? victimUser : nobody}', '${victimRole}')`,
    ],
    [
        "a role, by a reference",
        (there) =>
            `INSERT INTO app.user_roles (user_id, role_id) VALUES ('${attackerUser}', '${there ? victimRole : nobody}')`,
    ],
    ["a user who granted a role", (there) => `UPDATE app.user_roles SET granted_by = '${there ? victimUser : nobody}'`],
    [
        "a tenant, by a reference",
        (there) => `INSERT INTO app.users (tenant_id, email) VALUES ('${there ? victim : nobody}', 'probe@x.example')`,
    ],
    [
        "a tenant's subdomain",
        (there) => `INSERT INTO app.tenants (name, subdomain) VALUES ('x', '${there ? "victim" : "nobody"}')`,
    ],
    // What comes before a policy shows: by an error of what comes next, or in a plan that was executed.
    ...["enable_seqscan", "enable_indexscan"].flatMap((path): [string, (there: boolean) => string][] => [
        [
            `a plan for a subdomain, without ${path}`,
            (there) => executed(path, `SELECT * FROM app.tenants WHERE subdomain = '${there ? "victim" : "nobody"}'`),
        ],
        [
            `a plan for a range of subdomains, without ${path}`,
            (there) => {
                const name = there ? "victim" : "nobody";
                return executed(path, `SELECT * FROM app.tenants WHERE subdomain BETWEEN '${name}' AND '${name}'`);
            },
        ],
        [
            `a plan for an address, without ${path}`,
            (there) =>
                executed(
                    path,
                    `SELECT * FROM app.users WHERE email = ANY ('{${there ? "ceo" : "nobody"}@victim.example}')`,
                ),
        ],
        [
            `a plan for a user, without ${path}`,
            (there) => executed(path, `DELETE FROM app.users WHERE id = ANY ('{${there ? victimUser : nobody}}')`),
        ],
        [
            `a plan for what a user may, without ${path}`,
            (there) =>
                executed(
                    path,
                    `SELECT * FROM app.user_permissions WHERE user_id = ANY ('{${there ? victimUser : nobody}}')`,
                ),
        ],
    ]),
    [
        "a context that is none",
        (there) =>
            `SET LOCAL app.tenant_id = 'none'; SELECT * FROM app.users WHERE email = ANY ('{${there ? "ceo" : "nobody"}@victim.example}')`,
    ],
    ["a lock", (there) => `SELECT 1 FROM app.users WHERE id = '${there ? victimUser : nobody}' FOR UPDATE NOWAIT`],
];

/** The plan of a statement, with what was executed of it. */
function executed(path: string, statement: string): string {
    const others = path === "enable_indexscan" ? "SET LOCAL enable_bitmapscan = off;" : "";
    return `SET LOCAL ${path} = off; ${others} EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) ${statement}`;
}

describe.skipIf(noPostgres)(`another tenant${noPostgres && `, skipped: ${noPostgres}`}`, () => {
    beforeAll(async () => {
        await server.start();
        application = await server.connect("application");
        prober = await Attacker.as("application", server);
    }, 60_000);

    it.each(probes)("is not found out about by %s", async (_, probe) => {
        const answers = [];
        for (const there of [true, false]) {
            const { outcome } = await prober.attempt(attacker, [probe(there)]);
            const { seen, codes } = outcome;
            // What was asked for is repeated in the answer, so it is left out of the comparison.
            const named = new RegExp(
                `${victim}|${victimUser}|${victimRole}|${nobody}|\\b(ceo|nobody|victim admin|victim)\\b`,
                "g",
            );
            answers.push([seen.map((text) => text.replaceAll(named, "…")), codes]);
        }
        expect(answers[0]).toEqual(answers[1]);
    });

    it("is forgotten by a connection when the transaction ends", async () => {
        for (const end of ["COMMIT", "ROLLBACK"]) {
            await application.query("BEGIN");
            await application.query("SELECT set_config('app.tenant_id', $1, true)", [victim]);
            expect((await application.query("SELECT FROM app.users")).rowCount).toBeGreaterThan(60);
            await application.query(end);
            expect((await application.query("SELECT FROM app.users")).rowCount, end).toBe(0);
            expect((await run(application, attacker, ["SELECT * FROM app.users"])).seen.join()).not.toContain("victim");
        }
    });

    it("does not stay in a plan that is kept", async () => {
        await application.query("SET plan_cache_mode = force_generic_plan");
        for (const [tenant, expected] of [
            [victim, "victim"],
            [attacker, "own"],
            [undefined, ""],
        ] as const) {
            await application.query("BEGIN");
            if (tenant) await application.query("SELECT set_config('app.tenant_id', $1, true)", [tenant]);
            const { rows } = await application.query({
                name: "kept",
                text: "SELECT min(external_id) AS id FROM app.users",
            });
            await application.query("COMMIT");
            expect(rows[0].id ?? "").toMatch(expected === "" ? /^$/ : expected);
        }
        await application.query("RESET plan_cache_mode");
    });

    it("shows nothing of its parameters in the list of what runs", async () => {
        const other = await server.connect("application");
        await other.query("SELECT set_config('app.tenant_id', $1, false), $2::text", [
            victim,
            "a secret of the victim",
        ]);
        const { seen } = await run(application, attacker, ["SELECT query FROM pg_stat_activity"]);
        expect(seen.join()).toContain("set_config");
        expect(seen.join()).not.toMatch(/secret of the victim|bbbbbbbb/);
        await other.end();
    });

    it.each([
        ["psql", ["-c", "\\copy (SELECT * FROM app.users) TO STDOUT"], /^$/],
        [
            "psql",
            [
                "-c",
                `BEGIN; SET LOCAL app.tenant_id = '${attacker}'; COPY app.users TO STDOUT; COPY app.tenants TO STDOUT`,
            ],
            /own@attacker/,
        ],
        [
            "psql",
            ["-c", `SET app.tenant_id = '${attacker}'; COPY app.users (tenant_id, email) FROM STDIN`],
            /not supported with row-level security/,
        ],
        ["pg_dump", ["--schema=app"], /permission denied|row-level security/],
        [
            "pg_dump",
            ["--schema=app", "--enable-row-security", "--table=app.users"],
            /permission denied|PostgreSQL database dump/,
        ],
    ])("is not copied by %s %j", (program, args, expected) => {
        const connection = ["-h", server.server.directory, "-U", "application", "-d", server.database];
        const input = `${victim}\tspy@attacker.example\n\\.\n`;
        const { stdout, stderr } = spawnSync(path.join(server.server.clients, program), [...connection, ...args], {
            encoding: "utf8",
            input,
        });
        expect(`${stdout}${stderr}`).toMatch(expected);
        expect(`${stdout}${stderr}`).not.toMatch(/@victim|victim &/);
    });

    it("is found out about by estimates only where there are statistics", async () => {
        const fill = `INSERT INTO app.users (tenant_id, email) SELECT '${victim}', 'many' || n || '@victim.example' FROM generate_series(1, 20000) AS n`;
        server.server.query(`${fill}; ANALYZE`, server.database);
        const rows = async (condition: string) => {
            const { seen } = await run(application, attacker, [`EXPLAIN SELECT 1 FROM app.users WHERE ${condition}`]);
            return /rows=\d+/.exec(seen.join())?.[0];
        };
        const pairs = [
            ["email > 'many1'", "email > 'z'"],
            [`tenant_id = '${victim}'`, `tenant_id = '${nobody}'`],
        ] as const;
        for (const [there, nowhere] of pairs) expect(await rows(there)).toBe(await rows(nowhere));
        server.server.query(
            "ALTER TABLE app.users ALTER COLUMN email SET STATISTICS 100; ANALYZE app.users",
            server.database,
        );
        expect(await rows("email > 'many1'")).not.toBe(await rows("email > 'z'"));
    });
});
