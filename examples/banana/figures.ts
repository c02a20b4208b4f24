import type { Example, Figure } from "../example";
import { admitted, egressOf, logGroup, parameter, secretFields, threshold, yes } from "../read";

const server = "database-primary";
const cache = "cache-replication-group";
const application = "is what an application does, not what it runs on";

const database: Figure[] = [
    {
        what: "engine",
        says: "PostgreSQL 15.4",
        makes: (stack) => `PostgreSQL ${stack.text(server, "engineVersion")}`,
        because: "15.4 can no longer be created; the major version is named and AWS chooses the minor one",
    },
    { what: "class", says: "db.t3.micro", makes: (stack) => stack.text(server, "instanceClass") },
    {
        what: "storage",
        says: "20 GB of gp2",
        makes: (stack) => storage(stack.text(server, "allocatedStorage"), stack.text(server, "storageType")),
    },
    { what: "storage grows to", says: "100 GB", makes: (stack) => `${stack.text(server, "maxAllocatedStorage")} GB` },
    { what: "encrypted at rest", says: "yes", makes: (stack) => yes(stack.value(server, "storageEncrypted")) },
    {
        what: "key",
        says: "AWS's",
        makes: (stack) => (stack.value(server, "kmsKeyId") ? "the stack's own" : "AWS's"),
        because: "who may use it is then decided here, and it rotates every year",
    },
    { what: "days of backups", says: "7", makes: (stack) => stack.text(server, "backupRetentionPeriod") },
    { what: "backup window", says: "03:00-04:00", makes: (stack) => stack.text(server, "backupWindow") },
    {
        what: "maintenance window",
        says: "sun:04:00-sun:05:00",
        makes: (stack) => stack.text(server, "maintenanceWindow"),
    },
    { what: "final snapshot", says: "yes", makes: (stack) => yes(stack.value(server, "skipFinalSnapshot") === false) },
    { what: "port", says: "5432", makes: (stack) => stack.text(server, "port") },
    {
        what: "reachable from the internet",
        says: "no",
        makes: (stack) => yes(stack.value(server, "publiclyAccessible")),
    },
    { what: "standby in another zone", says: "no", makes: (stack) => yes(stack.value(server, "multiAz")) },
    {
        what: "minor versions by themselves",
        says: "yes",
        makes: (stack) => yes(stack.value(server, "autoMinorVersionUpgrade")),
    },
    {
        what: "changes wait for the window",
        says: "yes",
        makes: (stack) => yes(stack.value(server, "applyImmediately") === false),
    },
    {
        what: "user and database",
        says: "bananauser, bananadb",
        makes: (stack) => `${stack.text(server, "username")}, ${stack.text(server, "dbName")}`,
    },
    {
        what: "identifier",
        says: "banana-postgres",
        makes: (stack) => stack.text(server, "identifier"),
        because: "names are of project, stack and component, so that stacks of one account never meet",
    },
];

const redis: Figure[] = [
    {
        what: "engine",
        says: "redis 7.0",
        makes: (stack) => `${stack.text(cache, "engine")} ${stack.text(cache, "engineVersion")}`,
    },
    { what: "class", says: "cache.t3.micro", makes: (stack) => stack.text(cache, "nodeType") },
    { what: "nodes", says: "1", makes: (stack) => stack.text(cache, "numCacheClusters") },
    { what: "port", says: "6379", makes: (stack) => stack.text(cache, "port") },
    { what: "encrypted at rest", says: "yes", makes: (stack) => yes(stack.value(cache, "atRestEncryptionEnabled")) },
    {
        what: "TLS",
        says: "no",
        makes: (stack) => yes(stack.value(cache, "transitEncryptionMode") === "required"),
        because: "passwords would cross the network in plain text",
    },
    {
        what: "maxmemory-policy",
        says: "allkeys-lru",
        makes: (stack) => parameter(stack, "cache-parameter-group", "maxmemory-policy"),
    },
    {
        what: "timeout",
        says: "not set",
        makes: (stack) => parameter(stack, "cache-parameter-group", "timeout"),
        because: "clients that went away are forgotten after five minutes",
    },
    {
        what: "notify-keyspace-events",
        says: "not set",
        makes: (stack) => parameter(stack, "cache-parameter-group", "notify-keyspace-events"),
        because: "applications may listen to keys that expire",
    },
    { what: "days of snapshots", says: "0", makes: (stack) => stack.text(cache, "snapshotRetentionLimit") },
    {
        what: "minor versions by themselves",
        says: "no",
        makes: (stack) => yes(stack.value(cache, "autoMinorVersionUpgrade")),
    },
    {
        what: "maintenance window",
        says: "to be chosen",
        makes: (stack) => stack.text(cache, "maintenanceWindow"),
        because: "after the database's, since one without the other helps nobody",
    },
    {
        what: "resource",
        says: "a cluster of one node",
        makes: (stack) =>
            `${stack.count("aws:elasticache/replicationGroup:ReplicationGroup")} replication group of ${stack.text(cache, "numCacheClusters")} node`,
        because: "ElastiCache has passwords and TLS only in a replication group",
    },
];

