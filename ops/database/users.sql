-- The users that log in, and what they may do where there are no tenants. Run by the master user, who may make roles but is no
-- superuser, as often as wanted, in one transaction. Names and verifiers of passwords are settings of that transaction: plinth.application,
-- plinth.read_only, plinth.application_verifier, plinth.read_only_verifier.

DO $$
DECLARE
    application text := current_setting('plinth.application');
    read_only text := current_setting('plinth.read_only');
    wanted text;
    finding text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[application, read_only]
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
        EXECUTE format('ALTER ROLE %I LOGIN NOCREATEDB NOCREATEROLE', wanted);
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), wanted);
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', wanted);
    END LOOP;
    EXECUTE format('ALTER ROLE %I PASSWORD %L', application, current_setting('plinth.application_verifier'));
    EXECUTE format('ALTER ROLE %I PASSWORD %L', read_only, current_setting('plinth.read_only_verifier'));
    EXECUTE format('ALTER ROLE %I SET default_transaction_read_only = on', read_only);
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    -- With tenants, `database init` says who may make what.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tenants_owner') THEN
        EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO %I', current_database(), application);
        EXECUTE format('GRANT CREATE ON SCHEMA public TO %I', application);
    END IF;

    SELECT format('%I can act as %I, which is more than a service needs; revoke it', member.rolname, other.rolname)
    INTO finding
    FROM pg_roles member, pg_roles other
    WHERE member.rolname IN (application, read_only)
        AND (other.rolsuper OR other.rolcreaterole OR other.rolcreatedb OR other.rolreplication OR other.rolbypassrls
            OR other.rolname IN ('rds_superuser', 'rds_password', 'pg_read_server_files', 'pg_write_server_files',
                'pg_execute_server_program', 'pg_write_all_data'))
        AND pg_has_role(member.oid, other.oid, 'MEMBER')
    LIMIT 1;
    IF finding IS NOT NULL THEN
        RAISE EXCEPTION '%', finding;
    END IF;
END
$$;
