import { evaluate } from "./formula";
import { memoryOf } from "./instance-classes";
import type { DatabaseEngine, DatabaseSpec } from "./spec";

/** A parameter as a parameter group takes it. */
export interface DatabaseParameter {
    name: string;
    value: string;
    applyMethod: "immediate" | "pending-reboot";
}

/** One line of an engine's table. */
export interface EngineParameter {
    name: string;
    /** In the unit that RDS takes, which is the server's own and never written: a number, a word or a formula of RDS's. */
    value: string | ((spec: ParameterChoices) => string);
    /** The unit of the number, as the server's `pg_settings` names it. */
    unit?: "8kB" | "kB" | "ms";
    /** Set where only some databases want it. */
    when?: (spec: ParameterChoices) => boolean;
    /**
     * When a change takes effect. Static parameters wait for a restart. So do those whose value is also RDS's default:
     * RDS reports these as `pending-reboot` whatever was asked for, which would be a difference at every preview.
     */
    applies: "immediate" | "pending-reboot";
    /** Where the parameter is described. */
    see: string;
    /** Set where RDS knows the parameter and the server itself does not. */
    onlyRds?: true;
}

/** What an engine's parameters are made from. */
interface EngineParameters {
    /** The parameter that refuses connections without TLS. It can't be overridden. */
    tls: string;
    /** How many connections the engine's own default gives to an instance class. */
    connectionsCarried: string;
    parameters: readonly EngineParameter[];
}

const mysqlManual = "https://dev.mysql.com/doc/refman/8.4/en";
const carriedByMysql = "{DBInstanceClassMemory/12582880}";
const postgresManual = "https://www.postgresql.org/docs/current";
const carriedByPostgres = "{DBInstanceClassMemory/9531392}";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html */
export const engineParameters: Record<DatabaseEngine, EngineParameters> = {
    postgres: {
        tls: "rds.force_ssl",
        connectionsCarried: carriedByPostgres,
        parameters: [
            {
                name: "rds.force_ssl",
                value: "1",
                applies: "pending-reboot",
                see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
                onlyRds: true,
            },
            {
                // Over major versions, the copy follows the database by logical replication.
                name: "rds.logical_replication",
                value: "1",
                when: ({ blueGreenUpdates, allowMajorVersionUpgrade }) => blueGreenUpdates && allowMajorVersionUpgrade,
                applies: "pending-reboot",
                see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments-replication-type.html",
                onlyRds: true,
            },
            {
                name: "shared_preload_libraries",
                value: "pg_stat_statements,auto_explain",
                applies: "pending-reboot",
                see: `${postgresManual}/runtime-config-client.html`,
            },
            {
                name: "max_connections",
                // The class carries what RDS's own default gives it, however many are asked for.
                value: ({ maxConnections }) => `LEAST(${carriedByPostgres},${maxConnections})`,
                applies: "pending-reboot",
                see: "https://docs.aws.amazon.com/prescriptive-guidance/latest/tuning-postgresql-parameters/max-connections.html",
            },
            {
                // A quarter of the memory.
                name: "shared_buffers",
                value: "{DBInstanceClassMemory/32768}",
                unit: "8kB",
                applies: "pending-reboot",
                see: "https://docs.aws.amazon.com/prescriptive-guidance/latest/tuning-postgresql-parameters/shared-buffers.html",
            },
            {
                // Half of the memory: the server's pages and the operating system's together.
                name: "effective_cache_size",
                value: "{DBInstanceClassMemory/16384}",
                unit: "8kB",
                applies: "pending-reboot",
                see: "https://docs.aws.amazon.com/prescriptive-guidance/latest/tuning-postgresql-parameters/effective-cache-size.html",
            },
            {
                // 64 MiB, and a sixtieth of the memory where that is more.
                name: "maintenance_work_mem",
                value: "GREATEST({DBInstanceClassMemory*1024/63963136},65536)",
                unit: "kB",
                applies: "pending-reboot",
                see: "https://docs.aws.amazon.com/prescriptive-guidance/latest/tuning-postgresql-parameters/maintenance-work-mem.html",
            },
            {
                name: "checkpoint_completion_target",
                value: "0.9",
                applies: "pending-reboot",
                see: `${postgresManual}/runtime-config-wal.html`,
            },
            {
                name: "default_statistics_target",
                value: "100",
                applies: "immediate",
                see: `${postgresManual}/runtime-config-query.html`,
            },
            {
                name: "log_statement",
                value: "mod",
                applies: "immediate",
                see: `${postgresManual}/runtime-config-logging.html`,
            },
            {
                name: "log_min_duration_statement",
                value: "1000",
                unit: "ms",
                applies: "immediate",
                see: `${postgresManual}/runtime-config-logging.html`,
            },
            {
                name: "auto_explain.log_min_duration",
                value: "1000",
                unit: "ms",
                applies: "immediate",
                see: `${postgresManual}/auto-explain.html`,
            },
        ],
    },
    // The buffer pool is the server's to size: RDS has innodb_dedicated_server on.
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.CommonDBATasks.Config.Size.8.4.html
    mysql: {
        tls: "require_secure_transport",
        connectionsCarried: carriedByMysql,
        parameters: [
            {
                name: "require_secure_transport",
                value: "1",
                applies: "pending-reboot",
                see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html",
            },
            {
                name: "max_connections",
                value: ({ maxConnections }) => `LEAST(${carriedByMysql},${maxConnections})`,
                applies: "immediate",
                see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections",
            },
            { name: "slow_query_log", value: "1", applies: "immediate", see: `${mysqlManual}/slow-query-log.html` },
            { name: "long_query_time", value: "1", applies: "immediate", see: `${mysqlManual}/slow-query-log.html` },
            {
                // CloudWatch is given files, not tables.
                name: "log_output",
                value: "FILE",
                applies: "pending-reboot",
                see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQL.LogFileSize.html",
            },
        ],
    },
};

/** What decides a database's parameters. */
export type ParameterChoices = Pick<
    DatabaseSpec,
    "engine" | "maxConnections" | "parameters" | "blueGreenUpdates" | "allowMajorVersionUpgrade"
>;

/** The parameters of a database: its engine's, under those that its spec adds or overrides. */
export function parametersOf(spec: ParameterChoices): DatabaseParameter[] {
    const own = { ...spec.parameters };
    const table = engineParameters[spec.engine].parameters.filter(({ when }) => when?.(spec) ?? true);
    const fromTable = table.map(({ name, value, applies }): DatabaseParameter => {
        const standard = typeof value === "string" ? value : value(spec);
        const given = own[name];
        delete own[name];
        return { name, value: given ?? standard, applyMethod: applies };
    });
    // RDS takes pending-reboot for any parameter, and whether one of the user's is static is not known here.
    const added = Object.entries(own).map(
        ([name, value]): DatabaseParameter => ({ name, value, applyMethod: "pending-reboot" }),
    );
    return [...fromTable, ...added];
}

/** How many connections an instance class carries at most, or undefined for a class whose memory is not known. */
export function connectionsCarried({
    engine,
    instanceClass,
}: Pick<DatabaseSpec, "engine" | "instanceClass">): number | undefined {
    const memory = memoryOf(instanceClass);
    if (memory === undefined) return undefined;
    return evaluate(engineParameters[engine].connectionsCarried, { DBInstanceClassMemory: memory });
}
