import { attacker, attackerUser, victim, victimAssistant, victimRole, victimUser } from "../testing/tenant-database";
import type { Attack } from "./attack";

const tables = ["app.tenants", "app.users", "app.roles", "app.user_roles", "app.user_permissions"];
const isolated = ["app.users", "app.roles", "app.user_roles"];
const each = (statement: (table: string) => string) => tables.map(statement);
const own = `'${attacker}'`;
const other = `'${victim}'`;

/**
 * A subquery that says it was executed, as a condition that is not true. Conditions that are leakproof and cheaper than a policy's are
 * evaluated before it; where one is true of any tenant's row, the next one is asked. Its text appears in the statement in two pieces.
 */
const alarm = (type: string) =>
    `(SELECT (repeat('', length(current_setting('server_version'))) || 'vic' || 'tim')::int::text::${type})`;
const asked = (table: string, column: string, value: string, another: string, type = "text") =>
    `SELECT * FROM ${table} WHERE ${column} = ANY (ARRAY[${value}]) AND ${another} = ANY (ARRAY[${alarm(type)}])`;

/** Ways to read another tenant's rows. */
const reads: Record<string, string[]> = {
    "plain reads": each((table) => `SELECT * FROM ${table}`),
    "reads that name the tenant": [
        `SELECT * FROM app.tenants WHERE id = ${other}`,
        `SELECT * FROM app.users WHERE tenant_id = ${other} OR true`,
        `SELECT * FROM app.users WHERE id = '${victimUser}'`,
        `SELECT * FROM app.user_permissions WHERE user_id = '${victimUser}'`,
    ],
    "aggregates and counts": [
        "SELECT string_agg(email, ',') FROM app.users",
        "SELECT CASE WHEN count(*) > 20 THEN 'sees the victim' END FROM app.users",
        "SELECT max(email), json_agg(metadata) FROM app.users",
    ],
    "joins, unions and subqueries": [
        "SELECT * FROM app.users a FULL JOIN app.users b ON true",
        "SELECT * FROM app.tenants UNION ALL SELECT * FROM app.tenants",
        "SELECT (SELECT string_agg(name, ',') FROM app.tenants)",
        "WITH everything AS MATERIALIZED (SELECT * FROM app.users) SELECT * FROM everything",
        "SELECT r.* FROM app.users u, LATERAL (SELECT * FROM app.roles) r",
    ],
    "other ways to read": [
        "TABLE app.users",
        "SELECT users FROM app.users",
        "SELECT ctid, xmin, tableoid::regclass, * FROM app.users WHERE ctid = ANY (ARRAY(SELECT ('(0,' || n || ')')::tid FROM generate_series(1, 70) n))",
        "SELECT * FROM app.users TABLESAMPLE SYSTEM (100)",
        "SELECT * FROM ONLY app.users",
        "SELECT * FROM app.users FOR UPDATE",
        "SELECT * FROM app.users FOR KEY SHARE SKIP LOCKED",
        "DECLARE stolen CURSOR WITH HOLD FOR SELECT * FROM app.users",
        "FETCH ALL FROM stolen",
        "PREPARE stolen AS SELECT * FROM app.users WHERE tenant_id <> $1",
        `EXECUTE stolen(${own})`,
    ],
    "functions that run SQL": [
        "SELECT query_to_xml('SELECT * FROM app.users', true, true, '')",
        "SELECT table_to_xml('app.users', true, true, '')",
        "SELECT schema_to_xml('app', true, true, '')",
        "SELECT * FROM ts_stat('SELECT to_tsvector(email) FROM app.users')",
        "DO $$ DECLARE one record; BEGIN FOR one IN EXECUTE 'SELECT * FROM app.users' LOOP RAISE NOTICE '%', one; END LOOP; END $$",
    ],
    "row security turned off": ["SET LOCAL row_security = off", ...each((table) => `SELECT * FROM ${table}`)],
    "functions that tell what they see": [
        "SELECT * FROM app.users WHERE public.whisper(email)",
        "SELECT * FROM app.users WHERE public.whisper(email) AND tenant_id IS NOT NULL ORDER BY email",
        "SELECT * FROM app.users WHERE ('x' || email)::int > 0",
        "SELECT * FROM app.roles WHERE (name || 'x')::int = 1 OR description::date > now()",
        "SELECT * FROM app.tenants WHERE subdomain::int = 1",
        "SELECT * FROM app.user_permissions WHERE permission::int = 1",
        "SELECT * FROM app.user_permissions WHERE public.whisper(permission)",
        "UPDATE app.users SET external_id = external_id WHERE public.whisper(email)",
        "DELETE FROM app.roles WHERE public.whisper(name) AND false",
    ],
    "conditions before the policies": [
        "SET LOCAL enable_indexscan = off",
        "SET LOCAL enable_indexonlyscan = off",
        "SET LOCAL enable_bitmapscan = off",
        asked("app.users", "email", "'ceo@vic' || 'tim.example'", "external_id"),
        asked("app.users", "id", `'${victimUser}'::uuid`, "email"),
        asked("app.roles", "name", "'vic' || 'tim admin'", "description"),
        asked("app.user_roles", "user_id", `'${victimUser}'::uuid`, "role_id", "uuid"),
        asked("app.tenants", "name", "'vic' || 'tim & sons'", "plan"),
    ],
    "the planner's statistics": [
        "SELECT * FROM pg_stats WHERE schemaname = 'app'",
        "SELECT * FROM pg_stats_ext",
        "SELECT * FROM pg_stats_ext_exprs",
        "SELECT stavalues1::text FROM pg_statistic",
    ],
    "what others are doing": [
        "SELECT query FROM pg_stat_activity",
        "SELECT * FROM pg_prepared_statements",
        "SELECT * FROM pg_cursors",
    ],
    "the server's files": [
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT pg_read_binary_file(pg_relation_filepath('app.users'))",
        "SELECT pg_ls_dir('.')",
        "COPY app.users TO PROGRAM 'cat'",
        "COPY app.users TO '/tmp/stolen'",
        "SELECT lo_export(1, '/tmp/stolen')",
        "SELECT pg_create_logical_replication_slot('stolen', 'test_decoding')",
    ],
    "what is not the application's": [
        "SELECT * FROM app.context_keys",
        "SELECT app.signed_tenant_id('x')",
        "SELECT app.set_updated_at()",
        "SELECT * FROM migrations.applied",
        "SELECT nextval('migrations.applied_id_seq')",
        "CALL app.isolate_tenants('app.users')",
    ],
};

