-- Run by the application's user, who owns what migrations make: lets the read-only user read it, now and later.
\set ON_ERROR_STOP on
\getenv reader READ_ONLY_USER

BEGIN;

ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO :"reader";
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO :"reader";
ALTER DEFAULT PRIVILEGES GRANT SELECT ON SEQUENCES TO :"reader";

SELECT format('REVOKE ALL ON SCHEMA %1$I FROM %2$I; GRANT USAGE ON SCHEMA %1$I TO %2$I', nspname, :'reader')
FROM pg_namespace
WHERE nspowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
\gexec

SELECT format('REVOKE ALL ON TABLE %1$I.%2$I FROM %3$I; GRANT SELECT ON TABLE %1$I.%2$I TO %3$I', nspname, relname, :'reader')
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
    AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
\gexec

COMMIT;
