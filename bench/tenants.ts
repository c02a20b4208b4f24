// How long queries take with and without the tenants' policies: `npm run bench:tenants`. Needs a local PostgreSQL.
import type { Client } from "pg";
import { noPostgres } from "../ops/testing/postgres";
import { TenantServer } from "../ops/testing/tenant-database";

const rows = 1_000_000;
const tenants = 200;
const runs = 15;

const queries: [name: string, sql: string][] = [
    ["count of a tenant's rows", "SELECT count(*) FROM app.users"],
    ["one row by its address", "SELECT * FROM app.users WHERE email = 'user777@tenant.example'"],
    ["one row by its id", "SELECT * FROM app.users WHERE id = (SELECT id FROM probe)"],
    ["first 20 by address", "SELECT * FROM app.users ORDER BY email LIMIT 20"],
    [
        "rows by a function that is not leakproof",
        "SELECT count(*) FROM app.users WHERE lower(email) = 'user777@tenant.example'",
    ],
];

async function main(): Promise<void> {
    if (noPostgres) throw new Error(noPostgres);
    const server = new TenantServer();
    try {
        await server.start();
        const superuser = await server.connect("tester");
        await superuser.query(
            `INSERT INTO app.tenants (name, subdomain) SELECT 'n' || n, 'n' || n FROM generate_series(1, ${tenants}) n`,
        );
        await superuser.query(
            `INSERT INTO app.users (tenant_id, email)
                SELECT t.id, 'user' || n || '@tenant.example' FROM app.tenants t, generate_series(1, ${rows / tenants}) n WHERE t.subdomain ~ '^n'`,
        );
        await superuser.query("VACUUM (ANALYZE) app.users");
        const { rows: found } = await superuser.query<{ tenant: string; id: string }>(
            "SELECT tenant_id AS tenant, id FROM app.users WHERE email = 'user777@tenant.example' LIMIT 1",
        );
        const { tenant = "", id = "" } = found[0] ?? {};
        const application = await server.connect("application");
        process.stdout.write(`${rows} rows, ${tenants} tenants, median of ${runs}, milliseconds\n`);
        process.stdout.write("with policies | the same by WHERE, without policies | query\n");
        for (const [name, sql] of queries) {
            const text = sql.replace("(SELECT id FROM probe)", `'${id}'`);
            const withPolicies = await median(application, text, tenant);
            const own = /WHERE/.test(text)
                ? text.replace("WHERE", `WHERE tenant_id = '${tenant}' AND`)
                : text.replace("app.users", `app.users WHERE tenant_id = '${tenant}'`);
            process.stdout.write(
                `${withPolicies.toFixed(2)} | ${(await median(superuser, own, tenant)).toFixed(2)} | ${name}\n`,
            );
        }
        await Promise.all([application.end(), superuser.end()]);
    } finally {
        server.stop();
    }
}

/** The median of what the server says that it took, planning included. */
async function median(client: Client, sql: string, tenant: string): Promise<number> {
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
        await client.query("BEGIN; SET LOCAL max_parallel_workers_per_gather = 0");
        await client.query("SELECT set_config('app.tenant_id', $1, true)", [tenant]);
        const { rows } = await client.query<{ "QUERY PLAN": { "Planning Time": number; "Execution Time": number }[] }>(
            `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`,
        );
        await client.query("COMMIT");
        const [plan] = rows[0]?.["QUERY PLAN"] ?? [];
        times.push((plan?.["Planning Time"] ?? 0) + (plan?.["Execution Time"] ?? 0));
    }
    return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}

void main();
