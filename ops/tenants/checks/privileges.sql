WITH users AS (
    SELECT r.oid, r.rolname, r.rolname = $2::text AS reads_only, r.rolsuper, r.rolbypassrls, r.rolcreaterole
    FROM pg_roles r WHERE r.rolname = ANY ($1::text[])
),
tenant_tables AS (
    SELECT DISTINCT c.oid, c.oid::regclass::text AS name
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND (a.attnum IS NOT NULL OR c.oid = to_regclass('app.tenants'))
)
SELECT 'user ' || u.rolname AS where, format('has %s on %s', privilege, t.name) AS finding
FROM users u, tenant_tables t,
    unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER'] || CASE
        WHEN u.reads_only OR t.name = 'app.tenants' THEN ARRAY['INSERT', 'UPDATE', 'DELETE'] ELSE '{}' END) AS privilege
WHERE has_table_privilege(u.oid, t.oid, privilege)
UNION ALL
SELECT 'user ' || u.rolname, 'owns ' || t.name
FROM users u, tenant_tables t JOIN pg_class c ON c.oid = t.oid
WHERE pg_has_role(u.oid, c.relowner, 'MEMBER')
UNION ALL
SELECT 'user ' || u.rolname, 'is a superuser, makes roles or is bound by no policy'
FROM users u WHERE u.rolsuper OR u.rolbypassrls OR u.rolcreaterole
UNION ALL
SELECT 'user ' || u.rolname, format('can act as %s, which sees more than one tenant', other.rolname)
FROM users u, pg_roles other
WHERE other.oid <> u.oid AND pg_has_role(u.oid, other.oid, 'MEMBER') AND NOT u.rolsuper
    AND (other.rolsuper OR other.rolbypassrls OR other.rolcreaterole OR other.rolreplication
        OR other.rolname IN ('tenants_manager', 'pg_read_all_data', 'pg_write_all_data', 'pg_monitor', 'pg_read_all_stats',
            'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program', 'rds_superuser'))
UNION ALL
SELECT 'user ' || u.rolname, format('has %s on the database, so that it can leave objects in other tenants'' sessions', privilege)
FROM users u, unnest(ARRAY['CREATE', 'TEMPORARY']) AS privilege
WHERE has_database_privilege(u.oid, current_database(), privilege)
UNION ALL
SELECT 'user ' || u.rolname, format('can make objects in the schema %s', n.nspname)
FROM users u, pg_namespace n
WHERE n.nspname !~ '^pg_(toast|temp)' AND has_schema_privilege(u.oid, n.oid, 'CREATE')
UNION ALL
SELECT 'user ' || u.rolname, 'can read what signs contexts, or the record of migrations: ' || c.oid::regclass::text
FROM users u, pg_class c
WHERE c.oid IN (to_regclass('app.context_keys'), to_regclass('migrations.applied'))
    AND (has_table_privilege(u.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege(u.oid, c.oid, 'SELECT'))
UNION ALL
SELECT 'setting app.tenant_id', format('has a default%s, so that a transaction without a context has a tenant',
    coalesce(' for ' || s.setrole::regrole::text, ''))
FROM (SELECT nullif(setrole, 0) AS setrole, unnest(setconfig) AS setting FROM pg_db_role_setting) s
WHERE s.setting LIKE 'app.tenant\_id=%'
