import type { EngineParameter, EngineParameters } from "./table";

const manual = "https://www.postgresql.org/docs/current";
const carried = "{DBInstanceClassMemory/9531392}";

/** @see https://www.postgresql.org/docs/current/runtime-config-connection.html */
const guarded = {
    ssl: /^(1|on|true|yes)$/i,
    ssl_min_protocol_version: /^TLSv1\.[23]$/i,
    ssl_max_protocol_version: /^TLSv1\.[23]$/i,
    password_encryption: /^scram-sha-256$/i,
    "rds.accepted_password_auth_method": /^scram$/i,
};

/** What RDS and Aurora have in common. */
const librariesAndConnections: readonly EngineParameter[] = [
    {
        name: "shared_preload_libraries",
        value: "pg_stat_statements,auto_explain",
        applies: "pending-reboot",
        see: `${manual}/runtime-config-client.html`,
    },
    {
        name: "max_connections",
        // The class carries what RDS's own default gives it, however many are asked for.
        value: ({ maxConnections }) => `LEAST(${carried},${maxConnections})`,
        applies: "pending-reboot",
        see: "https://docs.aws.amazon.com/prescriptive-guidance/latest/tuning-postgresql-parameters/max-connections.html",
    },
];
const statistics: readonly EngineParameter[] = [
    {
        name: "default_statistics_target",
        value: "100",
        applies: "immediate",
        see: `${manual}/runtime-config-query.html`,
    },
    {
        name: "log_statement",
        value: "mod",
        applies: "immediate",
        see: `${manual}/runtime-config-logging.html`,
    },
    {
        name: "log_min_duration_statement",
        value: "1000",
        unit: "ms",
        applies: "immediate",
        see: `${manual}/runtime-config-logging.html`,
    },
    {
        name: "auto_explain.log_min_duration",
        value: "1000",
        unit: "ms",
        applies: "immediate",
        see: `${manual}/auto-explain.html`,
    },
];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html */
export const postgresParameters: EngineParameters = {
    tls: "rds.force_ssl",
    guarded,
    connectionsCarried: carried,
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
            when: ({ blueGreenUpdates, allowMajorVersionUpgrade }) =>
                blueGreenUpdates === true && allowMajorVersionUpgrade,
            applies: "pending-reboot",
            see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments-replication-type.html",
            onlyRds: true,
        },
        ...librariesAndConnections,
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
            see: `${manual}/runtime-config-wal.html`,
        },
        ...statistics,
    ],
};

/**
 * Aurora sizes its memory itself: three quarters of an instance's go to the pages, of which the operating system keeps no copy.
 * It has no checkpoints either, for its storage takes the log.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html#AuroraPostgreSQL.Managing.MaxConnections
 */
export const auroraPostgresParameters: EngineParameters = {
    tls: "rds.force_ssl",
    guarded,
    connectionsCarried: `LEAST(${carried},5000)`,
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
    serverlessConnections: (connections, { minimumAcu }) =>
        minimumAcu > 0.5 ? connections : Math.min(connections, 2000),
    parameters: [
        {
            name: "rds.force_ssl",
            value: "1",
            applies: "pending-reboot",
            level: "cluster",
            see: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html#AuroraPostgreSQL.Security.SSL",
            onlyRds: true,
        },
        ...librariesAndConnections,
        ...statistics,
    ],
};
