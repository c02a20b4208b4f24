import type { Client } from "pg";
import type { Finding, Severity } from "../finding";
import { checkIsolation } from "../tenants/check";
import { type DatabaseConnection, withConnection } from "./connection";
import { type HealthCheck, healthChecks } from "./health-checks";
import type { LoginUsers } from "./initialize";

/** Looks at a living database. It only reads, and no look takes longer than 15 seconds. */
export function databaseHealth(connection: DatabaseConnection, users: LoginUsers): Promise<Finding[]> {
    return withConnection(connection, async (client) => {
        await client.query("SET statement_timeout = '15s'; SET default_transaction_read_only = on");
        const findings: Finding[] = [];
        for (const check of healthChecks) findings.push(...(await look(client, check)));
        const { rows } = await client.query("SELECT FROM pg_namespace WHERE nspname = 'app'");
        return rows.length === 0 ? findings : [...findings, ...(await tenants(client, users))];
    });
}

async function look(client: Client, { name: check, remedy, sql, extension }: HealthCheck): Promise<Finding[]> {
    try {
        if (extension !== undefined) {
            const { rows } = await client.query<{ schema: string }>(
                "SELECT extnamespace::regnamespace::text AS schema FROM pg_extension WHERE extname = $1",
                [extension],
            );
            if (!rows[0]) return [{ check, severity: "ok", finding: `not looked at: there is no ${extension}` }];
            await client.query(`SET search_path = pg_catalog, ${rows[0].schema}`);
        }
        const { rows } = await client.query<{ severity: Severity; finding: string }>(sql);
        if (rows.length === 0) return [{ check, severity: "ok", finding: "nothing found" }];
        return rows.map((row) => ({ check, ...row, remedy: row.severity === "ok" ? undefined : remedy }));
    } catch (error) {
        return [{ check, severity: "warning", finding: `could not look: ${(error as Error).message}` }];
    }
}

async function tenants(client: Client, users: LoginUsers): Promise<Finding[]> {
    const check = "tenants";
    const findings = await checkIsolation(client, users);
    if (findings.length === 0) return [{ check, severity: "ok", finding: "every table with tenants isolates them" }];
    return findings.map(({ where, finding }) => ({
        check,
        severity: "critical",
        finding: `${where} ${finding}`,
        remedy: "docs/tenants.md says how it should be",
    }));
}
