import { databaseMajors } from "@plinth/facts";
import type { AuroraEngine, DatabaseEngine } from "../spec";

/** What an engine speaks, by which AWS's rotation functions, drivers and clients tell databases apart. */
export type Dialect = "postgres" | "mysql";

/** What differs from engine to engine. */
export interface Engine {
    /** What people call it. */
    label: string;
    dialect: Dialect;
    /** The oldest major version that the parameters, the users and the monitoring of a database are made for. */
    oldest: string;
    /** The logs that it writes and RDS can export. */
    logs: readonly string[];
    /** What a connection URL begins with, and what in it insists on TLS. */
    url: { scheme: string; tls: string };
    /** User names that RDS or the engine keeps for itself. */
    reservedUsers: RegExp;
    /** The most characters of a master user's name. */
    longestUser: number;
    /** Instance classes that have no Database Insights. */
    withoutInsights?: RegExp;
}

const postgres: Engine = {
    label: "PostgreSQL",
    dialect: "postgres",
    oldest: "13",
    logs: ["postgresql", "upgrade"],
    url: { scheme: "postgresql", tls: "sslmode=require" },
    reservedUsers: /^(admin|rdsadmin|rdsproxyadmin|rdsrepladmin|rds_superuser|pg_.*)$/i,
    longestUser: 63,
};

const mysql: Engine = {
    label: "MySQL",
    dialect: "mysql",
    oldest: "8.0",
    logs: ["error", "slowquery"],
    url: { scheme: "mysql", tls: "ssl-mode=REQUIRED" },
    reservedUsers: /^(rdsadmin|rdsproxyadmin|rdsrepladmin|root|mysql\..*)$/i,
    longestUser: 16,
    withoutInsights: /^db\.(t2|t3|t4g)\.(micro|small)$/,
};

/**
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html
 */
export const engines: Record<DatabaseEngine, Engine> = {
    postgres,
    mysql,
    "aurora-postgresql": { ...postgres, label: "Aurora PostgreSQL", logs: ["postgresql"] },
    "aurora-mysql": {
        ...mysql,
        label: "Aurora MySQL",
        withoutInsights: /^db\.(t2|t3|t4g\.(micro|small)$)/,
    },
};

/** The major versions of an engine that RDS creates, oldest first: in standard support, or in extended support for a price. */
export function majorVersions(engine: DatabaseEngine, support: "standard" | "extended"): string[] {
    const oldest = Number(engines[engine].oldest);
    return databaseMajors(engine, support).filter((major) => Number(major) >= oldest);
}

/** What an engine speaks. */
export function dialectOf(engine: DatabaseEngine): Dialect {
    return engines[engine].dialect;
}

/** Whether an engine is of the kind that makes a cluster. */
export function isAurora(engine: DatabaseEngine): engine is AuroraEngine {
    return engine.startsWith("aurora-");
}

/** Whether an instance of that class has Database Insights. */
export function hasInsights({ engine, instanceClass }: { engine: DatabaseEngine; instanceClass: string }): boolean {
    return !engines[engine].withoutInsights?.test(instanceClass);
}
