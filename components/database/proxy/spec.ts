import type { z } from "zod";
import { byDefault, enumOf, flag, listOf, settings, text, whole } from "../../settings";

/**
 * How RDS Proxy pools the connections of a database's clients. It lends a connection for a transaction at a time, so that
 * many clients share few; what only holds for a session (`SET`, temporary tables, …) pins its client to one.
 *
 * The defaults are for prod's two hundred connections: it opens a hundred at most and keeps half of those open, and clients
 * wait as long as with PgBouncer.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ConnectionPoolConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html
 */
export const databaseProxySettings = settings({
    /**
     * Percentage of the database's `maxConnections` that the proxy opens at most. The rest is for what connects to the server
     * itself: migrations, the rotation of passwords, people.
     * @remarks Updated in place.
     */
    maxConnectionsPercent: whole(1, 100).meta(byDefault(50)),
    /**
     * Percentage of the database's `maxConnections` that the proxy keeps open while nobody uses them, `maxConnectionsPercent`
     * at most.
     * @remarks Updated in place.
     */
    maxIdleConnectionsPercent: whole(0, 100).meta(byDefault(25)),
    /**
     * Seconds that a client waits for a connection while all are in use. Then it gets an error.
     * @remarks Updated in place.
     */
    connectionBorrowTimeoutSeconds: whole(0, 300).meta(byDefault(120)),
    /**
     * Seconds after which the proxy closes a client's connection that is not used; eight hours at most.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connections.html
     */
    idleClientTimeoutSeconds: whole(1, 28_800).meta(byDefault(1800)),
    /**
     * What does not pin a client to one connection although it changes the session: `EXCLUDE_VARIABLE_SETS` for the
     * setting of variables. Only where no statement relies on what was set. PostgreSQL has none.
     * @remarks Updated in place.
     */
    sessionPinningFilters: listOf(enumOf(["EXCLUDE_VARIABLE_SETS"], "a filter of RDS Proxy")).meta(byDefault([])),
    /**
     * SQL that the proxy runs on each connection that it opens, such as `SET time_zone = '+00:00'`; several statements with
     * semicolons between them. Whoever may look at the proxy can read it.
     * @remarks Updated in place, for connections from then on.
     */
    initQuery: text("SQL").optional(),
    /**
     * Whether the proxy writes the SQL of its clients into its log, values and all. Only while looking for something.
     * @remarks Updated in place.
     */
    debugLogging: flag().meta(byDefault(false)),
});

export type DatabaseProxySpec = z.output<typeof databaseProxySettings>;

/** Classes of statements that do not pin a client to one connection. */
export type SessionPinningFilter = DatabaseProxySpec["sessionPinningFilters"][number];
