import type { Example, Figure } from "../example";
import { actions, admitted, egressOf, graphs, logGroup, parameter, secretFields, span, threshold, yes } from "../read";
import type { StackView } from "../stack-view";

const server = "database-primary";
const group = "database-parameter-group";
const own = "the application's own";

function replicas(stack: StackView): string[] {
    return stack.named("aws:rds/instance:Instance").filter((name) => name.startsWith("database-replica-"));
}

/** What is the same on every replica, or `none` where there is none. */
function ofReplicas(stack: StackView, key: string): string {
    const values = new Set(replicas(stack).map((name) => stack.text(name, key)));
    return values.size === 0 ? "none" : [...values].join(", ");
}

function rules(stack: StackView, direction: "ingress" | "egress"): string {
    return stack
        .list("network-isolated-acl", direction)
        .map(({ ruleNo, fromPort, toPort, cidrBlock }) => {
            const ports = fromPort === toPort ? fromPort : `${fromPort}-${toPort}`;
            return `${ruleNo}: ${ports} of ${cidrBlock}`;
        })
        .join(", ");
}

const instances: Figure[] = [
    {
        what: "class",
        says: ["db.t3.micro", "db.t3.small", "db.r6g.large"],
        makes: (stack) => stack.text(server, "instanceClass"),
    },
    { what: "storage in GB", says: ["20", "100", "500"], makes: (stack) => stack.text(server, "allocatedStorage") },
    {
        what: "storage grows to, in GB",
        says: ["100", "500", "2000"],
        makes: (stack) => stack.text(server, "maxAllocatedStorage"),
    },
    { what: "type of storage", says: ["gp3", "gp3", "io1"], makes: (stack) => stack.text(server, "storageType") },
    { what: "IOPS", says: ["none", "none", "3000"], makes: (stack) => stack.text(server, "iops") },
    {
        what: "standby in another zone",
        says: ["no", "yes", "yes"],
        makes: (stack) => yes(stack.value(server, "multiAz")),
    },
    { what: "days of backups", says: ["1", "7", "30"], makes: (stack) => stack.text(server, "backupRetentionPeriod") },
    { what: "replicas", says: ["0", "1", "2"], makes: (stack) => String(replicas(stack).length) },
    {
        what: "class of the replicas",
        says: ["none", "db.t3.small", "db.r6g.large"],
        makes: (stack) => ofReplicas(stack, "instanceClass"),
    },
    {
        what: "zones of the replicas",
        says: ["none", "the second", "the second and third"],
        makes: (stack) =>
            replicas(stack)
                .map((name) => stack.text(name, "availabilityZone"))
                .join(", ") || "none",
        because: "the same, by name",
    },
    {
        what: "uses of the replicas",
        says: "analyses, reports, backups",
        because:
            "one secret for reading, with the hosts of all replicas; who reads from which is for the applications to say",
    },
    {
        what: "seconds of Enhanced Monitoring",
        says: ["0", "60", "60"],
        makes: (stack) => stack.text(server, "monitoringInterval"),
    },
    {
        what: "encryption",
        says: ["basic", "standard", "advanced"],
        makes: (stack) =>
            stack.value(server, "storageEncrypted") === true && stack.value(server, "kmsKeyId") !== undefined
                ? "a key of its own"
                : "none",
        because: "the document does not say what these are",
    },
    {
        what: "identifier",
        says: ["accessweaver-dev-primary", "accessweaver-staging-primary", "accessweaver-prod-primary"],
        makes: (stack) => stack.text(server, "identifier"),
        because: "names are of project, stack and component",
    },
    {
        what: "identifiers of the replicas",
        says: ["none", "accessweaver-staging-replica-1", "accessweaver-prod-replica-1 and 2"],
        makes: (stack) => ofReplicas(stack, "identifier"),
        because: "the same",
    },
    {
        what: "engine",
        says: "15.4",
        makes: (stack) => stack.text(server, "engineVersion"),
        because: "15.4 can no longer be created; the major version is named and AWS chooses the minor one",
    },
    {
        what: "database and user",
        says: "accessweaver, accessweaver_admin",
        makes: (stack) => `${stack.text(server, "dbName")}, ${stack.text(server, "username")}`,
    },
    { what: "port", says: "5432", makes: (stack) => stack.text(server, "port") },
    {
        what: "reachable from the internet",
        says: "no",
        makes: (stack) => yes(stack.value(server, "publiclyAccessible")),
    },
    {
        what: "backup window",
        says: ["03:00-04:00", "03:00-04:00", "02:00-03:00"],
        makes: (stack) => stack.text(server, "backupWindow"),
    },
    {
        what: "maintenance window",
        says: ["sun:04:00-sun:05:00", "sun:04:00-sun:05:00", "sun:03:00-sun:04:00"],
        makes: (stack) => stack.text(server, "maintenanceWindow"),
    },
    { what: "logs", says: "postgresql, upgrade", makes: (stack) => stack.text(server, "enabledCloudwatchLogsExports") },
    {
        what: "log groups",
        says: "RDS's own",
        makes: (stack) => logGroup(stack, "database-monitoring-logs-primary-postgresql"),
        because: "what RDS makes itself is kept for ever and not encrypted with a key of one's own",
    },
    {
        what: "Performance Insights",
        says: ["no", "yes", "yes"],
        makes: (stack) => yes(stack.value(server, "performanceInsightsEnabled")),
    },
    {
        what: "days of Performance Insights",
        says: ["none", "7", "731"],
        makes: (stack) => stack.text(server, "performanceInsightsRetentionPeriod"),
        because: "Database Insights took its place: its advanced mode has 465 days",
    },
    {
        what: "Performance Insights of the replicas",
        says: ["none", "false", "true"],
        makes: (stack) => ofReplicas(stack, "performanceInsightsEnabled"),
        because: "a replica is watched as its primary is",
    },
    {
        what: "deletion protection",
        says: ["no", "no", "yes"],
        makes: (stack) => yes(stack.value(server, "deletionProtection")),
    },
    {
        what: "final snapshot",
        says: ["no", "no", "yes"],
        makes: (stack) => yes(stack.value(server, "skipFinalSnapshot") === false),
    },
    {
        what: "its name",
        says: ["none", "none", "accessweaver-prod-final-snapshot-(time)"],
        makes: (stack) => stack.text(server, "finalSnapshotIdentifier"),
        because: "a time in the name is a change in every preview",
    },
    {
        what: "minor versions by themselves",
        says: ["yes", "yes", "no"],
        makes: (stack) => yes(stack.value(server, "autoMinorVersionUpgrade")),
    },
    {
        what: "tag Backup",
        says: ["required", "required", "critical"],
        makes: (stack) => stack.text(server, "tags", "Backup"),
    },
    {
        what: "tag Environment",
        says: ["dev", "staging", "production"],
        makes: (stack) => stack.text(server, "tags", "Environment"),
    },
    {
        what: "tag Monitoring",
        says: ["none", "none", "enhanced"],
        makes: (stack) => stack.text(server, "tags", "Monitoring"),
    },
    {
        what: "tag Type of the replicas",
        says: ["none", "read-replica", "read-replica"],
        makes: (stack) => (replicas(stack)[0] ? stack.text(replicas(stack)[0] ?? "", "tags", "Type") : "none"),
        because: "tags are of the stack; a replica is told by its name",
    },
    {
        what: "role that writes Enhanced Monitoring",
        says: ["no", "yes", "yes"],
        makes: (stack) => yes(stack.has("database-monitoring-role")),
    },
];

