-- Run by the master user: makes the user who monitors the database. It sees the server's statistics and settings, and no data.
\set ON_ERROR_STOP on
\getenv monitoring MONITORING_USER

BEGIN;

SELECT format('CREATE ROLE %I LOGIN', :'monitoring')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'monitoring')
\gexec

-- The limit leaves connections to the application, whatever becomes of what monitors it.
ALTER ROLE :"monitoring" LOGIN NOCREATEDB NOCREATEROLE CONNECTION LIMIT 5;
ALTER ROLE :"monitoring" SET default_transaction_read_only = on;
\password :"monitoring"

GRANT CONNECT ON DATABASE :"DBNAME" TO :"monitoring";
GRANT pg_monitor TO :"monitoring";

-- The times of statements are in this extension. Without it everything else is still seen.
SET LOCAL client_min_messages = warning;
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public;
EXCEPTION
    WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR duplicate_object THEN
        RAISE WARNING 'the times of statements are not seen: %', SQLERRM;
END
$$;

COMMIT;