const network: Figure[] = [
    { what: "region", says: "eu-west-3", makes: (stack) => stack.text("aws", "region") },
    {
        what: "subnets of the database",
        says: "2 private subnets",
        makes: (stack) => `${stack.list("database-subnet-group", "subnetIds").length} private subnets`,
    },
    {
        what: "subnets of the cache",
        says: "2 private subnets",
        makes: (stack) => `${stack.list("cache-subnet-group", "subnetIds").length} private subnets`,
    },
    {
        what: "into the database",
        says: "5432 from eks",
        makes: (stack) => admitted(stack, "database-access"),
        because: "members of the client group, which the stack makes, may come in too; nobody is one yet",
    },
    {
        what: "into the cache",
        says: "6379 from eks",
        makes: (stack) => admitted(stack, "cache-access"),
        because: "as for the database",
    },
    {
        what: "out of the database",
        says: "everything",
        makes: (stack) => egressOf(stack, "database-access"),
        because: "a database opens no connection",
    },
    {
        what: "out of the cache",
        says: "everything",
        makes: (stack) => egressOf(stack, "cache-access"),
        because: "a cache opens no connection",
    },
];

const operations: Figure[] = [
    {
        what: "database's password",
        says: "in secrets.tfvars",
        makes: (stack) =>
            secretFields(stack, "database-master-credentials-value").includes("password")
                ? "in Secrets Manager"
                : "nowhere",
        because: "generated, and in no file",
    },
    {
        what: "cache's user and password",
        says: "in secrets.tfvars",
        makes: (stack) => `user ${stack.text("cache-auth-application-user", "userName")}, in Secrets Manager`,
        because: "generated; the user's name is the platform's",
    },
    {
        what: "logs of the database",
        says: "statements, errors, maintenance",
        makes: (stack) =>
            `${stack.text(server, "enabledCloudwatchLogsExports")}; ${logGroup(stack, "database-monitoring-logs-primary-postgresql")}`,
        because: "RDS has two logs of PostgreSQL: the first has statements and errors",
    },
    {
        what: "logs of the cache",
        says: "performance and errors",
        makes: (stack) =>
            stack
                .list(cache, "logDeliveryConfigurations")
                .map(({ logType }) => logType)
                .join(", "),
        because: "these are ElastiCache's names of them",
    },
    {
        what: "rejected connections",
        says: "logged",
        because: "flow logs are the VPC's: they belong to the module that made it",
    },
    {
        what: "metrics: CPU, memory, connections, IOPS, latency, hits",
        says: "CloudWatch's",
        because: "AWS has them without being asked; what is added are alarms on them",
    },
    {
        what: "alarm on the database's CPU",
        says: "named as an improvement",
        makes: (stack) => threshold(stack, "database-primary-database-cpu-high"),
        because: "alarms are on in every stack",
    },
    {
        what: "alarm on the cache's hits",
        says: "named as an improvement",
        makes: (stack) => threshold(stack, "cache-cache-hit-ratio-low"),
        because: "alarms are on in every stack",
    },
    {
        what: "standby, replicas, shards, snapshots of the cache",
        says: "named as improvements",
        because: "a setting each: `multiAz`, `readReplicas`, `shards`, `snapshotRetentionDays`",
    },
    { what: "sessions and temporary data", says: "in the cache", because: application },
];

function storage(size: string, type: string): string {
    return `${size} GB of ${type}`;
}

export const banana: Example = {
    name: "banana",
    system: "PostgreSQL and Redis for an EKS cluster that exists",
    stacks: ["dev"],
    sections: {
        "RDS PostgreSQL": database,
        "ElastiCache Redis": redis,
        "Subnet groups and security groups": network,
        "Security, monitoring, improvements": operations,
    },
    variables: {
        db_user: "database.masterUsername",
        "subnets of 01-vpc": "network.existing.isolatedSubnetIds",
        "security group of 02-kubernetes": "clients.<name>.securityGroupId",
    },
    outputs: { "host for psql": "database.primaryAddress", "command for redis-cli": "cache.healthCheckCommand" },
    costs: [
        {
            what: "database with its storage",
            stack: "dev",
            says: "~$17",
            components: ["database"],
            because: "the class costs as much; there are a key, three secrets and two logs besides",
        },
        {
            what: "cache",
            stack: "dev",
            says: "~$15",
            components: ["cache"],
            because: "the class costs as much; there are a key, a secret and two logs besides",
        },
        { what: "total", stack: "dev", says: "~$32", because: "the alarms and their topic besides" },
    ],
};