/** Ways to write what another tenant has. */
const writes: Record<string, string[]> = {
    "updates of others' rows": [
        "UPDATE app.users SET metadata = '{}' RETURNING *",
        `UPDATE app.users SET email = 'x@x.example' WHERE tenant_id = ${other} RETURNING *`,
        `UPDATE app.roles SET permissions = '{all}' WHERE id = '${victimRole}' RETURNING *`,
        `UPDATE app.user_roles SET expires_at = now() RETURNING *`,
        `UPDATE app.tenants SET status = 'suspended' RETURNING *`,
        `UPDATE app.users u SET metadata = jsonb_build_object('stolen', r.name) FROM app.roles r RETURNING u.*`,
    ],
    // Where a statement reads no column, the policy for SELECT does not hold for it.
    "statements that read nothing": [
        "UPDATE app.users SET metadata = '{}'",
        "UPDATE app.roles SET description = ''",
        "UPDATE app.user_roles SET expires_at = now()",
        "DELETE FROM app.user_roles",
        "DELETE FROM app.roles",
        "DELETE FROM app.users",
    ],
    "rows moved to another tenant": [
        `UPDATE app.user_roles SET tenant_id = ${other}, user_id = '${victimAssistant}', role_id = '${victimRole}', granted_by = NULL`,
        "DELETE FROM app.user_roles",
        `UPDATE app.users SET tenant_id = ${other}`,
        `UPDATE app.roles SET tenant_id = ${other}`,
    ],
    "rows taken from another tenant": [
        `UPDATE app.users SET tenant_id = ${own} WHERE tenant_id = ${other} RETURNING *`,
        `UPDATE app.roles SET tenant_id = ${own} RETURNING *`,
        `UPDATE app.user_roles SET tenant_id = ${own} RETURNING *`,
    ],
    "deletes of others' rows": [
        `DELETE FROM app.user_roles WHERE tenant_id = ${other} RETURNING *`,
        `DELETE FROM app.users WHERE tenant_id <> ${own} RETURNING *`,
        `DELETE FROM app.roles WHERE id = '${victimRole}' RETURNING *`,
        "DELETE FROM app.tenants RETURNING *",
        "DELETE FROM app.users u USING app.roles r WHERE u.tenant_id <> r.tenant_id RETURNING *",
        "DELETE FROM app.users RETURNING *",
    ],
    "rows for another tenant": [
        `INSERT INTO app.users (tenant_id, email) VALUES (${other}, 'spy@attacker.example')`,
        `INSERT INTO app.roles (tenant_id, name) VALUES (${other}, 'spy')`,
        `INSERT INTO app.user_roles (tenant_id, user_id, role_id) VALUES (${other}, '${victimAssistant}', '${victimRole}')`,
        `INSERT INTO app.user_roles (tenant_id, user_id, role_id) VALUES (${own}, '${attackerUser}', '${victimRole}')`,
        `INSERT INTO app.user_roles (tenant_id, user_id, role_id) VALUES (${own}, '${victimUser}', '${victimRole}')`,
        "INSERT INTO app.tenants (name, subdomain) VALUES ('mine', 'mine')",
        "INSERT INTO app.user_permissions VALUES (gen_random_uuid(), gen_random_uuid(), 'all')",
    ],
    "rows written over": [
        `INSERT INTO app.users (tenant_id, id, email) VALUES (${other}, '${victimUser}', 'x@x.example') ON CONFLICT (tenant_id, id) DO UPDATE SET metadata = '{}' RETURNING *`,
        `INSERT INTO app.users (tenant_id, id, email) VALUES (${other}, '${victimUser}', 'x@x.example') ON CONFLICT DO NOTHING RETURNING *`,
        `INSERT INTO app.users (id, email) VALUES ('${victimUser}', 'y@x.example') ON CONFLICT (tenant_id, id) DO UPDATE SET tenant_id = ${other} RETURNING *`,
        `MERGE INTO app.users u USING (VALUES (1)) v ON true WHEN MATCHED THEN UPDATE SET metadata = '{}'`,
        `MERGE INTO app.users u USING (VALUES (1)) v ON u.tenant_id = ${other} WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (tenant_id, email) VALUES (${other}, 'spy@attacker.example')`,
        `WITH stolen AS (DELETE FROM app.users RETURNING *) INSERT INTO app.users SELECT * FROM stolen RETURNING *`,
    ],
    "emptied tables": [...each((table) => `TRUNCATE ${table} CASCADE`), "TRUNCATE app.users RESTART IDENTITY"],
};

