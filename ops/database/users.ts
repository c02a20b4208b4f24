import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { packageFile } from "../files";
import { OpsError, Refusal } from "../ops-error";
import { type DatabaseConnection, withConnection } from "./connection";

/** A user that logs in, as its secret has it. */
export interface Credentials {
    user: string;
    password: string;
}

export interface LoginCredentials {
    application: Credentials;
    readOnly: Credentials;
}

/** What makes the users, for people to read. */
export function usersSql(): string {
    return `${packageFile("database/users.sql")}\n${packageFile("database/reader.sql")}`;
}

/**
 * Makes the users that log in, or brings them into step with their secrets. In a cluster the Job `make-roles` does that; without one,
 * nothing else does.
 */
export async function makeUsers(
    connection: DatabaseConnection,
    { application, readOnly }: LoginCredentials,
): Promise<void> {
    refuseUnusable(connection, application, readOnly);
    const settings = {
        "plinth.application": application.user,
        "plinth.read_only": readOnly.user,
        "plinth.application_verifier": scramVerifier(application.password),
        "plinth.read_only_verifier": scramVerifier(readOnly.password),
    };
    await runWith(connection, settings, "database/users.sql");
    // It also proves that their passwords work.
    const { "plinth.read_only": reader } = settings;
    await runWith({ ...connection, ...application }, { "plinth.read_only": reader }, "database/reader.sql");
    await withConnection({ ...connection, ...readOnly }, async () => {});
}

function refuseUnusable({ user }: DatabaseConnection, application: Credentials, readOnly: Credentials): void {
    const names = [user, application.user, readOnly.user];
    const problems =
        new Set(names).size < names.length
            ? [`master, application and reader need names of their own, and are ${names.join(", ")}`]
            : [];
    for (const { user: name, password } of [application, readOnly]) {
        // RFC 7677 would have other characters normalized first; Secrets Manager's own passwords have none.
        if (!/^[\x20-\x7e]+$/.test(password))
            problems.push(`the password of ${name} has characters other than ASCII, or none`);
    }
    if (problems.length > 0) throw new Refusal(problems.join("\n"));
}

/** Runs a file of this package in a transaction of its own, with settings that end with it. */
async function runWith(connection: DatabaseConnection, settings: Record<string, string>, file: string): Promise<void> {
    await withConnection(connection, async (client) => {
        await client.query("BEGIN");
        for (const [name, value] of Object.entries(settings)) {
            await client.query("SELECT set_config($1, $2, true)", [name, value]);
        }
        try {
            await client.query(packageFile(file));
        } catch (error) {
            const { code, message } = error as Error & { code?: string };
            // What the statements themselves refuse.
            if (code === "P0001") throw new Refusal(message, { cause: error });
            throw new OpsError(`the users could not be made: ${message}`, { cause: error });
        }
        await client.query("COMMIT");
    });
}

/**
 * What PostgreSQL keeps of a password. Given this, the server, and what it logs of statements, never sees the password.
 * @see https://www.rfc-editor.org/rfc/rfc5803
 */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = 4096): string {
    const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
    const keyed = (text: string) => createHmac("sha256", salted).update(text).digest();
    const stored = createHash("sha256").update(keyed("Client Key")).digest();
    const [saltText, storedText, serverText] = [salt, stored, keyed("Server Key")].map((one) => one.toString("base64"));
    return `SCRAM-SHA-256$${iterations}:${saltText}$${storedText}:${serverText}`;
}
