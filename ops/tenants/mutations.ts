/** What finds that a rule of the tenants is gone. */
export type Catch = "attack" | "use" | "check";

export interface Mutation {
    /** What is done to the database, by its superuser. */
    sql: string;
    /** What must find it, at least. */
    caughtBy: Catch;
}

const isolated = ["app.users", "app.roles", "app.user_roles"];
const tables = [...isolated, "app.tenants"];
const plain = "tenant_id = (SELECT app.current_tenant_id())";
const own = `app.is_own_tenant(tenant_id, (SELECT app.current_tenant_id())) AND ${plain}`;

const attack = (...statements: string[]): Mutation[] => statements.map((sql) => ({ sql, caughtBy: "attack" }));
const use = (...statements: string[]): Mutation[] => statements.map((sql) => ({ sql, caughtBy: "use" }));
const check = (...statements: string[]): Mutation[] => statements.map((sql) => ({ sql, caughtBy: "check" }));

/** Each rule of the tenants broken by itself. */
export const mutations: Mutation[] = [
    // Policies dropped: the tenant itself is locked out.
    ...isolated.flatMap((table) =>
        use(...["select", "insert", "update", "delete"].map((verb) => `DROP POLICY tenant_${verb} ON ${table}`)),
    ),
    ...use("DROP POLICY tenant_select ON app.tenants", "DROP POLICY tenants_manage ON app.tenants"),
    // Policies loosened.
    ...isolated.flatMap((table) => [
        ...attack(
            `ALTER POLICY tenant_select ON ${table} USING (true)`,
            `ALTER POLICY tenant_select ON ${table} USING (${own} OR app.current_tenant_id() IS NULL)`,
            // Conditions of the query come before it.
            `ALTER POLICY tenant_select ON ${table} USING (${plain})`,
            `ALTER POLICY tenant_insert ON ${table} WITH CHECK (true)`,
            `ALTER POLICY tenant_update ON ${table} WITH CHECK (true)`,
            `ALTER POLICY tenant_delete ON ${table} USING (true)`,
            `CREATE POLICY another ON ${table} FOR SELECT USING (true)`,
            `CREATE POLICY another ON ${table} FOR INSERT WITH CHECK (true)`,
            `CREATE POLICY another ON ${table} FOR UPDATE USING (true)`,
        ),
        // What is left after an update still has to be the tenant's own, and foreign keys hold the victim's rows where they are.
        ...check(`ALTER POLICY tenant_update ON ${table} USING (true)`),
    ]),
    ...attack(
        "ALTER POLICY tenant_select ON app.tenants USING (true)",
        "ALTER POLICY tenants_manage ON app.tenants TO PUBLIC",
    ),
    ...attack(...tables.map((table) => `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`)),
    ...attack(...tables.map((table) => `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`)),
    // Grants widened.
    ...attack("GRANT TRUNCATE ON app.user_roles TO tenants_application"),
    ...check(
        // The others are referred to, and emptying those who refer to them takes the same grant there.
        ...tables.map((table) => `GRANT TRUNCATE ON ${table} TO tenants_application`),
        ...tables.flatMap((table) => [
            `GRANT REFERENCES ON ${table} TO tenants_application`,
            `GRANT TRIGGER ON ${table} TO tenants_application`,
            `GRANT UPDATE ON ${table} TO tenants_read_only`,
        ]),
        "GRANT INSERT, UPDATE, DELETE ON app.tenants TO tenants_application",
        "GRANT CREATE ON SCHEMA public TO application",
        "GRANT CREATE ON SCHEMA app TO tenants_application",
        "DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO application', current_database()); END $$",
        "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO application', current_database()); END $$",
        "GRANT SELECT ON app.context_keys TO tenants_application",
        "GRANT EXECUTE ON FUNCTION app.signed_tenant_id(text) TO PUBLIC",
        "GRANT EXECUTE ON PROCEDURE app.isolate_tenants(regclass) TO PUBLIC",
        "GRANT USAGE ON SCHEMA migrations TO PUBLIC; GRANT SELECT ON migrations.applied TO PUBLIC",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET app.tenant_id = %L', current_database(), gen_random_uuid()); END $$",
        "SELECT lo_from_bytea(0, 'x')",
    ),
    ...attack("ALTER TABLE app.users OWNER TO application; ALTER TABLE app.users NO FORCE ROW LEVEL SECURITY"),
    // Views and functions.
    ...attack(
        "CREATE VIEW app.everybody AS SELECT * FROM app.users; GRANT SELECT ON app.everybody TO tenants_application",
        "CREATE MATERIALIZED VIEW app.everybody AS SELECT * FROM app.users; GRANT SELECT ON app.everybody TO tenants_application",
        `CREATE OR REPLACE FUNCTION app.current_tenant_id() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
            AS $$ SELECT coalesce(nullif(current_setting('app.tenant_id', true), '')::uuid, 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb') $$`,
    ),
    ...attack(
        "ALTER FUNCTION app.is_own_tenant(uuid, uuid) COST 100",
        "CREATE OR REPLACE FUNCTION app.is_own_tenant(tenant uuid, own uuid) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT tenant = own'",
    ),
    // The view's owner is bound by the policies too: nothing is shown any more, not even to the tenant.
    ...use("ALTER VIEW app.user_permissions SET (security_invoker = false)"),
    ...check(
        "ALTER VIEW app.user_permissions SET (security_invoker = false)",
        `CREATE FUNCTION app.everybody() RETURNS SETOF app.users LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT * FROM app.users'`,
        "ALTER FUNCTION app.current_tenant_id() RESET search_path",
        "ALTER FUNCTION app.current_tenant_id() SECURITY INVOKER",
        "ALTER FUNCTION app.current_tenant_id() VOLATILE",
    ),
    ...use(
        "REVOKE EXECUTE ON FUNCTION app.current_tenant_id() FROM tenants_application",
        "REVOKE EXECUTE ON FUNCTION app.is_own_tenant(uuid, uuid) FROM tenants_application",
        "REVOKE SELECT ON app.user_permissions FROM tenants_application",
        ...isolated.map((table) => `REVOKE UPDATE ON ${table} FROM tenants_application`),
    ),
    // Keys without the tenant, and statistics.
    ...check(
        "ALTER TABLE app.users ADD UNIQUE (external_id)",
        "CREATE UNIQUE INDEX ON app.roles (name)",
        "CREATE INDEX ON app.users (email)",
        "ALTER TABLE app.users ADD UNIQUE (id); ALTER TABLE app.user_roles ADD FOREIGN KEY (granted_by) REFERENCES app.users (id)",
        "CREATE TABLE app.invoices (tenant_id uuid, amount int)",
        "ALTER TABLE app.users ALTER COLUMN email SET STATISTICS 100",
        "ALTER TABLE app.users ADD COLUMN phone text",
    ),
];
