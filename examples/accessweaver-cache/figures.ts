import type { Example, Figure } from "../example";
import { actions, admitted, egressOf, graphs, logGroup, parameter, secretFields, span, threshold, yes } from "../read";
import type { StackView } from "../stack-view";

const group = "cache-replication-group";

/** Nodes in all: of a group without shards, or of shards with their replicas. */
function nodes(stack: StackView): string {
    const shards = stack.value(group, "numNodeGroups");
    if (shards === undefined) return stack.text(group, "numCacheClusters");
    const each = 1 + Number(stack.value(group, "replicasPerNodeGroup"));
    return `${Number(shards) * each} (${shards} shards × ${each})`;
}

/** The alarms on the first shard are those of every shard. */
function alarm(stack: StackView, kind: string): string {
    const sharded = stack.value(group, "numNodeGroups") !== undefined;
    return `cache${sharded ? "-shard-1" : ""}-${kind}`;
}

/** A value of the configuration for Spring. */
function redis(stack: StackView, ...path: string[]): string {
    return String(stack.output("cache", "springConfiguration", "spring", "data", "redis", ...path) ?? "none");
}

function tags(stack: StackView, ...keys: string[]): string {
    return keys.map((key) => stack.text(group, "tags", key)).join(", ");
}

const configurations: Figure[] = [
    {
        what: "class",
        says: ["cache.t3.micro", "cache.t3.small", "cache.r6g.large"],
        makes: (stack) => stack.text(group, "nodeType"),
    },
    { what: "nodes", says: ["1", "2", "9 (3 shards × 3)"], makes: nodes },
    {
        what: "memory of a node",
        says: ["0.5 GB", "1.37 GB", "12.32 GB"],
        because: "decided by the class: ElastiCache gives 0.5, 1.37 and 13.07 GiB",
    },
    {
        what: "operations a second",
        says: ["1,000", "10,000", "100,000 and more"],
        because: "nothing here has measured it",
    },
    {
        what: "region",
        says: "eu-west-1",
        makes: (stack) => stack.text("aws", "region"),
    },
    {
        what: "zones of the nodes",
        says: ["eu-west-1a", "eu-west-1a, eu-west-1b", "not said"],
        because: "ElastiCache chooses them among the subnets' zones, a replica's other than its primary's",
    },
    {
        what: "time of a command",
        says: "under 1 ms",
        because: "CloudWatch has no client's view of it; the slow log has what took longer",
    },
    {
        what: "standby in another zone, failover",
        says: ["no", "yes", "yes"],
        makes: (stack) =>
            yes(
                stack.value(group, "multiAzEnabled") === true &&
                    stack.value(group, "automaticFailoverEnabled") === true,
            ),
    },
    {
        what: "cluster mode",
        says: ["no", "no", "yes"],
        makes: (stack) => yes(stack.value(group, "numNodeGroups") !== undefined),
    },
    { what: "days of snapshots", says: ["1", "5", "7"], makes: (stack) => stack.text(group, "snapshotRetentionLimit") },
    {
        what: "engine",
        says: "redis 7.0",
        makes: (stack) => `${stack.text(group, "engine")} ${stack.text(group, "engineVersion")}`,
    },
    { what: "token", says: "yes", makes: (stack) => yes(stack.value(group, "authToken") !== undefined) },
    {
        what: "characters of the token",
        says: "generated",
        makes: (stack) => stack.text("cache-auth-token", "length"),
        because: "of 16 to 128 that ElastiCache takes",
    },
    { what: "encrypted at rest", says: "yes", makes: (stack) => yes(stack.value(group, "atRestEncryptionEnabled")) },
    { what: "TLS", says: "yes", makes: (stack) => yes(stack.value(group, "transitEncryptionMode") === "required") },
    {
        what: "Enhanced Monitoring, Performance Insights",
        says: ["no", "no", "yes"],
        because: "RDS has these; ElastiCache has neither",
    },
];

