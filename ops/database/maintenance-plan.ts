import type { Client } from "pg";
import { OpsError, Refusal } from "../ops-error";

export const maintenanceTasks = ["vacuum", "analyze", "reindex"] as const;
export type MaintenanceTask = (typeof maintenanceTasks)[number];

/** One statement, on one table or index. */
export interface MaintenanceStep {
    /** With its schema, quoted where that is needed. */
    target: string;
    /** Bytes of the table, with its indexes for a reindex, before. */
    bytes: number;
    sql: string;
}

/** Tables that somebody may name, each with what decides whether it needs something. */
const tables = `
    SELECT format('%I.%I', n.nspname, c.relname) AS target, c.oid, n.nspname, c.relname,
        pg_table_size(c.oid)::float8 AS table_bytes, pg_indexes_size(c.oid)::float8 AS index_bytes,
        coalesce(s.n_dead_tup > 10000 AND s.n_dead_tup > 0.2 * s.n_live_tup, false) OR age(c.relfrozenxid) > 150000000 AS needs_vacuum,
        coalesce(s.n_live_tup > 0 AND coalesce(s.last_analyze, s.last_autoanalyze) IS NULL
            OR s.n_mod_since_analyze > 1000 AND s.n_mod_since_analyze > 0.1 * s.n_live_tup, false) AS needs_analyze
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relkind IN ('r', 'm') AND c.relpersistence = 'p' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

/** What a CONCURRENTLY that did not finish leaves behind: the copy is to be dropped, and any other to be built again. */
const invalidIndexes = `
    SELECT format('%I.%I', n.nspname, c.relname) AS target, pg_relation_size(c.oid)::float8 AS bytes,
        c.relname ~ '_cc(new|old)\\d*$' AS leftover
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT i.indisvalid AND n.nspname <> 'pg_toast'
        -- Nor is it one that is being built now.
        AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.relid = i.indrelid AND p.datname = current_database())
    ORDER BY leftover DESC, target`;

interface TableRow {
    target: string;
    nspname: string;
    relname: string;
    table_bytes: number;
    index_bytes: number;
    needs_vacuum: boolean;
    needs_analyze: boolean;
}

/** What there is to do: on the tables that are named, or on those that need it. The smallest first. */
export async function planMaintenance(
    client: Client,
    task: MaintenanceTask,
    names: string[],
): Promise<MaintenanceStep[]> {
    const leftovers = task === "reindex" ? await invalidIndexSteps(client, names.length === 0) : [];
    if (task === "reindex" && names.length === 0) return leftovers;
    const { rows } = await client.query<TableRow>(tables);
    const chosen = names.length > 0 ? named(rows, names) : rows.filter((row) => needs(row, task));
    const steps = chosen.map((row) => step(row, task)).sort((a, b) => a.bytes - b.bytes);
    return [...leftovers, ...steps];
}

/** The indexes that a CONCURRENTLY left invalid. */
export async function invalidIndexSteps(client: Client, rebuild: boolean): Promise<MaintenanceStep[]> {
    const { rows } = await client.query<{ target: string; bytes: number; leftover: boolean }>(invalidIndexes);
    return rows
        .filter(({ leftover }) => leftover || rebuild)
        .map(({ target, bytes, leftover }) => ({
            target,
            bytes,
            sql: leftover ? `DROP INDEX CONCURRENTLY ${target}` : `REINDEX INDEX CONCURRENTLY ${target}`,
        }));
}

/** Refuses where it would wait for others, or make others wait. */
export async function refuseBusy(client: Client, task: MaintenanceTask): Promise<void> {
    const { rows } = await client.query<{ problem: string }>(
        `SELECT format('the replica %s is %s seconds behind; wait until it is in step', coalesce(nullif(application_name, ''), client_addr::text),
                round(extract(epoch FROM replay_lag))) AS problem
            FROM pg_stat_replication WHERE replay_lag > interval '30 seconds'
        UNION ALL SELECT format('process %s of %s has a transaction open for %s, which %s waits for; end it first', pid, usename,
                date_trunc('second', now() - xact_start), $1::text)
            FROM pg_stat_activity WHERE $1 = 'reindex' AND datname = current_database() AND pid <> pg_backend_pid()
                AND backend_type = 'client backend' AND xact_start < now() - interval '5 minutes'`,
        [task],
    );
    if (rows.length > 0) throw new Refusal(rows.map(({ problem }) => problem).join("\n"));
}

function needs({ needs_vacuum, needs_analyze }: TableRow, task: MaintenanceTask): boolean {
    return task === "vacuum" ? needs_vacuum : needs_analyze;
}

function named(rows: TableRow[], names: string[]): TableRow[] {
    const found = names.map((name) => ({
        name,
        row: rows.find(({ nspname, relname, target }) => name === target || name === `${nspname}.${relname}`),
    }));
    const missing = found.filter(({ row }) => !row).map(({ name }) => name);
    if (missing.length > 0)
        throw new OpsError(`there is no table ${missing.join(", ")}; give its schema too, such as app.users`);
    return found.flatMap(({ row }) => (row ? [row] : []));
}

function step({ target, table_bytes, index_bytes }: TableRow, task: MaintenanceTask): MaintenanceStep {
    switch (task) {
        case "vacuum":
            return { target, bytes: table_bytes, sql: `VACUUM (ANALYZE) ${target}` };
        case "analyze":
            return { target, bytes: table_bytes, sql: `ANALYZE ${target}` };
        case "reindex":
            return { target, bytes: index_bytes, sql: `REINDEX TABLE CONCURRENTLY ${target}` };
    }
}
