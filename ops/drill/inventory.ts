import type { Client } from "pg";

/** What a database has, without anybody's rows. */
export interface Inventory {
    /** Each part of the schema with its definition, such as `column app.users.email`: `text not null`. */
    schema: Record<string, string>;
    /** The server's own estimate of the rows of each table, by its name. */
    estimates: Record<string, number>;
    /** When the server started: two servers of the same data differ in it. */
    serverStartedAt: string;
}

/** Schemas that are the server's own. */
const ownSchemas = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/** What an extension made differs by its version, which is looked at itself. */
const ofNoExtension = (catalog: string, oid: string) =>
    `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;

/** Each returns `part` and `definition`. */
const schemaQueries = [
    `SELECT format('schema %I', nspname) AS part, coalesce(nspacl::text, '') AS definition FROM pg_namespace n WHERE ${ownSchemas}`,
    `SELECT format('extension %I', extname) AS part, extversion AS definition FROM pg_extension`,
    `SELECT format('relation %I.%I', n.nspname, relname) AS part,
            format('%s of %s, row security %s %s, grants %s', relkind, pg_get_userbyid(relowner), relrowsecurity, relforcerowsecurity, relacl) AS definition
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND ${ownSchemas} AND ${ofNoExtension("pg_class", "c.oid")}`,
    `SELECT format('column %I.%I.%I', n.nspname, relname, attname) AS part,
            format('%s%s %s', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN ' not null' END, pg_get_expr(adbin, adrelid)) AS definition
        FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND attnum > 0 AND NOT attisdropped AND ${ownSchemas} AND ${ofNoExtension("pg_class", "c.oid")}`,
    `SELECT format('constraint %s.%I', conrelid::regclass, conname) AS part, pg_get_constraintdef(k.oid) AS definition
        FROM pg_constraint k JOIN pg_namespace n ON n.oid = connamespace WHERE conrelid <> 0 AND ${ownSchemas}`,
    `SELECT format('index %s', indexrelid::regclass) AS part, format('%s valid %s', pg_get_indexdef(indexrelid), indisvalid) AS definition
        FROM pg_index i JOIN pg_class c ON c.oid = indexrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE ${ownSchemas}`,
    `SELECT format('policy %s.%I', polrelid::regclass, polname) AS part,
            format('%s %s using %s check %s', polcmd, polpermissive, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) AS definition
        FROM pg_policy`,
    `SELECT format('function %s', p.oid::regprocedure) AS part, md5(format('%s %s %s %s', prosrc, prosecdef, proconfig, proacl)) AS definition
        FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE ${ownSchemas} AND ${ofNoExtension("pg_proc", "p.oid")}`,
    `SELECT format('trigger %s.%I', tgrelid::regclass, tgname) AS part, pg_get_triggerdef(t.oid) AS definition FROM pg_trigger t WHERE NOT tgisinternal`,
    `SELECT format('view %I.%I', n.nspname, relname) AS part, md5(pg_get_viewdef(c.oid)) AS definition
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE relkind IN ('v', 'm') AND ${ownSchemas} AND ${ofNoExtension("pg_class", "c.oid")}`,
    `SELECT format('type %I.%I', n.nspname, typname) AS part, string_agg(enumlabel, ', ' ORDER BY enumsortorder) AS definition
        FROM pg_enum JOIN pg_type t ON t.oid = enumtypid JOIN pg_namespace n ON n.oid = typnamespace WHERE ${ownSchemas} GROUP BY 1`,
];

/** Reads what a database has: catalogs and statistics alone, in one transaction that only reads. */
export async function readInventory(client: Client): Promise<Inventory> {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // Definitions name what is not in the search path with its schema.
    await client.query("SET LOCAL search_path = pg_catalog; SET LOCAL statement_timeout = '60s'");
    const schema: Record<string, string> = {};
    for (const sql of schemaQueries) {
        const { rows } = await client.query<{ part: string; definition: string }>(sql);
        for (const { part, definition } of rows) schema[part] = definition;
    }
    const { rows: tables } = await client.query<{ name: string; rows: string }>(
        `SELECT format('%I.%I', schemaname, relname) AS name, n_live_tup AS rows FROM pg_stat_user_tables`,
    );
    const { rows } = await client.query<{ at: Date }>("SELECT pg_postmaster_start_time() AS at");
    await client.query("COMMIT");
    return {
        schema,
        estimates: Object.fromEntries(tables.map(({ name, rows }) => [name, Number(rows)])),
        serverStartedAt: rows[0]?.at.toISOString() ?? "",
    };
}

/** Where two schemas differ. */
export interface SchemaDifferences {
    onlyLiving: string[];
    onlyRestored: string[];
    different: string[];
}

export function schemaDifferences(living: Inventory, restored: Inventory): SchemaDifferences {
    const missing = (one: Inventory, other: Inventory) =>
        Object.keys(one.schema)
            .filter((part) => other.schema[part] === undefined)
            .sort();
    return {
        onlyLiving: missing(living, restored),
        onlyRestored: missing(restored, living),
        different: Object.entries(living.schema)
            .filter(([part, definition]) => (restored.schema[part] ?? definition) !== definition)
            .map(([part]) => part)
            .sort(),
    };
}
