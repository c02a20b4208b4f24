import type { Example, Figure } from "../example";
import { logGroup, threshold, yes } from "../read";
import type { StackView } from "../stack-view";

const cluster = "database-cluster";
const cache = "cache-replication-group";
const migration = ["workloads-database-migrate", "spec", "template", "spec", "containers", 0] as const;

/** What a Secret gets from External Secrets. */
function keysOf(stack: StackView, secret: string): string {
    const keys = stack.value(`workloads-external-secrets-${secret}`, "spec", "target", "template", "data");
    return Object.keys(keys as object).join(", ");
}

/** From which key of which Secret a service has a variable. */
function source(stack: StackView, name: string): string {
    const [variable] = stack
        .list("user-service-deployment", "spec", "template", "spec", "containers", 0, "env")
        .filter((one) => one.name === name);
    const { secretKeyRef: from } = (variable?.valueFrom ?? {}) as { secretKeyRef?: { name: string } };
    return from?.name ?? "none";
}

const infrastructure: Figure[] = [
    { what: "engine", says: "aurora-postgresql", makes: (stack) => stack.text(cluster, "engine") },
    {
        what: "servers",
        says: "one to write, one to read",
        makes: (stack) =>
            stack
                .named("aws:rds/clusterInstance:ClusterInstance")
                .map((name) => name.replace("database-", ""))
                .sort()
                .reverse()
                .join(", "),
        because: "their names here",
    },
    {
        what: "zones of the servers",
        says: "several",
        makes: (stack) =>
            [
                ...new Set(
                    stack
                        .named("aws:rds/clusterInstance:ClusterInstance")
                        .map((name) => stack.text(name, "availabilityZone")),
                ),
            ]
                .sort()
                .join(", "),
        because: "these two",
    },
    {
        what: "endpoints",
        says: "writes, reads",
        makes: (stack) =>
            ["DATABASE_HOST", "DATABASE_READER_HOST"]
                .filter((key) => stack.value("workloads-configuration", "data", key) !== undefined)
                .join(", "),
        because: "keys of app-config and of platform-database",
    },
    {
        what: "Redis",
        says: "a replication group over several zones",
        makes: (stack) =>
            `${stack.text(cache, "numCacheClusters")} nodes, over several zones: ${yes(stack.value(cache, "multiAzEnabled"))}`,
        because: "with failover",
    },
    {
        what: "TLS of Redis",
        says: "yes",
        makes: (stack) => yes(stack.value(cache, "transitEncryptionMode") === "required"),
    },
    { what: "token of Redis", says: "yes", makes: (stack) => yes(stack.value(cache, "authToken") !== undefined) },
    {
        what: "database's Secret",
        says: "platform-database",
        makes: (stack) => stack.text("workloads-external-secrets-database-secret", "metadata", "name"),
    },
    {
        what: "cache's Secret",
        says: "platform-redis",
        makes: (stack) => stack.text("workloads-external-secrets-cache-secret", "metadata", "name"),
    },
    {
        what: "kept in step by",
        says: "infra/scripts/deploy.sh",
        makes: (stack) =>
            `External Secrets, every ${stack.text("workloads-external-secrets-database-secret", "spec", "refreshInterval")}`,
        because: "a script runs when somebody runs it, and a rotation does not wait for that",
    },
    {
        what: "keys of platform-database",
        says: "DATABASE_URL",
        makes: (stack) => keysOf(stack, "database-secret"),
        because: "and its parts",
    },
    {
        what: "keys of platform-redis",
        says: "REDIS_URL",
        makes: (stack) => keysOf(stack, "cache-secret"),
        because: "and its parts; the URL is `rediss://` with the token",
    },
    {
        what: "REDIS_URL begins with",
        says: "rediss://",
        makes: (stack) => {
            const secret = "workloads-external-secrets-cache-secret";
            return stack.text(secret, "spec", "target", "template", "data", "REDIS_URL").replace(/(?<=:\/\/).*$/, "");
        },
    },
    { what: "DATABASE_URL comes from", says: "platform-database", makes: (stack) => source(stack, "DATABASE_URL") },
    { what: "REDIS_URL comes from", says: "platform-redis", makes: (stack) => source(stack, "REDIS_URL") },
    {
        what: "namespace",
        says: "meetinity-(environment)",
        makes: (stack) => stack.text("workloads-namespace", "metadata", "name"),
        because: "one stack is one environment",
    },
];

const migrations: Figure[] = [
    {
        what: "image",
        says: "ghcr.io/meetinity/user-service:migrations",
        makes: (stack) => stack.text(...migration, "image"),
    },
    { what: "command", says: "alembic, upgrade, head", makes: (stack) => stack.text(...migration, "command") },
    {
        what: "credentials from",
        says: "platform-database",
        makes: (stack) =>
            stack
                .list(...migration, "envFrom")
                .flatMap(({ secretRef }) => (secretRef ? [(secretRef as { name: string }).name] : []))
                .join(", "),
    },
    {
        what: "runs",
        says: "once for a deployment, before the services",
        makes: (stack) => stack.text("workloads-database-migrate", "kind"),
        because: "a Job that the services wait for; a failure stops the rollout",
    },
    {
        what: "by hand",
        says: "kubectl run",
        makes: (stack) =>
            `${stack.text("workloads-database-ad-hoc-migration", "kind")}, suspended: ${yes(stack.value("workloads-database-ad-hoc-migration", "spec", "suspend"))}`,
        because:
            "Pod Security refuses what `kubectl run` makes; `kubectl create job --from=cronjob/ad-hoc-migration` does the same",
    },
    {
        what: "order: infrastructure, kubeconfig, migrations, services",
        says: "in the pipeline",
        because: "in one `up`, by what needs what",
    },
];