/** Ways to become somebody else or to change what is allowed. */
const powers: Record<string, string[]> = {
    "other roles": ["tenants_owner", "tenants_manager", "platform_admin", "tester", "pg_read_all_data"].flatMap(
        (role) => [
            `SET LOCAL ROLE ${role}`,
            ...each((table) => `SELECT * FROM ${table}`),
            "DELETE FROM app.users",
            "DELETE FROM app.tenants",
            "RESET ROLE",
            `SET LOCAL SESSION AUTHORIZATION ${role}`,
            "SELECT * FROM app.users",
            "RESET SESSION AUTHORIZATION",
            `GRANT ${role} TO application`,
        ],
    ),
    "the role that it is a member of": [
        "SET LOCAL ROLE tenants_application",
        ...each((table) => `SELECT * FROM ${table}`),
        `UPDATE app.users SET metadata = '{}' WHERE tenant_id = ${other}`,
        "RESET ROLE",
    ],
    "rules of the tables": [
        ...each((table) => `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`),
        ...each((table) => `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`),
        "ALTER TABLE app.users OWNER TO application",
        "DROP POLICY tenant_select ON app.users",
        "ALTER POLICY tenant_select ON app.users USING (true)",
        "CREATE POLICY mine ON app.users USING (true)",
        "GRANT ALL ON app.users TO PUBLIC",
        "ALTER ROLE application BYPASSRLS",
        "ALTER ROLE application SUPERUSER",
        "ALTER VIEW app.user_permissions SET (security_invoker = false)",
        "ALTER TABLE app.users ADD COLUMN mine text",
        ...each((table) => `SELECT * FROM ${table}`),
    ],
    "triggers, rules and references": [
        "CREATE RULE steal AS ON UPDATE TO app.users DO ALSO SELECT * FROM app.users",
        "CREATE TRIGGER steal BEFORE UPDATE ON app.users FOR EACH ROW EXECUTE FUNCTION public.whisper()",
        "CREATE TABLE public.probe (tenant_id uuid, id uuid, FOREIGN KEY (tenant_id, id) REFERENCES app.users)",
        `INSERT INTO public.probe VALUES (${other}, '${victimUser}')`,
    ],
    "objects of its own": [
        "CREATE OR REPLACE FUNCTION app.current_tenant_id() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
        `CREATE FUNCTION public.current_tenant_id() RETURNS uuid LANGUAGE sql AS $$ SELECT ${other}::uuid $$`,
        `CREATE FUNCTION pg_temp.current_tenant_id() RETURNS uuid LANGUAGE sql AS $$ SELECT ${other}::uuid $$`,
        `CREATE FUNCTION pg_temp.current_setting(text, boolean) RETURNS text LANGUAGE sql AS $$ SELECT ${other} $$`,
        `CREATE FUNCTION public.current_setting(text, boolean) RETURNS text LANGUAGE sql AS $$ SELECT ${other} $$`,
        "CREATE TEMPORARY TABLE users (tenant_id uuid, id uuid, email text)",
        "CREATE TEMPORARY TABLE context_keys (name text, inner_block bytea, outer_block bytea)",
        "CREATE VIEW public.stolen AS SELECT * FROM app.users",
        "CREATE MATERIALIZED VIEW public.stolen_too AS SELECT * FROM app.users",
        "CREATE OPERATOR public.= (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = uuid_ne)",
        "CREATE SCHEMA mine",
        "CREATE EXTENSION dblink",
        "CREATE EXTENSION file_fdw",
        "SET LOCAL search_path = pg_temp, public, app, pg_catalog",
        ...each((table) => `SELECT * FROM ${table}`),
        "SELECT * FROM users",
    ],
    maintenance: ["ANALYZE app.users", "REINDEX TABLE app.users", "CLUSTER app.users", "SELECT * FROM app.users"],
    settings: [
        "SET LOCAL session_replication_role = replica",
        "DELETE FROM app.users",
        "SET LOCAL default_table_access_method = heap",
        "LOAD 'auto_explain'",
        "ALTER SYSTEM SET row_security = off",
        "SELECT set_config('role', 'tenants_owner', true), set_config('session_authorization', 'tester', true)",
        "SET LOCAL enable_indexscan = off",
        "SET LOCAL enable_bitmapscan = off",
        "SET LOCAL plan_cache_mode = force_generic_plan",
        "SELECT * FROM app.users WHERE public.whisper(email)",
    ],
};

/** Everything that the application's user tries, whichever tenant it works for. */
export const attacks: Attack[] = [reads, writes, powers].flatMap((group) =>
    Object.entries(group).map(([name, statements]) => ({ name, statements })),
);

/** What the owner of the tables tries, as whom migrations and functions run. The policies hold for it too. */
export const ownersAttacks: Attack[] = [
    {
        name: "the owner's statements",
        statements: [
            "SET LOCAL ROLE tenants_owner",
            ...each((table) => `SELECT * FROM ${table}`),
            ...isolated.map((table) => `DELETE FROM ${table}`),
            "DELETE FROM app.tenants",
        ],
    },
];

/** What is not a tenant's id. None of it may show a row. */
export const hostileContexts = [
    "' OR true --",
    "'; SELECT * FROM app.users; --",
    "%",
    "*",
    "null",
    "true",
    "0",
    "{}",
    `${attacker}' OR tenant_id = '${victim}`,
    `${attacker},${victim}`,
    `${attacker} ${victim}`,
    `${victim}.9999999999.${"0".repeat(64)}`,
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    " ",
    "é\n\t\\",
];
