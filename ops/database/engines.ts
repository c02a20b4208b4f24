import type { Finding } from "../finding";
import type { DatabaseConnection, DatabaseEngine } from "./connection";
import { databaseHealth } from "./health";
import type { LoginUsers } from "./initialize";
import { mysqlHealth } from "./mysql/health";
import { makeMySqlUsers, mysqlUsersSql } from "./mysql/users";
import { type LoginCredentials, makeUsers, usersSql } from "./users";

/** What is done on either engine, each in its own way. */
interface EngineCommands {
    makeUsers(connection: DatabaseConnection, credentials: LoginCredentials): Promise<void>;
    /** What makes the users, for people to read. */
    usersSql(database: string, users: LoginUsers): string;
    health(connection: DatabaseConnection, users: LoginUsers): Promise<Finding[]>;
}

export const engineCommands: Record<DatabaseEngine, EngineCommands> = {
    postgres: { makeUsers, usersSql, health: databaseHealth },
    mysql: {
        makeUsers: makeMySqlUsers,
        usersSql: (database, { application, readOnly }) => {
            const password = "<of its secret>";
            const users = { application: { user: application, password }, readOnly: { user: readOnly, password } };
            return mysqlUsersSql(database, users)
                .map((statement) => `${statement};`)
                .join("\n");
        },
        health: mysqlHealth,
    },
};
