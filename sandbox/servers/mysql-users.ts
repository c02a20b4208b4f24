import { createHash } from "node:crypto";
import type { DatabasePlan, Login } from "./plan/plan";

/**
 * What RDS gives its master user.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
 */
const masterRights = [
    ...["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "RELOAD", "PROCESS", "REFERENCES", "INDEX", "ALTER"],
    ...["SHOW DATABASES", "CREATE TEMPORARY TABLES", "LOCK TABLES", "EXECUTE", "REPLICATION SLAVE"],
    ...["REPLICATION CLIENT", "CREATE VIEW", "SHOW VIEW", "CREATE ROUTINE", "ALTER ROUTINE", "CREATE USER", "EVENT"],
    "TRIGGER",
].join(", ");

/** Makes the database and its users, a statement on each line, as the server reads it when it starts. */
export function bootstrapMysql({ database, master, users }: DatabasePlan, isMariaDb: boolean): string {
    const create = ({ user, password }: Login) =>
        `CREATE USER ${literal(user)}@'%' IDENTIFIED BY ${isMariaDb ? `PASSWORD '${nativeHash(password)}'` : literal(password)};`;
    return [
        // A backslash is a character as any other, then.
        "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES';",
        // Nobody comes without a name or as root, which RDS keeps to itself.
        "DROP USER IF EXISTS ''@'localhost';",
        "ALTER USER 'root'@'localhost' ACCOUNT LOCK;",
        ...(database ? [`CREATE DATABASE ${identifier(database)};`] : []),
        ...[master, ...users].map(create),
        `GRANT ${masterRights} ON *.* TO ${literal(master.user)}@'%' WITH GRANT OPTION;`,
        "",
    ].join("\n");
}

/** What MariaDB keeps of a password, so that it never reads the password itself. */
function nativeHash(password: string): string {
    const once = createHash("sha1").update(password).digest();
    return `*${createHash("sha1").update(once).digest("hex").toUpperCase()}`;
}

function literal(text: string): string {
    return `'${text.replaceAll("'", "''")}'`;
}

function identifier(name: string): string {
    return `\`${name.replaceAll("`", "``")}\``;
}