const parameters: Figure[] = [
    { what: "family", says: "postgres15", makes: (stack) => stack.text(group, "family") },
    ...(
        [
            ["shared_preload_libraries", "pg_stat_statements,auto_explain"],
            ["log_statement", "mod"],
            ["log_min_duration_statement", "1000"],
            ["checkpoint_completion_target", "0.9"],
            ["default_statistics_target", "100"],
        ] as const
    ).map(([what, says]): Figure => ({ what, says, makes: (stack) => parameter(stack, group, what) })),
    {
        what: "max_connections",
        says: ["100", "100", "200"],
        makes: (stack) => parameter(stack, group, "max_connections"),
        because: "the same, but never more than the class has memory for",
    },
    {
        what: "shared_buffers",
        says: ["128MB", "128MB", "256MB"],
        makes: (stack) => parameter(stack, group, "shared_buffers"),
        because: "RDS counts pages of 8 KiB and refuses units; a quarter of the class' memory",
    },
    {
        what: "effective_cache_size",
        says: ["512MB", "512MB", "1GB"],
        makes: (stack) => parameter(stack, group, "effective_cache_size"),
        because: "in pages too; half of the class' memory",
    },
    {
        what: "maintenance_work_mem",
        says: "64MB",
        makes: (stack) => parameter(stack, group, "maintenance_work_mem"),
        because: "in KiB; as much, and more where the class has more memory",
    },
    {
        what: "wal_buffers",
        says: "16MB",
        makes: (stack) => parameter(stack, group, "wal_buffers"),
        because: "PostgreSQL's own choice is a 32nd of shared_buffers, and 16 MB at most",
    },
    {
        what: "row_security",
        says: "on",
        makes: (stack) => parameter(stack, group, "row_security"),
        because: "PostgreSQL's default is on",
    },
    {
        what: "TLS",
        says: "not said",
        makes: (stack) => parameter(stack, group, "rds.force_ssl"),
        because: "forced: passwords and data would else cross the network in plain text",
    },
];

