#!/bin/bash
# Makes the application's and the read-only user of a MySQL database and, where it is monitored, the user for that, or
# brings them into step with their secrets. Runs as often as wanted. The server writes no password of CREATE USER and
# ALTER USER to its logs; it replaces them.
set -euo pipefail

fail() {
    echo "make-roles: $1" >&2
    exit 1
}

[[ -n $APPLICATION_PASSWORD && -n $READ_ONLY_PASSWORD ]] || fail "a password is empty"
[[ -z ${MONITORING_USER:-} || -n $MONITORING_PASSWORD ]] || fail "a password is empty"

# Services read the published secret. Changing the password before they can know it would lock them out.
[[ $APPLICATION_PASSWORD == "$PUBLISHED_PASSWORD" ]] ||
    fail "the secret that services read doesn't hold the application's current password yet; trying again helps"

# A text as a literal, where the session's NO_BACKSLASH_ESCAPES leaves the quote as the only character that means anything.
literal() {
    local quote="'" doubled="''"
    printf "'%s'" "${1//"$quote"/"$doubled"}"
}

# A database's name as the pattern that GRANT takes it for, so that "_" and "%" stand for themselves.
database() {
    local tick='`' double='``' name=$1
    name=${name//"\\"/"\\\\"}
    name=${name//_/"\\_"}
    name=${name//%/"\\%"}
    printf '`%s`' "${name//"$tick"/"$double"}"
}

# `client user password`; reads SQL from its input. Passwords travel in the environment, never as arguments.
client() {
    local ca=()
    [[ -z ${CA_FILE:-} ]] || ca=(--ssl-ca="$CA_FILE")
    MYSQL_PWD=$2 mysql --no-defaults --connect-timeout=10 --protocol=TCP --host="$HOST" --port="$PORT" --user="$1" \
        --ssl-mode="$SSL_MODE" ${ca[@]+"${ca[@]}"} --batch --binary-mode --default-character-set=utf8mb4
}

application="$(literal "$APPLICATION_USER")@'%'"
reader="$(literal "$READ_ONLY_USER")@'%'"
tables="$(database "$DATABASE").*"

client "$MASTER_USER" "$MASTER_PASSWORD" <<SQL
SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES';
CREATE USER IF NOT EXISTS $application IDENTIFIED BY $(literal "$APPLICATION_PASSWORD") REQUIRE SSL;
ALTER USER $application IDENTIFIED BY $(literal "$APPLICATION_PASSWORD") REQUIRE SSL;
CREATE USER IF NOT EXISTS $reader IDENTIFIED BY $(literal "$READ_ONLY_PASSWORD") REQUIRE SSL;
ALTER USER $reader IDENTIFIED BY $(literal "$READ_ONLY_PASSWORD") REQUIRE SSL;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW, TRIGGER, EVENT,
    CREATE ROUTINE, ALTER ROUTINE, EXECUTE, CREATE TEMPORARY TABLES, LOCK TABLES ON $tables TO $application;
GRANT SELECT, SHOW VIEW ON $tables TO $reader;
SQL

client "$APPLICATION_USER" "$APPLICATION_PASSWORD" <<<'SELECT 1' >/dev/null
client "$READ_ONLY_USER" "$READ_ONLY_PASSWORD" <<<'SELECT 1' >/dev/null

# The user who monitors sees the server's statistics, and of a user's statements only their form. The limit leaves
# connections to the application.
if [[ -n ${MONITORING_USER:-} ]]; then
    monitoring="$(literal "$MONITORING_USER")@'%'"
    client "$MASTER_USER" "$MASTER_PASSWORD" <<SQL
SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES';
CREATE USER IF NOT EXISTS $monitoring IDENTIFIED BY $(literal "$MONITORING_PASSWORD") REQUIRE SSL WITH MAX_USER_CONNECTIONS 5;
ALTER USER $monitoring IDENTIFIED BY $(literal "$MONITORING_PASSWORD") REQUIRE SSL WITH MAX_USER_CONNECTIONS 5;
GRANT PROCESS, REPLICATION CLIENT ON *.* TO $monitoring;
GRANT SELECT ON performance_schema.* TO $monitoring;
SQL
    client "$MONITORING_USER" "$MONITORING_PASSWORD" <<<'SELECT 1' >/dev/null
fi
echo "make-roles: all users can log in"