const use: Figure[] = [
    {
        what: "subnets",
        says: ["2 or more", "2 or more", "2 or more"],
        makes: (stack) => String(stack.list("cache-subnet-group", "subnetIds").length),
        because: "one in each zone: two, and three in prod, so that each replica of a shard has its own",
    },
    { what: "port", says: "6379", makes: (stack) => stack.text(group, "port") },
    {
        what: "may connect",
        says: ["6379 from ecs", "6379 from ecs", "6379 from ecs, 6379 from monitoring"],
        makes: (stack) => admitted(stack, "cache-access"),
        because: "and members of the client group, which the stack makes; nobody is one yet",
    },
    {
        what: "may go out",
        says: "not said",
        makes: (stack) => egressOf(stack, "cache-access"),
        because: "a cache opens no connection",
    },
    {
        what: "maxmemory-policy",
        says: "allkeys-lru",
        makes: (stack) => parameter(stack, "cache-parameter-group", "maxmemory-policy"),
    },
    { what: "timeout", says: "300", makes: (stack) => parameter(stack, "cache-parameter-group", "timeout") },
    {
        what: "notify-keyspace-events",
        says: "Ex",
        makes: (stack) => parameter(stack, "cache-parameter-group", "notify-keyspace-events"),
    },
    {
        what: "logs",
        says: ["slow-log", "slow-log", "none"],
        makes: (stack) =>
            stack
                .list(group, "logDeliveryConfigurations")
                .map(({ logType }) => logType)
                .join(", "),
        because: "the engine's log tells of failovers and restarts, and costs little",
    },
    {
        what: "log of the engine",
        says: "not said",
        makes: (stack) => logGroup(stack, "cache-logs-engine-log"),
        because: "logs are deleted after some time",
    },
    {
        what: "maintenance window",
        says: "sun:05:00-sun:06:00",
        makes: (stack) => stack.text(group, "maintenanceWindow"),
    },
    {
        what: "snapshot window",
        says: ["not said", "not said", "03:00-05:00"],
        makes: (stack) => stack.text(group, "snapshotWindow"),
        because: "dev and staging have the platform's",
    },
    {
        what: "CostCenter, Owner, BusinessUnit, Compliance",
        says: "Engineering, Platform Team, Product, GDPR",
        makes: (stack) => tags(stack, "CostCenter", "Owner", "BusinessUnit", "Compliance"),
    },
    {
        what: "CostCentre",
        says: "not said",
        makes: (stack) => tags(stack, "CostCentre"),
        because: "the platform's own tag, for which bills can be split",
    },
    {
        what: "topic",
        says: ["none", "none", "aws_sns_topic.alerts"],
        makes: (stack) => (stack.has("notifications-topic") ? "its own" : "the one that is given"),
        because: "dev and staging make one, so that alarms reach somebody",
    },
];

const spring: Figure[] = [
    {
        what: "host, port, token for Spring",
        says: "`application_yml_redis_config`",
        because:
            "the output `cache.springConfiguration`, for Spring Boot 3, which reads `spring.data.redis` and not `spring.redis`",
    },
    {
        what: "fields of the secret",
        says: "a token",
        makes: (stack) => secretFields(stack, "cache-credentials-value"),
        because: "so that an application needs only the secret",
    },
    {
        what: "pool: most, idle, least, wait",
        says: "20, 10, 5, 10s",
        makes: (stack) =>
            ["max-active", "max-idle", "min-idle", "max-wait"]
                .map((key) => redis(stack, "lettuce", "pool", key))
                .join(", "),
    },
    {
        what: "timeout, shutdown",
        says: "30s, 5s",
        makes: (stack) => `${redis(stack, "timeout")}, ${redis(stack, "lettuce", "shutdown-timeout")}`,
    },
    { what: "TLS", says: "true", makes: (stack) => redis(stack, "ssl", "enabled") },
    {
        what: "looks for shards every",
        says: ["none", "none", "30s"],
        makes: (stack) => redis(stack, "lettuce", "cluster", "refresh", "period"),
    },
    {
        what: "replica for reading",
        says: ["none", "host of the replica", "host of the replica"],
        because:
            "the output `cache.readerEndpoint`, and REDIS_READER_HOST; in cluster mode the client finds the replicas",
    },
    { what: "spring.cache: 5 minutes, prefix aw:prod:, no nulls", says: "generated", because: "the application's own" },
    { what: "Java: sessions, permissions, rate limits, metrics", says: "code", because: "the application's own" },
];

