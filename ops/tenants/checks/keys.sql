WITH users AS (SELECT $1::text[] AS names, $2::text AS read_only),
tenant_tables AS (
    SELECT c.oid, c.oid::regclass::text AS name, a.attnum AS tenant_column
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p')
)
SELECT 'table ' || t.name AS where, 'has no index that begins with tenant_id' AS finding
FROM tenant_tables t
WHERE NOT EXISTS (
    SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisvalid AND i.indpred IS NULL AND i.indkey[0] = t.tenant_column
)
UNION ALL
-- An expression is left out: mostly it is not leakproof, so that it is asked after the policy.
SELECT 'index ' || i.indexrelid::regclass::text, 'does not begin with tenant_id: it is asked before the policy, and EXPLAIN ANALYZE tells what others have'
FROM pg_index i JOIN tenant_tables t ON t.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
WHERE m.amname IN ('btree', 'hash', 'brin') AND i.indkey[0] NOT IN (0, t.tenant_column)
UNION ALL
-- Uniqueness is checked over all rows: without the tenant in the key it tells that another tenant has a value.
SELECT 'index ' || i.indexrelid::regclass::text, 'is unique without tenant_id, so that one tenant can find out what another has'
FROM pg_index i JOIN tenant_tables t ON t.oid = i.indrelid
WHERE (i.indisunique OR i.indisexclusion) AND NOT t.tenant_column = ANY (i.indkey::smallint[])
UNION ALL
SELECT format('foreign key %s of %s', k.conname, k.conrelid::regclass), 'refers without tenant_id, so that it can refer to another tenant''s row'
FROM pg_constraint k JOIN tenant_tables t ON t.oid = k.confrelid
WHERE k.contype = 'f' AND NOT t.tenant_column = ANY (k.confkey)
UNION ALL
SELECT 'index ' || i.indexrelid::regclass::text, 'is invalid, as a CREATE INDEX CONCURRENTLY leaves it that failed; drop it'
FROM pg_index i JOIN tenant_tables t ON t.oid = i.indrelid
WHERE NOT i.indisvalid