const security: Figure[] = [
    {
        what: "subnets",
        says: "private",
        makes: (stack) =>
            stack.list("database-subnet-group", "subnetIds").length > 1 &&
            stack.count("aws:ec2/natGateway:NatGateway") === 0
                ? "isolated"
                : "private",
        because: "without a route out at all",
    },
    { what: "into the database", says: "5432 from client-group", makes: (stack) => admitted(stack, "database-access") },
    {
        what: "out of the database",
        says: "everything; in the second version nothing",
        makes: (stack) => egressOf(stack, "database-access"),
        because: "as the second version has it",
    },
    {
        what: "clients may go to",
        says: "5432 of 0.0.0.0/0",
        makes: (stack) =>
            `${stack.text("database-access-client-egress", "fromPort")} of ${stack.value("database-access-client-egress", "cidrIpv4") ?? "the database's group"}`,
        because: "nobody needs that port elsewhere",
    },
    {
        what: "network ACL: in",
        says: "100: 5432 of 10.0.0.0/16",
        makes: (stack) => rules(stack, "ingress"),
        because: "and the answers among the database's own subnets, which replication needs",
    },
    { what: "network ACL: out", says: "100: 1024-65535 of 10.0.0.0/16", makes: (stack) => rules(stack, "egress") },
    {
        what: "characters of the password",
        says: "32",
        makes: (stack) => stack.text("database-master-password", "length"),
    },
    {
        what: "days until a deleted secret is gone",
        says: ["0", "0", "30"],
        makes: (stack) => stack.text("database-master-credentials-secret", "recoveryWindowInDays"),
        because: "a week in staging, for what is deleted by mistake",
    },
    {
        what: "master secret",
        says: "username, password",
        makes: (stack) => secretFields(stack, "database-master-credentials-value"),
        because: "a secret is enough to connect, and the rotation needs its fields",
    },
    {
        what: "application's secret",
        says: "username, password, host, port, dbname, engine",
        makes: (stack) => secretFields(stack, "database-application-credentials-value"),
        because: "the same fields, and the replicas'",
    },
    {
        what: "secret for reading",
        says: "username, password, hosts, port, dbname, engine",
        makes: (stack) => secretFields(stack, "database-read-only-credentials-value"),
        because: "`replicaHosts` in the place of `hosts`",
    },
    {
        what: "users",
        says: "accessweaver_app, accessweaver_readonly",
        makes: (stack) =>
            ["application", "read-only"]
                .map(
                    (user) =>
                        (stack.json(`database-${user}-credentials-value`, "secretString") as { username: string })
                            .username,
                )
                .join(", "),
    },
    {
        what: "secrets that rotate",
        says: ["0", "0", "1"],
        makes: (stack) => String(stack.count("aws:secretsmanager/secretRotation:SecretRotation")),
        because: "all three",
    },
    {
        what: "rotates every, in days",
        says: ["never", "never", "30"],
        makes: (stack) =>
            stack.has("database-rotation-application")
                ? stack.text("database-rotation-application", "rotationRules", "automaticallyAfterDays")
                : "never",
    },
    {
        what: "key policy",
        says: "the account and rds.amazonaws.com",
        makes: (stack) => principals(stack),
        because: "RDS uses a key by a grant of whoever creates the database, so it needs no statement",
    },
    {
        what: "key's alias",
        says: ["alias/accessweaver-dev-rds", "alias/accessweaver-staging-rds", "alias/accessweaver-prod-rds"],
        makes: (stack) => stack.text("database-encryption-alias", "name"),
        because: "the name of what it encrypts",
    },
    {
        what: "special characters of passwords",
        says: "Terraform's",
        makes: (stack) => stack.text("database-master-password", "overrideSpecial"),
        because: "RDS refuses some of the others",
    },
    {
        what: "rotates",
        says: ["not", "not", "by a function of one's own"],
        makes: (stack) =>
            stack.has("database-rotation-function") ? "by AWS's function, in the private subnets" : "not",
        because: "AWS publishes one in its serverless repository",
    },
    {
        what: "key rotates",
        says: "not said",
        makes: (stack) => yes(stack.value("database-encryption-key", "enableKeyRotation")),
        because: "AWS's own keys do so too",
    },
];

