#!/bin/sh
# Makes the application's and the read-only user of a PostgreSQL database and, where it is monitored, the user for that, or
# brings them into step with their secrets. Runs as often as wanted. The master user's connection comes in libpq's own
# variables (PGHOST, PGUSER, PGPASSWORD, ...).
set -eu
scripts=$(dirname "$0")
newline='
'

fail() {
    echo "make-roles: $1" >&2
    exit 1
}

[ -n "${MONITORING_USER:-}" ] || MONITORING_PASSWORD=none

for password in "$APPLICATION_PASSWORD" "$READ_ONLY_PASSWORD" "$MONITORING_PASSWORD"; do
    case $password in
    '') fail "a password is empty" ;;
    # psql takes a password as one line.
    *"$newline"*) fail "a password holds a line break" ;;
    esac
done

# Services read the published secret. Changing the password before they can know it would lock them out.
[ "$APPLICATION_PASSWORD" = "$PUBLISHED_PASSWORD" ] ||
    fail "the secret that services read doesn't hold the application's current password yet; trying again helps"

# printf is part of the shell, so no password shows among the processes' arguments.
twice() {
    printf '%s\n%s\n' "$1" "$1"
}

{
    twice "$APPLICATION_PASSWORD"
    twice "$READ_ONLY_PASSWORD"
} | psql --no-psqlrc --quiet --file "$scripts/postgres-roles.sql"

# As the application: only the owner of tables can let others read them. It also proves that its password works.
PGUSER=$APPLICATION_USER PGPASSWORD=$APPLICATION_PASSWORD psql --no-psqlrc --quiet --file "$scripts/postgres-reader.sql"
PGUSER=$READ_ONLY_USER PGPASSWORD=$READ_ONLY_PASSWORD psql --no-psqlrc --quiet --command 'SELECT 1' >/dev/null
if [ -n "${MONITORING_USER:-}" ]; then
    twice "$MONITORING_PASSWORD" | psql --no-psqlrc --quiet --file "$scripts/postgres-monitoring.sql"
    PGUSER=$MONITORING_USER PGPASSWORD=$MONITORING_PASSWORD psql --no-psqlrc --quiet --command 'SELECT 1' >/dev/null
fi
echo "make-roles: all users can log in"
