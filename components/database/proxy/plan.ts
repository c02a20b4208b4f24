import { type Dialect, dialectOf, isAurora } from "../engines/engines";
import type { DatabaseSpec } from "../spec";
import type { DatabaseProxySpec } from "./spec";

/** What follows from a spec for its proxy and is not in it. */
export interface ProxyPlan {
    /** The port that it serves, whichever the database's is. */
    port: number;
    engineFamily: string;
    /** How clients prove to the proxy that they know a password. Whatever the database keeps of it, the proxy copes. */
    passwordAuthentication: string;
    /** Whether it has an endpoint that leads to the readers of a cluster. The read replicas of an instance have no proxy. */
    readers: boolean;
    /** What is set of the proxy itself, as RDS takes it. */
    settings: { idleClientTimeout: number; debugLogging: boolean };
    /** What is set of its pool, as RDS takes it. */
    pool: ConnectionPool;
}

export interface ConnectionPool {
    maxConnectionsPercent: number;
    maxIdleConnectionsPercent: number;
    connectionBorrowTimeout: number;
    sessionPinningFilters?: string[];
    initQuery?: string;
}

/**
 * What the proxies of each dialect are.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html#rds-proxy.limitations-pg
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html#rds-proxy.limitations-my
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_UserAuthConfig.html
 */
const families: Record<Dialect, Pick<ProxyPlan, "port" | "engineFamily" | "passwordAuthentication">> = {
    postgres: { port: 5432, engineFamily: "POSTGRESQL", passwordAuthentication: "POSTGRES_SCRAM_SHA_256" },
    mysql: { port: 3306, engineFamily: "MYSQL", passwordAuthentication: "MYSQL_CACHING_SHA2_PASSWORD" },
};

/** Decides how the proxy of a database is made; undefined where it has none. */
export function planProxy({ engine, readReplicas, proxy }: DatabaseSpec): ProxyPlan | undefined {
    if (!proxy) return undefined;
    return {
        ...families[dialectOf(engine)],
        readers: isAurora(engine) && readReplicas > 0,
        settings: { idleClientTimeout: proxy.idleClientTimeoutSeconds, debugLogging: proxy.debugLogging },
        pool: poolOf(proxy),
    };
}

/** The ports that a database serves: its servers', and its proxy's. */
export function databasePorts(spec: DatabaseSpec): number[] {
    return [...new Set([spec.port, planProxy(spec)?.port ?? spec.port])];
}

/** Whether clients reach read replicas past the proxy, which leads to the primary instance alone. */
export function readsPastProxy({ engine, readReplicas, proxy }: DatabaseSpec): boolean {
    return proxy !== undefined && !isAurora(engine) && readReplicas > 0;
}

function poolOf(proxy: DatabaseProxySpec): ConnectionPool {
    const { sessionPinningFilters, initQuery } = proxy;
    return {
        maxConnectionsPercent: proxy.maxConnectionsPercent,
        maxIdleConnectionsPercent: proxy.maxIdleConnectionsPercent,
        connectionBorrowTimeout: proxy.connectionBorrowTimeoutSeconds,
        ...(sessionPinningFilters.length > 0 && { sessionPinningFilters }),
        ...(initQuery !== undefined && { initQuery }),
    };
}
