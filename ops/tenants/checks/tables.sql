-- $1: the users that log in for tenants, $2: the one of them that only reads.
WITH users AS (SELECT $1::text[] AS names, $2::text AS read_only),
tenant_tables AS (
    SELECT c.oid, c.oid::regclass::text AS name, c.relrowsecurity, c.relforcerowsecurity, a.attname AS tenant_column,
        format('(app.is_own_tenant(%1$s, ( SELECT app.current_tenant_id() AS current_tenant_id)) AND (%1$s = ( SELECT app.current_tenant_id() AS current_tenant_id)))',
            a.attname) AS own_row
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p')
        AND (a.attname = 'tenant_id' OR c.oid = to_regclass('app.tenants') AND a.attname = 'id')
),
policies AS (
    SELECT t.name AS table_name, p.polname, p.polcmd, t.own_row,
        pg_get_expr(p.polqual, p.polrelid) AS shown, pg_get_expr(p.polwithcheck, p.polrelid) AS taken,
        ARRAY(SELECT coalesce(rolname, 'public') FROM unnest(p.polroles) r LEFT JOIN pg_roles ON pg_roles.oid = r) AS roles
    FROM pg_policy p JOIN tenant_tables t ON t.oid = p.polrelid
)
SELECT 'table ' || name AS where, 'row security is not enabled' AS finding FROM tenant_tables WHERE NOT relrowsecurity
UNION ALL
SELECT 'table ' || name, 'row security is not forced on its owner' FROM tenant_tables WHERE NOT relforcerowsecurity
UNION ALL
SELECT format('policy %s on %s', polname, table_name), 'shows or takes more than the rows of the transaction''s tenant'
FROM policies
-- Only who makes tenants sees them all.
WHERE NOT (table_name = 'app.tenants' AND roles = '{tenants_manager}')
    AND (polcmd <> 'a' AND shown IS DISTINCT FROM own_row
        OR polcmd = 'a' AND taken IS DISTINCT FROM own_row
        OR taken IS NOT NULL AND taken <> own_row)
UNION ALL
SELECT 'table ' || t.name, 'has no policy for ' || verb.name
FROM tenant_tables t, (VALUES ('r', 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')) AS verb (command, name)
WHERE NOT EXISTS (SELECT FROM policies p WHERE p.table_name = t.name AND p.polcmd IN (verb.command::"char", '*'))
UNION ALL
SELECT format('column %s of %s', a.attname, t.name), 'has statistics, from which EXPLAIN tells of other tenants'' values; SET STATISTICS 0'
FROM tenant_tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE coalesce(a.attstattarget, -1) <> 0