/** Settings for a pool of connections, from the stack's outputs. */
function pool(stack: StackView, kind: string, ...keys: string[]): string {
    return keys.map((key) => String(stack.output("database", "poolSettings", kind, key))).join(", ");
}

function principals(stack: StackView): string {
    const { Statement: statements } = stack.json("database-encryption-key", "policy") as {
        Statement: { Principal: Record<string, string> }[];
    };
    return statements
        .map(({ Principal: one }) => (one.AWS?.endsWith(":root") ? "the account" : one.Service))
        .join(" and ");
}

const performance: Figure[] = [
    {
        what: "pool of connections",
        says: "PgBouncer, by transaction",
        makes: (stack) => (stack.has("database-proxy") ? "RDS Proxy" : "none"),
        because: "prod has RDS Proxy, which AWS runs; it always pools by transaction",
    },
    {
        what: "connections to the server",
        says: "100",
        makes: (stack) =>
            stack.has("database-proxy-pool")
                ? `${stack.text("database-proxy-pool", "connectionPoolConfig", "maxConnectionsPercent")} %`
                : "none",
        because: "half of 200",
    },
    { what: "connections of clients", says: "1000", because: "RDS Proxy has no such limit" },
    {
        what: "pool for writing: most, least",
        says: "20, 5",
        makes: (stack) => pool(stack, "writer", "maximumPoolSize", "minimumIdle"),
    },
    {
        what: "pool for reading: most, least",
        says: "15, 3",
        makes: (stack) => pool(stack, "reader", "maximumPoolSize", "minimumIdle"),
    },
    {
        what: "times of a connection in ms: wait, idle, life, leak",
        says: "30000, 600000, 1800000, 60000",
        makes: (stack) =>
            pool(
                stack,
                "writer",
                "connectionTimeoutMilliseconds",
                "idleTimeoutMilliseconds",
                "maxLifetimeMilliseconds",
                "leakDetectionThresholdMilliseconds",
            ),
    },
    { what: "Hibernate, Caffeine, Redis as a second cache, metrics", says: "in the application", because: own },
    {
        what: "replicas by load",
        says: ["no", "no", "2 to 5 at 70 % CPU"],
        because: "RDS scales only the readers of Aurora: `engine: aurora-postgresql` has that by default in prod",
    },
];

