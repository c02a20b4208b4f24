import { connect as connectSocket } from "node:net";
import type { Connection } from "mysql2/promise";
import { OpsError } from "../../ops-error";
import { type DatabaseConnection, unreachable } from "../connection";

const connectMilliseconds = 10_000;

/** Does something with a connection to MySQL, and closes it. */
export async function withMySql<Result>(
    to: DatabaseConnection,
    work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
    const connection = await connect(to);
    try {
        return await work(connection);
    } finally {
        await connection.end().catch(() => {});
    }
}

async function connect(to: DatabaseConnection): Promise<Connection> {
    const { createConnection } = await import("mysql2/promise");
    const { host, port, database, user, password, authorities, certificateHost = host } = to;
    try {
        return await createConnection({
            ...{ user, password, database, connectTimeout: connectMilliseconds, charset: "utf8mb4" },
            // It verifies the certificate for the host that it is told, which may be at the far end of a tunnel.
            host: certificateHost,
            stream: () => connectSocket({ host, port, keepAlive: true }),
            ssl:
                authorities === undefined
                    ? undefined
                    : { ca: authorities, rejectUnauthorized: true, verifyIdentity: true },
        });
    } catch (error) {
        throw new OpsError(unreachable(to, error as Error & { code?: string }), { cause: error });
    }
}
