-- Which tenant a transaction works for. The setting app.tenant_id says it, for one transaction:
--     SELECT set_config('app.tenant_id', $1, true)
-- Without it there is no tenant, and the policies show no row and take none.

-- Up Migration

-- The two blocks of HMAC-SHA256 for each key that may sign a context. While there is one, an unsigned context is refused.
CREATE TABLE app.context_keys (
    name text PRIMARY KEY,
    inner_block bytea NOT NULL CHECK (octet_length(inner_block) = 64),
    outer_block bytea NOT NULL CHECK (octet_length(outer_block) = 64),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- The tenant of a signed context, `<tenant>.<expires, in seconds since 1970>.<HMAC of both in hexadecimal>`. A context is signed for
-- at most an hour, so that one that is left on a connection or is read in a log soon ends.
CREATE FUNCTION app.signed_tenant_id(context text) RETURNS uuid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    parts text[] := regexp_match(context, '^([0-9a-f-]{36})\.([0-9]{1,12})\.([0-9a-f]{64})$');
    signed bytea := convert_to(parts[1] || '.' || parts[2], 'UTF8');
BEGIN
    IF parts IS NULL THEN
        RAISE EXCEPTION 'app.tenant_id is not a signed context' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- The hashes of both are compared, so that the time of a comparison says nothing about the signature.
    IF NOT EXISTS (
        SELECT FROM app.context_keys
        WHERE sha256(sha256(outer_block || sha256(inner_block || signed))) = sha256(decode(parts[3], 'hex'))
    ) THEN
        RAISE EXCEPTION 'the signature of app.tenant_id is wrong' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF to_timestamp(parts[2]::bigint) NOT BETWEEN transaction_timestamp() AND transaction_timestamp() + interval '1 hour' THEN
        RAISE EXCEPTION 'app.tenant_id has expired, or is signed for more than an hour'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN parts[1]::uuid;
END
$$;

-- The tenant of this transaction, NULL for none. It runs as its owner, who alone may read the keys.
CREATE FUNCTION app.current_tenant_id() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- After a transaction that set it, a setting is empty and not NULL.
    context text := nullif(current_setting('app.tenant_id', true), '');
BEGIN
    IF context IS NULL THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM app.context_keys) THEN
        RETURN app.signed_tenant_id(context);
    END IF;
    RETURN context::uuid;
END
$$;

-- Whether a row's tenant is the transaction's. The comparison of the types alone would not do: the planner has cheap conditions of a
-- query evaluated before it, where they are leakproof, and whoever wrote the query can see whether anything came after them: an error, or
-- in EXPLAIN ANALYZE a subquery that was executed. Nothing that a query can say of a value is as cheap as this, so this comes first.
CREATE FUNCTION app.is_own_tenant(tenant uuid, own uuid) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1e-30
AS $$
BEGIN
    RETURN tenant OPERATOR(pg_catalog.=) own;
END
$$;

REVOKE ALL ON TABLE app.context_keys FROM PUBLIC;
REVOKE ALL ON FUNCTION app.signed_tenant_id(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION app.current_tenant_id() FROM PUBLIC;
REVOKE ALL ON FUNCTION app.is_own_tenant(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.current_tenant_id() TO tenants_application, tenants_read_only;
GRANT EXECUTE ON FUNCTION app.is_own_tenant(uuid, uuid) TO tenants_application, tenants_read_only;

-- Down Migration

DROP FUNCTION app.is_own_tenant(uuid, uuid);
DROP FUNCTION app.current_tenant_id();
DROP FUNCTION app.signed_tenant_id(text);
DROP TABLE app.context_keys;
