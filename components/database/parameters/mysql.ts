import type { EngineParameter, EngineParameters } from "./table";

const manual = "https://dev.mysql.com/doc/refman/8.4/en";
const carried = "{DBInstanceClassMemory/12582880}";

/**
 * @see https://dev.mysql.com/doc/refman/8.4/en/encrypted-connection-protocols-ciphers.html
 * @see https://dev.mysql.com/doc/refman/8.4/en/native-pluggable-authentication.html
 */
const guarded = {
    tls_version: /^TLSv1\.[23](, ?TLSv1\.[23])*$/i,
    default_authentication_plugin: /^(caching_sha2|sha256)_password$/i,
    authentication_policy: /^(?!.*mysql_native_password)/i,
    mysql_native_password: /^(0|off)$/i,
};

/** What RDS and Aurora have in common. */
const slowQueries: readonly EngineParameter[] = [
    { name: "slow_query_log", value: "1", applies: "immediate", see: `${manual}/slow-query-log.html` },
    { name: "long_query_time", value: "1", applies: "immediate", see: `${manual}/slow-query-log.html` },
    {
        // CloudWatch is given files, not tables.
        name: "log_output",
        value: "FILE",
        applies: "pending-reboot",
        see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQL.LogFileSize.html",
    },
];

/**
 * The buffer pool is the server's to size: RDS has innodb_dedicated_server on.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.CommonDBATasks.Config.Size.8.4.html
 */
export const mysqlParameters: EngineParameters = {
    tls: "require_secure_transport",
    guarded,
    connectionsCarried: carried,
    parameters: [
        {
            name: "require_secure_transport",
            value: "1",
            applies: "pending-reboot",
            see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html",
        },
        {
            name: "max_connections",
            value: ({ maxConnections }) => `LEAST(${carried},${maxConnections})`,
            applies: "immediate",
            see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections",
        },
        ...slowQueries,
    ],
};

/**
 * Aurora sizes its buffer pool itself, to three quarters of an instance's memory.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html
 */
export const auroraMysqlParameters: EngineParameters = {
    tls: "require_secure_transport",
    guarded,
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections
    connectionsCarried:
        "GREATEST({log(DBInstanceClassMemory/805306368)*45},{log(DBInstanceClassMemory/8187281408)*1000})",
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
    serverlessConnections: (connections) => Math.max(connections, 90),
    parameters: [
        {
            name: "require_secure_transport",
            value: "1",
            applies: "pending-reboot",
            level: "cluster",
            see: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html#AuroraMySQL.Security.SSL",
        },
        {
            // A number, for AWS documents no formula inside another: that it is not over what the class carries is a rule.
            name: "max_connections",
            value: ({ maxConnections }) => String(maxConnections),
            applies: "immediate",
            see: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections",
        },
        ...slowQueries,
    ],
};
