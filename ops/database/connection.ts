import type { Client, ClientConfig } from "pg";
import { OpsError, Refusal } from "../ops-error";

export type DatabaseEngine = "postgres" | "mysql";

/** How to reach a database as one of its users. */
export interface DatabaseConnection {
    /** PostgreSQL without it. */
    engine?: DatabaseEngine;
    host: string;
    port: number;
    database: string;
    user: string;
    password?: string;
    /** Certificates in PEM that the server's must be signed by; undefined for a socket or a server without TLS. */
    authorities?: string;
    /** The name in the server's certificate, where it is not the host: at the far end of a tunnel. */
    certificateHost?: string;
}

const connectSeconds = 10;

/** Does something with a connection to PostgreSQL, and closes it. */
export async function withConnection<Result>(
    to: DatabaseConnection,
    work: (client: Client) => Promise<Result>,
): Promise<Result> {
    if (to.engine === "mysql") throw new Refusal("this command is for PostgreSQL, and the database is MySQL");
    const client = await connect(to);
    try {
        return await work(client);
    } finally {
        await client.end();
    }
}

async function connect(to: DatabaseConnection): Promise<Client> {
    const { Client } = await import("pg");
    const client = new Client(clientConfig(to));
    // Without a listener, a connection that the server closes would end the process instead of the query.
    client.on("error", () => {});
    try {
        await client.connect();
    } catch (error) {
        throw new OpsError(unreachable(to, error as Error & { code?: string }), { cause: error });
    }
    return client;
}

function clientConfig(to: DatabaseConnection): ClientConfig {
    const { host, port, database, user, password, authorities, certificateHost = host } = to;
    return {
        ...{ host, port, database, user, password },
        ssl:
            authorities === undefined
                ? false
                : { ca: authorities, rejectUnauthorized: true, servername: certificateHost },
        connectionTimeoutMillis: connectSeconds * 1000,
        keepAlive: true,
        application_name: "plinth-ops",
    };
}

/** Why there is no connection, without the password. */
export function unreachable(
    { host, port, database, user }: DatabaseConnection,
    error: Error & { code?: string },
): string {
    const closed = "it was closed before it began; through a tunnel: its far end does not reach the server";
    const where = `${user} at ${host}:${port}/${database}`;
    const untrusted = "the server's certificate is signed by none of the authorities";
    const causes: Record<string, string> = {
        "28P01": "the password is wrong; if it was rotated a moment ago, try again",
        "28000": "the server allows no such login; look at the user and at TLS",
        "3D000": "the server has no such database",
        ER_ACCESS_DENIED_ERROR: "the password is wrong, or the user; if it was rotated a moment ago, try again",
        ER_BAD_DB_ERROR: "the server has no such database",
        ER_CON_COUNT_ERROR: "the server has no connection left; look at what holds them",
        "53300": "the server has no connection left; look at what holds them",
        ENOTFOUND: "the name is unknown here; inside the VPC it is known",
        ECONNREFUSED: "nothing listens there; open a tunnel first, or run this inside the VPC",
        ENOENT: "there is no socket there",
        ECONNRESET: closed,
        ETIMEDOUT: "there is no answer; open a tunnel first, or run this inside the VPC",
        SELF_SIGNED_CERT_IN_CHAIN: untrusted,
        UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
        DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
        ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another host",
    };
    // mysql2 gives the cause of a failed handshake in its message alone.
    const refused = /self.signed certificate|unable to (verify|get)/i.test(error.message) ? untrusted : undefined;
    const ended = /terminated unexpectedly/i.test(error.message) ? closed : undefined;
    const timedOut = /timeout/i.test(error.message) ? causes.ETIMEDOUT : undefined;
    return `cannot connect as ${where}: ${causes[error.code ?? ""] ?? refused ?? ended ?? timedOut ?? error.message}`;
}
