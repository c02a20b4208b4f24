WITH users AS (
    SELECT r.oid, r.rolname FROM pg_roles r WHERE r.rolname = ANY ($1::text[]) OR r.rolname = $2::text
),
tenant_tables AS (
    SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p')
    UNION
    SELECT to_regclass('app.tenants') WHERE to_regclass('app.tenants') IS NOT NULL
),
reading AS (
    SELECT DISTINCT v.oid, v.relkind, v.reloptions
    FROM pg_depend d JOIN pg_rewrite w ON w.oid = d.objid JOIN pg_class v ON v.oid = w.ev_class
    WHERE d.classid = 'pg_rewrite'::regclass AND d.refobjid IN (SELECT oid FROM tenant_tables) AND v.oid <> d.refobjid
),
readable AS (
    SELECT r.* FROM reading r WHERE EXISTS (SELECT FROM users u WHERE has_table_privilege(u.oid, r.oid, 'SELECT'))
)
SELECT 'view ' || oid::regclass::text AS where, 'reads with its owner''s rights; set security_invoker' AS finding
FROM readable WHERE relkind = 'v' AND NOT coalesce(reloptions::text[], '{}') && ARRAY['security_invoker=true', 'security_invoker=on', 'security_invoker=1']
UNION ALL
SELECT 'materialized view ' || oid::regclass::text, 'has the rows of every tenant, and no policy holds for it'
FROM readable WHERE relkind = 'm'
UNION ALL
SELECT 'function ' || p.oid::regprocedure::text, CASE
    WHEN NOT coalesce(p.proconfig::text, '') LIKE '%search_path=%' THEN 'runs with its owner''s rights and without a search path of its own'
    ELSE format('runs with the rights of %s, who is bound by no policy', o.rolname) END
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles o ON o.oid = p.proowner
WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND EXISTS (SELECT FROM users u WHERE has_function_privilege(u.oid, p.oid, 'EXECUTE') AND has_schema_privilege(u.oid, n.oid, 'USAGE'))
    AND (NOT coalesce(p.proconfig::text, '') LIKE '%search_path=%' OR o.rolsuper OR o.rolbypassrls OR o.rolname = 'rds_superuser')
UNION ALL
SELECT 'function ' || p.oid::regprocedure::text, 'can be run by ' || u.rolname
FROM users u, pg_proc p
WHERE p.oid IN (to_regprocedure('app.signed_tenant_id(text)'), to_regprocedure('app.isolate_tenants(regclass)'), to_regprocedure('app.set_updated_at()'))
    AND has_function_privilege(u.oid, p.oid, 'EXECUTE')
UNION ALL
SELECT 'function app.current_tenant_id()', 'is not STABLE and SECURITY DEFINER any more'
FROM pg_proc p WHERE p.oid = to_regprocedure('app.current_tenant_id()') AND NOT (p.prosecdef AND p.provolatile = 's')
UNION ALL
SELECT 'function app.is_own_tenant(uuid,uuid)', 'is not the cheapest any more, so that conditions of a query are evaluated before it'
FROM pg_proc p WHERE p.oid = to_regprocedure('app.is_own_tenant(uuid,uuid)') AND p.procost > 1e-20
UNION ALL
SELECT 'large objects', format('there are %s, which belong to no tenant and which no policy holds for', count(*))
FROM pg_largeobject_metadata HAVING count(*) > 0
