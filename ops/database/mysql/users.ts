import type { Connection } from "mysql2/promise";
import { OpsError, Refusal } from "../../ops-error";
import type { DatabaseConnection } from "../connection";
import type { Credentials, LoginCredentials } from "../users";
import { withMySql } from "./connection";

/** What an application does in its database, migrations included. */
const applicationRights = [
    ...["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "INDEX", "REFERENCES", "CREATE VIEW"],
    ...["SHOW VIEW", "TRIGGER", "EVENT", "CREATE ROUTINE", "ALTER ROUTINE", "EXECUTE", "CREATE TEMPORARY TABLES"],
    "LOCK TABLES",
].join(", ");

/**
 * What makes the users, with the passwords as they are to be shown. The server writes no password of CREATE USER and ALTER USER to its
 * logs; it replaces them.
 */
export function mysqlUsersSql(database: string, { application, readOnly }: LoginCredentials): string[] {
    const tables = `${pattern(database)}.*`;
    const create = ({ user, password }: Credentials) => [
        `CREATE USER IF NOT EXISTS ${literal(user)}@'%' IDENTIFIED BY ${literal(password)} REQUIRE SSL`,
        `ALTER USER ${literal(user)}@'%' IDENTIFIED BY ${literal(password)} REQUIRE SSL`,
    ];
    return [
        // Then the quote is the only character that means anything.
        "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES'",
        ...create(application),
        ...create(readOnly),
        `GRANT ${applicationRights} ON ${tables} TO ${literal(application.user)}@'%'`,
        `GRANT SELECT, SHOW VIEW ON ${tables} TO ${literal(readOnly.user)}@'%'`,
    ];
}

/** Makes the users that log in, or brings them into step with their secrets, and logs in as each. */
export async function makeMySqlUsers(connection: DatabaseConnection, users: LoginCredentials): Promise<void> {
    refuseUnusable(connection, users);
    await withMySql(connection, async (client) => {
        for (const sql of mysqlUsersSql(connection.database, users)) await run(client, sql);
    });
    for (const login of [users.application, users.readOnly])
        await withMySql({ ...connection, ...login }, async () => {});
}

function refuseUnusable({ user }: DatabaseConnection, { application, readOnly }: LoginCredentials): void {
    const names = [user, application.user, readOnly.user];
    if (new Set(names).size < names.length)
        throw new Refusal(`master, application and reader need names of their own, and are ${names.join(", ")}`);
    for (const { user: name, password } of [application, readOnly])
        if (password === "") throw new Refusal(`the password of ${name} is empty`);
}

async function run(client: Connection, sql: string): Promise<void> {
    try {
        await client.query(sql);
    } catch (error) {
        // The message may repeat the statement, which has a password.
        const { code } = error as Error & { code?: string };
        throw new OpsError(`the users could not be made: ${sql.split(" ", 2).join(" ")}: ${code ?? "failed"}`);
    }
}

function literal(text: string): string {
    return `'${text.replaceAll("'", "''")}'`;
}

/** A database's name as the pattern that GRANT takes it for, so that "_" and "%" stand for themselves. */
function pattern(name: string): string {
    return `\`${name.replaceAll(/[\\_%]/g, "\\$&").replaceAll("`", "``")}\``;
}
