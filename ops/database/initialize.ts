import type { Client } from "pg";
import { packageFile } from "../files";
import { OpsError, Refusal } from "../ops-error";
import { type DatabaseConnection, withConnection } from "./connection";

/** The users that log in, which exist already: the Job `make-roles` makes them, or `database users`. */
export interface LoginUsers {
    application: string;
    readOnly: string;
}

/** The first version whose views can have the rights of whoever asks. */
const oldestServer = 15;

/** Makes the tenants' roles and schemas, or brings them into step. The tables are made by migrations. */
export async function initializeDatabase(connection: DatabaseConnection, users: LoginUsers): Promise<void> {
    await withConnection(connection, async (client) => {
        await refuseUnready(client, users);
        await client.query("BEGIN");
        await client.query(
            "SELECT set_config('plinth.application', $1, true), set_config('plinth.read_only', $2, true)",
            [users.application, users.readOnly],
        );
        try {
            await client.query(packageFile("database/roles.sql"));
        } catch (error) {
            const { code, message } = error as Error & { code?: string };
            // What the statements themselves refuse.
            if (code === "P0001") throw new Refusal(message, { cause: error });
            throw new OpsError(`the roles could not be made: ${message}`, { cause: error });
        }
        await client.query("COMMIT");
    });
}

async function refuseUnready(client: Client, { application, readOnly }: LoginUsers): Promise<void> {
    const { rows } = await client.query<{ version: number; present: string[] }>(
        `SELECT current_setting('server_version_num')::int / 10000 AS version,
            ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY ($1)) AS present`,
        [[application, readOnly]],
    );
    const { version = 0, present = [] } = rows[0] ?? {};
    const problems = [application, readOnly]
        .filter((user) => !present.includes(user))
        .map(
            (user) => `there is no user ${user}; the Job make-roles makes it, and without a cluster \`database users\``,
        );
    if (version < oldestServer)
        problems.push(`the server is PostgreSQL ${version}; tenants need ${oldestServer} or later`);
    if (problems.length > 0) throw new Refusal(problems.join("\n"));
}
