-- Lets the user in plinth.read_only read what the application has made, and what it makes later. Run by the application's user: only who
-- owns tables can let others read them.

DO $$
DECLARE
    read_only text := current_setting('plinth.read_only');
    me oid := (SELECT oid FROM pg_roles WHERE rolname = current_user);
    one record;
BEGIN
    EXECUTE format('ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO %I', read_only);
    EXECUTE format('ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO %I', read_only);
    EXECUTE format('ALTER DEFAULT PRIVILEGES GRANT SELECT ON SEQUENCES TO %I', read_only);
    FOR one IN SELECT nspname FROM pg_namespace WHERE nspowner = me
    LOOP
        EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', one.nspname, read_only);
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', one.nspname, read_only);
    END LOOP;
    FOR one IN SELECT oid::regclass AS name FROM pg_class WHERE relowner = me AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %I', one.name, read_only);
        EXECUTE format('GRANT SELECT ON %s TO %I', one.name, read_only);
    END LOOP;
END
$$;
