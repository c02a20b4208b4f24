import * as pulumi from "@pulumi/pulumi";

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

/** A `postgresql://` URL that insists on TLS. It holds the password, so it is a secret. */
export function connectionUrl(connection: Connection): pulumi.Output<string> {
    const { host, port, database, username } = connection;
    const password = pulumi.output(connection.password).apply(encodeURIComponent);
    return pulumi.secret(
        pulumi.interpolate`postgresql://${username}:${password}@${host}:${port}/${database}?sslmode=require`,
    );
}