const backups: Figure[] = [
    {
        what: "days of snapshots of the database",
        says: "7",
        makes: (stack) => stack.text(cluster, "backupRetentionPeriod"),
    },
    {
        what: "daily snapshots of Redis",
        says: "yes",
        makes: (stack) => yes(Number(stack.value(cache, "snapshotRetentionLimit")) > 0),
    },
    {
        what: "days that they are kept",
        says: "a variable",
        makes: (stack) => stack.text(cache, "snapshotRetentionLimit"),
        because: "`cache.snapshotRetentionDays`",
    },
    {
        what: "encrypted at rest: database, cache",
        says: "not said",
        makes: (stack) =>
            [stack.value(cluster, "storageEncrypted"), stack.value(cache, "atRestEncryptionEnabled")]
                .map(yes)
                .join(", "),
        because: "with keys of its own",
    },
];

const observability: Figure[] = [
    {
        what: "Performance Insights",
        says: "a switch",
        makes: (stack) => `on, ${stack.text(cluster, "performanceInsightsRetentionPeriod")} days`,
        because: "`database.insights`",
    },
    {
        what: "alarm on latency",
        says: "yes",
        makes: (stack) => threshold(stack, "database-writer-database-read-latency-high"),
        because: "seconds that nine of ten reads take at most",
    },
    {
        what: "alarm on connections",
        says: "yes",
        makes: (stack) => threshold(stack, "database-writer-database-connections-high"),
        because: "80 % of what the database lets in",
    },
    {
        what: "alarm on the memory of Redis",
        says: "yes",
        makes: (stack) => threshold(stack, "cache-cache-memory-high"),
        because: "per cent in use",
    },
    {
        what: "Prometheus and Grafana",
        says: "infra/monitoring",
        makes: (stack) =>
            stack
                .named("kubernetes:helm.sh/v3:Release")
                .filter((name) => name.startsWith("monitoring-"))
                .map((name) => name.replace(/^monitoring-|-chart$/g, ""))
                .sort()
                .join(", "),
        because: "in the cluster, on in staging and prod",
    },
    {
        what: "exporter of PostgreSQL",
        says: "prometheus-postgres-exporter",
        makes: (stack) => exporter(stack, "database"),
        because: "the same exporter without its chart",
    },
    { what: "exporter of Redis", says: "oliver006/redis_exporter", makes: (stack) => exporter(stack, "cache") },
    {
        what: "dashboards: statements, locks, fragmentation",
        says: "yes",
        makes: (stack) =>
            yes(
                ["statement", "lock", "fragmentation"].every((word) =>
                    JSON.stringify(stack.value("monitoring-grafana-dashboards", "data")).toLowerCase().includes(word),
                ),
            ),
    },
    {
        what: "log of the database",
        says: "not said",
        makes: (stack) =>
            logGroup(
                stack,
                stack.named("aws:cloudwatch/logGroup:LogGroup").find((name) => name.startsWith("database-")) ?? "",
            ),
        because: "staging's",
    },
];

function exporter(stack: StackView, store: string): string {
    return stack
        .text(`monitoring-${store}-exporter-deployment`, "spec", "template", "spec", "containers", 0, "image")
        .replace(/^[^/]*\//, "")
        .replace(/[:@].*$/, "");
}

const practices: Figure[] = [
    {
        what: "may read platform-database",
        says: "data and operations",
        makes: (stack) => stack.text("workloads-secret-readers", "subjects", 0, "name"),
        because: "a group, which `cluster.access` gives to the role data-ops",
    },
    {
        what: "groups of data-ops",
        says: "not said",
        makes: (stack) => stack.text("cluster-access-data-ops", "kubernetesGroups"),
        because: "the one above",
    },
    { what: "migrations before the release that needs them", says: "always", because: "the services wait for the Job" },
];

export const meetinity: Example = {
    name: "meetinity",
    system: "Aurora PostgreSQL and Redis behind services in Kubernetes",
    stacks: ["staging"],
    sections: {
        "Overview of the infrastructure": infrastructure,
        Migrations: migrations,
        "Backups and restores": backups,
        "Monitoring and observability": observability,
        "Good practices": practices,
    },
    variables: {
        "database_config.backup_retention_period": "database.backupRetentionDays",
        "database_config.performance_insights_enabled": "database.insights",
        "redis_config.snapshot_retention_limit": "cache.snapshotRetentionDays",
        "jobs.database-migrate.image": "workloads.migration.image",
    },
    outputs: {
        "global.database.secretName": "workloads.secretNames.database",
        "global.redis.secretName": "workloads.secretNames.cache",
    },
    costs: [],
};
