/** Classes of statements that pin a client to one connection of the proxy's, and can be taken out of that. */
export type SessionPinningFilter = "EXCLUDE_VARIABLE_SETS";

/**
 * How RDS Proxy pools the connections of a database's clients. It lends a connection for a transaction at a time, so that
 * many clients share few; what only holds for a session (`SET`, temporary tables, …) pins its client to one.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ConnectionPoolConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html
 */
export interface DatabaseProxySpec {
    /**
     * Percentage of the database's `maxConnections` that the proxy opens at most, 1 to 100. The rest is for what connects to
     * the server itself: migrations, the rotation of passwords, people.
     * @default 50
     * @remarks Updated in place.
     */
    maxConnectionsPercent: number;
    /**
     * Percentage of the database's `maxConnections` that the proxy keeps open while nobody uses them, 0 to
     * `maxConnectionsPercent`.
     * @default 25
     * @remarks Updated in place.
     */
    maxIdleConnectionsPercent: number;
    /**
     * Seconds that a client waits for a connection while all are in use, 0 to 300. Then it gets an error.
     * @default 120
     * @remarks Updated in place.
     */
    connectionBorrowTimeoutSeconds: number;
    /**
     * Seconds after which the proxy closes a client's connection that is not used, 1 to 28800: eight hours.
     * @default 1800
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connections.html
     */
    idleClientTimeoutSeconds: number;
    /**
     * What does not pin a client to one connection although it changes the session: `EXCLUDE_VARIABLE_SETS` for the
     * setting of variables. Only where no statement relies on what was set. PostgreSQL has none.
     * @default none
     * @remarks Updated in place.
     */
    sessionPinningFilters: SessionPinningFilter[];
    /**
     * SQL that the proxy runs on each connection that it opens, such as `SET time_zone = '+00:00'`; several statements with
     * semicolons between them. Whoever may look at the proxy can read it.
     * @default none
     * @remarks Updated in place, for connections from then on.
     */
    initQuery?: string;
    /**
     * Whether the proxy writes the SQL of its clients into its log, values and all. Only while looking for something.
     * @default false
     * @remarks Updated in place.
     */
    debugLogging: boolean;
}