const monitoring: Figure[] = [
    {
        what: "alarm on CPU",
        says: ["above 90", "above 90", "above 80"],
        makes: (stack) => threshold(stack, "database-primary-database-cpu-high"),
    },
    {
        what: "how long",
        says: "2 × 300 s",
        makes: (stack) => span(stack, "database-primary-database-cpu-high"),
        because: "five minutes by the minute: AWS recommends it, and it fires in half the time",
    },
    { what: "told of", says: "alarm and ok", makes: (stack) => actions(stack, "database-primary-database-cpu-high") },
    {
        what: "alarm on connections",
        says: ["above 80", "above 80", "above 150"],
        makes: (stack) => threshold(stack, "database-primary-database-connections-high"),
    },
    {
        what: "alarms in all",
        says: "2",
        makes: (stack) => String(stack.count("aws:cloudwatch/metricAlarm:MetricAlarm")),
        because: "those that AWS recommends besides, on every server",
    },
    {
        what: "dashboard",
        says: "CPU, connections, memory, latency",
        makes: (stack) => graphs(stack, "database").slice(1, 8).join(", "),
        because: "these and more, with the alarms' thresholds as lines",
    },
    {
        what: "whom alarms tell",
        says: ["platform@accessweaver.com", "platform@accessweaver.com", "dba-oncall@accessweaver.com"],
        makes: (stack) =>
            stack
                .named("aws:sns/topicSubscription:TopicSubscription")
                .map((name) => stack.text(name, "endpoint"))
                .join(", "),
    },
];

const levels: Figure[] = [
    {
        what: "time of a query, 95 of 100",
        says: ["50 ms", "20 ms", "10 ms"],
        makes: (stack) =>
            `above ${Number(stack.text("observability-database-primary-database-read-latency-high", "threshold")) * 1000} ms a read`,
        because:
            "CloudWatch has the time of a read from storage, not of a query; slow statements are in Database Insights and in the log",
    },
    {
        what: "requests a second",
        says: ["100", "1,000", "10,000"],
        because: "to be measured by a load test, and never was here",
    },
    {
        what: "availability",
        says: ["99.0 %", "99.5 %", "99.95 %"],
        because:
            "of the services: a stack with a load balancer has an alarm on the same levels (`observability.loadBalancer`)",
    },
    {
        what: "minutes to repair",
        says: ["10", "5", "2"],
        because: "what people do; the runbook of each alarm says what",
    },
    {
        what: "time to restore",
        says: ["1 h", "30 min", "15 min"],
        because: "AWS's, and longer the more data there is; nothing here has measured it",
    },
    {
        what: "notification at 150 connections, at 80 % CPU",
        says: "level 1",
        because: "as the alarms above; `severity` in each one's description",
    },
    { what: "levels 2 and 3, phases, training", says: "who is called, and when", because: "a team's own" },
];

export const accessweaverDatabase: Example = {
    name: "accessweaver-database",
    system: "the PostgreSQL database of AccessWeaver, without a cluster",
    stacks: ["dev", "staging", "prod"],
    sections: {
        "Environments and the instance": instances,
        "Parameter group": parameters,
        "Security and secrets": security,
        "Performance and scaling": performance,
        Monitoring: monitoring,
        "Success metrics and escalation": levels,
    },
    variables: {
        environment: "tier",
        vpc_id: "network.existing.vpcId",
        private_subnet_ids: "network.existing.isolatedSubnetIds",
        allowed_security_groups: "clients.<name>.securityGroupId",
        backup_window: "database.backupWindow",
        maintenance_window: "database.maintenanceWindow",
        tags: "tags",
    },
    outputs: {
        primary_endpoint: "database.primaryEndpoint",
        primary_address: "database.primaryAddress",
        replica_endpoints: "database.replicaEndpoints",
        database_name: "database.databaseName",
        database_port: "database.port",
        security_group_id: "database.securityGroupId",
        security_group_client_id: "database.clientSecurityGroupId",
        secret_arn: "database.secretArn",
        kms_key_id: "database.kmsKeyId",
        instance_id: "database.instanceId",
        instance_resource_id: "database.resourceId",
    },
    costs: [
        {
            what: "database",
            stack: "dev",
            says: "~$25",
            components: ["database"],
            because: "the class and 20 GB of gp3 come to less, also with a key, secrets and logs",
        },
        {
            what: "database",
            stack: "staging",
            says: "~$150",
            components: ["database"],
            because: "a class with its standby, a replica, and 100 GB of each come to less",
        },
        {
            what: "database",
            stack: "prod",
            says: "~$400",
            components: ["database", "database-proxy"],
            because:
                "that is little more than the primary's class with its standby: 3,000 IOPS of io1 cost more than the server, and two replicas have them too",
        },
    ],
};
