import type { Client } from "pg";
import { OpsError } from "../ops-error";
import { type Inventory, readInventory } from "./inventory";

/** What was found in a restored database, without anybody's rows. */
export interface Checked {
    inventory: Inventory;
    /** The rows of each table, counted. */
    rows: Record<string, number>;
    /** For each foreign key, how many rows name a parent that is not there. */
    orphans: Record<string, number>;
    /** For each table that says when its rows were written, the newest. */
    newest: Record<string, string>;
    /** What could not be looked at, and why. */
    unread: Record<string, string>;
}

/** A look at one thing: its name, and a query with one value. */
interface Look {
    name: string;
    sql: string;
}

const tableLooks = `
    SELECT format('%I.%I', n.nspname, relname) AS name, format('SELECT count(*) AS value FROM ONLY %I.%I', n.nspname, relname) AS sql
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1`;

/** As the keys themselves compare; a key of which a part is NULL names no parent. */
const orphanLooks = `
    SELECT format('%s.%I', conrelid::regclass, conname) AS name,
        format('SELECT count(*) AS value FROM %s c WHERE (%s) AND NOT EXISTS (SELECT FROM %s p WHERE %s)', conrelid::regclass,
            string_agg(format('c.%I IS NOT NULL', child.attname), ' AND '), confrelid::regclass,
            string_agg(format('p.%I OPERATOR(%I.%s) c.%I', parent.attname, n.nspname, o.oprname, child.attname), ' AND ')) AS sql
    FROM pg_constraint k
    CROSS JOIN LATERAL unnest(conkey, confkey, conpfeqop) AS pair (child, parent, operator)
    JOIN pg_attribute child ON child.attrelid = conrelid AND child.attnum = pair.child
    JOIN pg_attribute parent ON parent.attrelid = confrelid AND parent.attnum = pair.parent
    JOIN pg_operator o ON o.oid = pair.operator JOIN pg_namespace n ON n.oid = oprnamespace
    WHERE contype = 'f' AND conparentid = 0 GROUP BY k.oid, conrelid, confrelid, conname ORDER BY 1`;

/** Columns that are set when a row is written: by their default, or by their name. */
const newestLooks = `
    SELECT format('%I.%I', n.nspname, relname) AS name,
        format('SELECT to_char(greatest(%s) AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'') AS value FROM ONLY %I.%I',
            string_agg(format('max(%I)::timestamptz', attname), ', '), n.nspname, relname) AS sql
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND attnum > 0 AND NOT attisdropped
        AND atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype)
        AND (pg_get_expr(adbin, adrelid) ~ '(now\\(\\)|CURRENT_TIMESTAMP|_timestamp\\(\\))' OR attname ~ '^(created|updated|inserted|modified)_?(at|on)?$')
    GROUP BY n.nspname, relname ORDER BY 1`;

/**
 * Looks at every row of a restored database. The policies of the tenants would hide rows of the master user too, so they are
 * lifted in a transaction that is rolled back.
 * @param livingStartedAt when the living server started: nothing is lifted there
 */
export async function checkRestored(client: Client, livingStartedAt: string, signal?: AbortSignal): Promise<Checked> {
    const inventory = await readInventory(client);
    if (inventory.serverStartedAt === livingStartedAt)
        throw new OpsError("the connection leads to the living database, not to the restored one; nothing was changed");
    const checked: Checked = { inventory, rows: {}, orphans: {}, newest: {}, unread: {} };
    await client.query("BEGIN");
    try {
        await client.query("SET LOCAL search_path = pg_catalog");
        await liftPolicies(client);
        // Where a policy would still hide rows, that is an error and no smaller number.
        await client.query("SET LOCAL row_security = off");
        const look = async (list: string, take: (name: string, value: string) => void) => {
            for (const { name, sql } of (await client.query<Look>(list)).rows) {
                if (signal?.aborted) throw new OpsError("interrupted");
                const value = await readValue(client, sql);
                if (value instanceof Error) checked.unread[name] = value.message;
                else if (value !== null) take(name, value);
            }
        };
        await look(tableLooks, (name, value) => {
            checked.rows[name] = Number(value);
        });
        await look(orphanLooks, (name, value) => {
            checked.orphans[name] = Number(value);
        });
        await look(newestLooks, (name, value) => {
            checked.newest[name] = value;
        });
    } finally {
        await client.query("ROLLBACK").catch(() => {});
    }
    return checked;
}

/** Makes whoever is connected an owner of all tables, to whom no policy applies. */
async function liftPolicies(client: Client): Promise<void> {
    const { rows: owners } = await client.query<{ sql: string }>(
        `SELECT DISTINCT format('GRANT %I TO CURRENT_USER', pg_get_userbyid(relowner)) AS sql
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                AND NOT pg_has_role(relowner, 'USAGE')`,
    );
    const { rows: forced } = await client.query<{ sql: string }>(
        `SELECT format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', oid::regclass) AS sql FROM pg_class WHERE relforcerowsecurity`,
    );
    // What fails shows in the tables that cannot be read then.
    for (const { sql } of [...owners, ...forced]) await inSavepoint(client, sql);
}

async function readValue(client: Client, sql: string): Promise<string | null | Error> {
    const result = await inSavepoint(client, sql);
    return result instanceof Error ? result : (result[0]?.value ?? null);
}

async function inSavepoint(client: Client, sql: string): Promise<{ value?: string | null }[] | Error> {
    await client.query("SAVEPOINT look");
    try {
        const { rows } = await client.query<{ value?: string | null }>(sql);
        await client.query("RELEASE look");
        return rows;
    } catch (error) {
        await client.query("ROLLBACK TO look");
        return error as Error;
    }
}
