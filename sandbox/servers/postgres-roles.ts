import type { DatabasePlan, Login } from "./plan/plan";

/** Who runs the server. On RDS nobody but RDS can log in as it. */
export const superuser = "rdsadmin";

/**
 * Makes the database and its users as RDS does, and those of the secrets: the master user may make roles and databases but is no
 * superuser, and can give what its users have.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.rds_superuser.html
 */
export function bootstrapSql({ database, master, users }: DatabasePlan, statistics: boolean): string {
    const owner = identifier(master.user);
    return [
        // Passwords stay out of the server's log, whatever the parameters say.
        "SET log_statement = 'none'; SET log_min_duration_statement = -1; SET log_min_error_statement = 'panic';",
        ...["rds_superuser", "rds_password", "rds_replication", "rds_iam"].map(
            (role) => `CREATE ROLE ${role} NOLOGIN;`,
        ),
        "GRANT pg_monitor, pg_signal_backend, rds_password, rds_replication TO rds_superuser WITH ADMIN OPTION;",
        createLogin(master, "CREATEDB CREATEROLE"),
        `GRANT rds_superuser TO ${owner} WITH ADMIN OPTION;`,
        ...users.flatMap((user) => [
            createLogin(user, ""),
            // From PostgreSQL 16 on, only who may give a role away may change it.
            "SELECT current_setting('server_version_num')::int >= 160000 AS newer \\gset",
            `\\if :newer\nGRANT ${identifier(user.user)} TO ${owner} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;\n\\endif`,
        ]),
        ...(database ? [`CREATE DATABASE ${identifier(database)} OWNER ${owner};`] : []),
        // RDS lets the master user make it; the server itself wants a superuser.
        ...(statistics && database
            ? [`\\connect ${connectArgument(database)}`, "CREATE EXTENSION pg_stat_statements;"]
            : []),
        "",
    ].join("\n");
}

function createLogin({ user, password }: Login, rights: string): string {
    return `CREATE ROLE ${identifier(user)} LOGIN ${rights} PASSWORD ${literal(password)};`;
}

function identifier(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
    return `'${text.replaceAll("'", "''")}'`;
}

/** psql reads a database's name as an identifier, where it is quoted. */
function connectArgument(database: string): string {
    return identifier(database);
}
