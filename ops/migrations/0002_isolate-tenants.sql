-- What makes a table a tenant's: one call for each such table, also in later migrations.

-- Up Migration

-- Shows a table's rows to the tenant in its column tenant_id, and to nobody else.
CREATE PROCEDURE app.isolate_tenants(target regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- As a subquery it is evaluated once for a statement, and not for each row. The first condition hides the row, the second finds it.
    own_row CONSTANT text :=
        'app.is_own_tenant(tenant_id, (SELECT app.current_tenant_id())) AND tenant_id = (SELECT app.current_tenant_id())';
    sensitive name;
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY tenant_select ON %s FOR SELECT TO tenants_application, tenants_read_only USING (%s)', target, own_row);
    EXECUTE format('CREATE POLICY tenant_insert ON %s FOR INSERT TO tenants_application WITH CHECK (%s)', target, own_row);
    EXECUTE format('CREATE POLICY tenant_update ON %s FOR UPDATE TO tenants_application USING (%s) WITH CHECK (%2$s)', target, own_row);
    EXECUTE format('CREATE POLICY tenant_delete ON %s FOR DELETE TO tenants_application USING (%s)', target, own_row);

    -- Not TRUNCATE, which no policy restricts, not REFERENCES, whose checks see every row, and not TRIGGER, which runs in others' sessions.
    EXECUTE format('REVOKE ALL ON TABLE %s FROM PUBLIC, tenants_application, tenants_read_only', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE %s TO tenants_application', target);
    EXECUTE format('GRANT SELECT ON TABLE %s TO tenants_read_only', target);

    -- The planner's estimates come from every tenant's rows: by EXPLAIN, bounds of a histogram could be found one by one. Without
    -- statistics of a column there are none.
    FOR sensitive IN
        SELECT attname FROM pg_attribute WHERE attrelid = target AND attnum > 0 AND NOT attisdropped
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 0', target, sensitive);
    END LOOP;
END
$$;

REVOKE ALL ON PROCEDURE app.isolate_tenants(regclass) FROM PUBLIC;

-- Down Migration

DROP PROCEDURE app.isolate_tenants(regclass);
