import * as pulumi from "@pulumi/pulumi";
import { engines } from "../engines/engines";
import type { DatabaseEngine } from "../spec";

/** How to reach a database as one of its users. */
export interface Connection {
    host: pulumi.Input<string>;
    port: number;
    database: string;
    username: string;
    password: pulumi.Input<string>;
}

/** Sizes of a client's connection pool, in connections. */
export interface PoolSettings {
    maximumPoolSize: number;
    minimumIdle: number;
}

/** What to give a client's pool for the writer and for a reader. */
export const poolSettings = {
    writer: { maximumPoolSize: 20, minimumIdle: 5 },
    reader: { maximumPoolSize: 15, minimumIdle: 3 },
};

/** A URL such as `postgresql://…` that insists on TLS. It holds the password, so it is a secret. */
export function connectionUrl(engine: DatabaseEngine, connection: Connection): pulumi.Output<string> {
    const { scheme, tls } = engines[engine].url;
    const { host, port, database, username } = connection;
    const password = pulumi.output(connection.password).apply(encodeURIComponent);
    return pulumi.secret(pulumi.interpolate`${scheme}://${username}:${password}@${host}:${port}/${database}?${tls}`);
}