const alarms: Figure[] = [
    { what: "CPU", says: "above 75", makes: (stack) => threshold(stack, alarm(stack, "cache-cpu-high")) },
    { what: "memory", says: "above 80", makes: (stack) => threshold(stack, alarm(stack, "cache-memory-high")) },
    { what: "hits", says: "below 80", makes: (stack) => threshold(stack, alarm(stack, "cache-hit-ratio-low")) },
    {
        what: "connections",
        says: "many",
        makes: (stack) => threshold(stack, alarm(stack, "cache-connections-high")),
        because: "80 % of the 65,000 that a node takes",
    },
    {
        what: "how long",
        says: "not said",
        makes: (stack) => span(stack, alarm(stack, "cache-cpu-high")),
        because: "as AWS recommends",
    },
    {
        what: "told of",
        says: "alarm",
        makes: (stack) => actions(stack, alarm(stack, "cache-cpu-high")),
        because: "also when it is over",
    },
    {
        what: "alarms in all",
        says: "4",
        makes: (stack) => String(stack.count("aws:cloudwatch/metricAlarm:MetricAlarm")),
        because: "those that AWS recommends besides, of each shard, and of the topic where the stack makes it",
    },
    {
        what: "dashboard",
        says: "not said",
        makes: (stack) =>
            stack.has("observability-cache-dashboard") ? `${graphs(stack, "cache").length} graphs` : "none",
        because: "dashboards cost three dollars each: staging and prod have them",
    },
];

const costs: Figure[] = [
    {
        what: "budget",
        says: "300 USD",
        makes: (stack) => `${stack.text("cost-stack", "limitAmount")} ${stack.text("cost-stack", "limitUnit")}`,
        because: "the stack's own estimate; nine nodes of cache.r6g.large are past 300 after a week",
    },
    { what: "period", says: "MONTHLY", makes: (stack) => stack.text("cost-stack", "timeUnit") },
    {
        what: "notifies at",
        says: "80 % ACTUAL",
        makes: (stack) =>
            stack
                .list("cost-stack", "notifications")
                .map(({ threshold: at, notificationType }) => `${at} % ${notificationType}`)
                .join(", "),
        because: "also when AWS forecasts more than all of it",
    },
    {
        what: "tells",
        says: "admin@accessweaver.com",
        makes: (stack) => stack.text("cost-stack", "notifications", 0, "subscriberEmailAddresses"),
    },
    {
        what: "counts what has",
        says: "Service",
        makes: (stack) =>
            (stack.list("cost-stack", "filterExpression", "ands") as { tags: { key: string } }[])
                .map(({ tags: { key } }) => key)
                .join(" and "),
        because: "every stack has these two; the tag Service is on the resources too",
    },
    { what: "tag Service", says: "accessweaver-redis", makes: (stack) => tags(stack, "Service") },
    {
        what: "reserved nodes, smaller classes, snapshots",
        says: "save 5 to 60 %",
        because: "`npm run cost` ends with what would save, in dollars",
    },
];

export const accessweaverCache: Example = {
    name: "accessweaver-cache",
    system: "the Redis cache of AccessWeaver, in a VPC that exists",
    stacks: ["dev", "staging", "prod"],
    sections: {
        "Configurations by environment": configurations,
        "Use in production": use,
        "Spring Boot": spring,
        "Monitoring and alerts": alarms,
        Costs: costs,
    },
    variables: {
        environment: "tier",
        vpc_id: "network.existing.vpcId",
        private_subnet_ids: "network.existing.isolatedSubnetIds",
        allowed_security_groups: "clients.<name>.securityGroupId",
        auth_token: "cache.authToken",
        node_type_override: "cache.nodeType",
        custom_parameters: "cache.parameters",
        sns_topic_arn: "notifications.topicArn",
        enable_slow_log: "cache.logs",
        maintenance_window: "cache.maintenanceWindow",
        snapshot_window: "cache.snapshotWindow",
        snapshot_retention_limit: "cache.snapshotRetentionDays",
        additional_tags: "tags",
    },
    outputs: {
        primary_endpoint: "cache.primaryEndpoint",
        reader_endpoint: "cache.readerEndpoint",
        auth_token_enabled: "cache.authTokenEnabled",
        spring_redis_config: "cache.springConfiguration",
        docker_environment_variables: "cacheEnvironment",
        cloudwatch_alarms_arns: "observability.alarmArns",
        estimated_monthly_cost: "cost.estimatedMonthlyUsd",
        debugging_information: "cache.debuggingCommands",
        health_check_endpoints: "cache.healthCheckCommand",
    },
    costs: [
        {
            what: "cache",
            stack: "dev",
            says: "~$13",
            components: ["cache"],
            because: "the node costs as much; there are a key, a secret and logs besides",
        },
        {
            what: "cache",
            stack: "staging",
            says: "~$50",
            components: ["cache"],
            because: "two nodes, a key, a secret and logs",
        },
        {
            what: "cache",
            stack: "prod",
            says: "~$200",
            components: ["cache"],
            because: "that is one node of cache.r6g.large, and there are nine",
        },
    ],
};
