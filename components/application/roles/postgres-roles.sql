-- Run by the master user, who may make roles but is no superuser. Names come from the environment and are quoted by
-- psql (:"name", :'name') or by format(): nothing is ever pasted into a statement.
\set ON_ERROR_STOP on
\getenv application APPLICATION_USER
\getenv reader READ_ONLY_USER

BEGIN;

SELECT format('CREATE ROLE %I LOGIN', wanted.name)
FROM (VALUES (:'application'), (:'reader')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name)
\gexec

ALTER ROLE :"application" LOGIN NOCREATEDB NOCREATEROLE;
ALTER ROLE :"reader" LOGIN NOCREATEDB NOCREATEROLE;
ALTER ROLE :"reader" SET default_transaction_read_only = on;

-- psql makes the SCRAM verifier itself, so the server, and what it logs of statements, never sees the password.
\password :"application"
\password :"reader"

REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO :"application", :"reader";
-- Before PostgreSQL 15 everyone may make tables in "public".
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"application", :"reader";

-- CREATE is for tables, schemas and trusted extensions, which migrations bring. With tenants, an application makes nothing:
-- `ops database init` says who may.
SELECT format('GRANT CREATE, TEMPORARY ON DATABASE %1$I TO %2$I; GRANT CREATE ON SCHEMA public TO %2$I', :'DBNAME', :'application')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tenants_owner')
\gexec

SET LOCAL client_min_messages = warning;
SELECT set_config('plinth.application', :'application', true), set_config('plinth.reader', :'reader', true) \g /dev/null
DO $$
DECLARE
    finding text;
BEGIN
    SELECT format('%I can act as %I, which is more than a service needs; revoke it', one.rolname, other.rolname)
    INTO finding
    FROM pg_roles one, pg_roles other
    WHERE one.rolname IN (current_setting('plinth.application'), current_setting('plinth.reader'))
        AND (other.rolsuper OR other.rolcreaterole OR other.rolcreatedb OR other.rolreplication OR other.rolbypassrls
            OR other.rolname IN ('rds_superuser', 'rds_password', 'pg_read_server_files', 'pg_write_server_files',
                'pg_execute_server_program', 'pg_write_all_data'))
        AND pg_has_role(one.oid, other.oid, 'MEMBER')
    LIMIT 1;
    IF finding IS NOT NULL THEN
        RAISE EXCEPTION '%', finding;
    END IF;
    IF has_schema_privilege(current_setting('plinth.reader'), 'public', 'CREATE') THEN
        RAISE WARNING 'the read-only user can make tables in the schema public, whose owner alone can forbid it';
    END IF;
END
$$;

COMMIT;
