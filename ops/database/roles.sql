-- The roles of a database with tenants, and what they may do in it. Run by the master user, who may make roles but is no superuser,
-- as often as wanted, in one transaction. The users that log in are named in plinth.application and plinth.read_only.

DO $$
DECLARE
    wanted name;
BEGIN
    -- None can log in. tenants_owner owns the schema: migrations run as it, and the policies hold for it too.
    FOREACH wanted IN ARRAY ARRAY['tenants_owner', 'tenants_manager', 'tenants_application', 'tenants_read_only']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', wanted);
        END IF;
        EXECUTE format('ALTER ROLE %I NOLOGIN NOCREATEDB NOCREATEROLE', wanted);
    END LOOP;
END
$$;

-- Whoever runs this also migrates and makes tenants.
GRANT tenants_owner, tenants_manager, tenants_application TO CURRENT_USER;

DO $$
DECLARE
    application text := current_setting('plinth.application');
    read_only text := current_setting('plinth.read_only');
    finding text;
BEGIN
    EXECUTE format('GRANT tenants_application TO %I', application);
    EXECUTE format('GRANT tenants_read_only TO %I', read_only);
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I, %I', current_database(), application, read_only);
    -- A table or a function of its own, left on a pooled connection or found first by a search path, would be used in another tenant's name.
    EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM %I, %I', current_database(), application, read_only);
    EXECUTE format('REVOKE CREATE ON SCHEMA public FROM PUBLIC, %I, %I', application, read_only);
    EXECUTE format('ALTER ROLE %I SET search_path = app, public, pg_temp', application);
    EXECUTE format('ALTER ROLE %I SET search_path = app, public, pg_temp', read_only);

    SELECT format('%I can act as %I, which sees more than one tenant; revoke it', member.rolname, other.rolname)
    INTO finding
    FROM pg_roles member, pg_roles other
    WHERE member.rolname IN (application, read_only, 'tenants_application', 'tenants_read_only')
        AND (other.rolsuper OR other.rolbypassrls OR other.rolcreaterole OR other.rolreplication
            OR other.rolname IN ('tenants_owner', 'tenants_manager', 'pg_read_all_data', 'pg_write_all_data',
                'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program', 'pg_monitor',
                'pg_read_all_stats', 'pg_stat_scan_tables', 'pg_signal_backend', 'rds_superuser'))
        AND pg_has_role(member.oid, other.oid, 'MEMBER')
    LIMIT 1;
    IF finding IS NOT NULL THEN
        RAISE EXCEPTION '%', finding;
    END IF;
END
$$;

CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION tenants_owner;
CREATE SCHEMA IF NOT EXISTS migrations AUTHORIZATION tenants_owner;
REVOKE ALL ON SCHEMA app, migrations FROM PUBLIC;
GRANT USAGE ON SCHEMA app TO tenants_application, tenants_read_only, tenants_manager;
