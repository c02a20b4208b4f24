import * as pulumi from "@pulumi/pulumi";
import { engines } from "../engines/engines";
import type { DatabaseServers } from "../servers";
import type { DatabaseEngine, DatabaseSpec } from "../spec";

/** How to reach a database as one of its users. */
export interface Connection {
    host: pulumi.Input<string>;
    port: number;
    database: string;
    username: string;
    password: pulumi.Input<string>;
}

/** The connection to the writer of a database, as one of its users. */
export function connectionTo(
    spec: Pick<DatabaseSpec, "port" | "databaseName">,
    { primaryAddress }: Pick<DatabaseServers, "primaryAddress">,
    username: string,
    password: pulumi.Input<string>,
): Connection {
    return { host: primaryAddress, port: spec.port, database: spec.databaseName, username, password };
}

/** What to give a client's connection pool, with the names that HikariCP has for it and the unit. */
export interface PoolSettings {
    /** Connections at most. */
    maximumPoolSize: number;
    /** Connections that stay open while there is nothing to do. */
    minimumIdle: number;
    /** How long a request waits for a connection. */
    connectionTimeoutMilliseconds: number;
    /** After how long without use a connection beyond `minimumIdle` is closed. */
    idleTimeoutMilliseconds: number;
    /** How old a connection gets before it is replaced. */
    maxLifetimeMilliseconds: number;
    /** After how long a connection that is not given back is reported. */
    leakDetectionThresholdMilliseconds: number;
}

const poolTimes = {
    connectionTimeoutMilliseconds: 30_000,
    idleTimeoutMilliseconds: 600_000,
    maxLifetimeMilliseconds: 1_800_000,
    leakDetectionThresholdMilliseconds: 60_000,
};

/** Recommended settings of a client's pools for the writer and for a reader. */
export const poolSettings = {
    writer: { maximumPoolSize: 20, minimumIdle: 5, ...poolTimes },
    reader: { maximumPoolSize: 15, minimumIdle: 3, ...poolTimes },
};

/** A URL such as `postgresql://…` that insists on TLS. It holds the password, so it is a secret. */
export function connectionUrl(engine: DatabaseEngine, connection: Connection): pulumi.Output<string> {
    const { scheme, tls } = engines[engine].url;
    const { host, port, database, username } = connection;
    const password = pulumi.output(connection.password).apply(encodeURIComponent);
    return pulumi.secret(pulumi.interpolate`${scheme}://${username}:${password}@${host}:${port}/${database}?${tls}`);
}
