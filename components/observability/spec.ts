import type { z } from "zod";
import { byDefault, byTier, flag, listOf, matching, settings, text, whole } from "../settings";

const percent = () => whole(1, 100);

/** When the database's alarms fire. */
const databaseThresholds = settings({
    /**
     * Per cent of a server's CPU. AWS recommends 90.
     * @remarks Updated in place.
     */
    cpuPercent: percent().meta(byTier(90, 90, 80)),
    /**
     * Per cent of the connections that the database lets in: `plinth:database.maxConnections`, or what the class carries where
     * that is less. A fixed number would be too low for one class and out of reach for another.
     * @remarks Updated in place.
     */
    connectionsPercent: percent().meta(byDefault(80)),
    /**
     * Per cent of the instance class' memory that is left. Of a class whose memory is not known, 256 MiB.
     * @remarks Updated in place.
     */
    freeMemoryPercent: percent().meta(byTier(5, 5, 10)),
    /**
     * Per cent of `plinth:database.allocatedStorageGiB` that is left. RDS enlarges storage at 10, where it may.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
     */
    freeStoragePercent: percent().meta(byDefault(10)),
    /**
     * Milliseconds that nine of ten reads from storage take at most.
     * @remarks Updated in place.
     */
    readLatencyMilliseconds: whole(1, 60_000).meta(byDefault(20)),
    /**
     * Milliseconds that nine of ten writes to storage take at most.
     * @remarks Updated in place.
     */
    writeLatencyMilliseconds: whole(1, 60_000).meta(byDefault(20)),
    /**
     * Milliseconds that 95 of 100 SELECT statements take at most. CloudWatch has their time for Aurora MySQL alone.
     * @remarks Updated in place.
     */
    selectMilliseconds: whole(1, 60_000).meta(byTier(50, 20, 10)),
    /**
     * Seconds that a replica is behind.
     * @remarks Updated in place.
     */
    replicaLagSeconds: whole(1, 86_400).meta(byDefault(60)),
    /**
     * CPU credits that a burstable class has left. One credit is one virtual CPU for one minute.
     * @remarks Updated in place.
     */
    cpuCredits: whole(1, 10_000).meta(byDefault(20)),
});

/** When the cache's alarms fire. */
const cacheThresholds = settings({
    /**
     * Per cent of a node's CPU.
     * @remarks Updated in place.
     */
    cpuPercent: percent().meta(byDefault(75)),
    /**
     * Per cent of the time of the engine, which runs commands one after the other. AWS recommends 90.
     * @remarks Updated in place.
     */
    engineCpuPercent: percent().meta(byDefault(90)),
    /**
     * Per cent of a node's memory.
     * @remarks Updated in place.
     */
    memoryPercent: percent().meta(byDefault(80)),
    /**
     * Per cent of reads that find their key, below which it fires.
     * @remarks Updated in place.
     */
    hitRatioPercent: percent().meta(byDefault(80)),
    /**
     * Per cent of the 65,000 connections that a node takes.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
     */
    connectionsPercent: percent().meta(byDefault(80)),
    /**
     * Keys that a node evicts in a minute.
     * @remarks Updated in place.
     */
    evictionsPerMinute: whole(1, 10_000_000).meta(byDefault(1000)),
    /**
     * Seconds that a replica is behind.
     * @remarks Updated in place.
     */
    replicationLagSeconds: whole(1, 3600).meta(byDefault(10)),
    /**
     * CPU credits that a burstable node has left.
     * @remarks Updated in place.
     */
    cpuCredits: whole(1, 10_000).meta(byDefault(20)),
});

/** When the queues' alarms fire. */
const queueThresholds = settings({
    /**
     * How many times a queue's visibility timeout its oldest message has waited, and five minutes at least: until then a first
     * attempt may still succeed.
     * @remarks Updated in place.
     */
    ageInVisibilityTimeouts: whole(1, 1000).meta(byDefault(2)),
    /**
     * Messages that wait in a queue.
     * @remarks Updated in place.
     */
    waitingMessages: whole(1, 100_000_000).meta(byDefault(1000)),
    /**
     * Per cent of the 120,000 messages that may be received and not deleted at a time.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
     */
    inFlightPercent: percent().meta(byDefault(80)),
    /**
     * The queues that somebody sends to all day. They fire when nobody has for a quarter of an hour.
     * @remarks Updated in place.
     */
    alwaysInUse: listOf(text("the name of a queue")).meta(byDefault([])),
});

/** When the cluster's alarms fire. Those of Container Insights that are not here have AWS's own thresholds. */
const clusterThresholds = settings({
    /**
     * Per cent of a node's CPU. AWS recommends 80.
     * @remarks Updated in place.
     */
    nodeCpuPercent: percent().meta(byDefault(80)),
    /**
     * Per cent of a node's memory. AWS recommends 80.
     * @remarks Updated in place.
     */
    nodeMemoryPercent: percent().meta(byDefault(80)),
    /**
     * Per cent of a node's disk. Kubernetes evicts pods at 85 or 90.
     * @remarks Updated in place.
     * @see https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/
     */
    nodeDiskPercent: percent().meta(byDefault(80)),
    /**
     * Pods of the services that find no node. AWS recommends 3.
     * @remarks Updated in place.
     */
    pendingPods: whole(0, 1000).meta(byDefault(3)),
});

/** When the network's alarms fire. */
const networkThresholds = settings({
    /**
     * Packets that a NAT gateway or an interface endpoint drops in a minute.
     * @remarks Updated in place.
     */
    droppedPacketsPerMinute: whole(0, 1_000_000).meta(byDefault(100)),
});

/** When the alarms of the load balancer in front of the services fire. */
const loadBalancerThresholds = settings({
    /**
     * Requests of ten thousand that may fail in a month: 5 is an availability of 99.95 %. An alarm fires when failures would use
     * that up in two days, another when a day has used a tenth of it.
     * @remarks Updated in place.
     * @see https://sre.google/workbook/alerting-on-slos/
     */
    failuresPerTenThousand: whole(1, 690).meta(byTier(100, 50, 5)),
    /**
     * Milliseconds in which the services answer 95 of 100 requests.
     * @remarks Updated in place.
     */
    responseMilliseconds: whole(1, 60_000).meta(byTier(1000, 500, 100)),
    /**
     * Requests in a minute that the load balancer itself answers with 502, 503 or 504.
     * @remarks Updated in place.
     */
    ownErrorsPerMinute: whole(0, 1_000_000).meta(byDefault(10)),
    /**
     * Whether somebody uses the platform all day. An alarm fires when nobody has for a quarter of an hour.
     * @remarks Updated in place.
     */
    alwaysInUse: flag().meta(byDefault(false)),
});

/** When the alarms on what the services log fire. */
const logThresholds = settings({
    /**
     * Errors that a service logs in a minute: lines that are JSON with the level `error` or `fatal`, or with pino's numbers for
     * them, and other lines with `ERROR` in them.
     * @remarks Updated in place.
     */
    errorsPerMinute: whole(0, 1_000_000).meta(byDefault(10)),
    /**
     * The field with the milliseconds that a request took, in lines that are JSON. The default is that of pino-http; dots lead into
     * fields of fields, as in `http.milliseconds`.
     * @remarks Updated in place.
     * @see https://github.com/pinojs/pino-http
     */
    latencyField: matching(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, "a field of JSON", "responseTime").meta(
        byDefault("responseTime"),
    ),
    /**
     * Milliseconds in which a service answers 95 of 100 requests, by what it logs of them.
     * @remarks Updated in place.
     */
    latencyMilliseconds: whole(1, 600_000).meta(byTier(1000, 500, 100)),
});

/** What watches the platform: CloudWatch alarms that are sized from what the stack has. */
export const observabilitySettings = settings({
    /**
     * Whether alarms and operational events notify. Set it to false for maintenance: alarms keep their state, and nobody is called.
     * @remarks Updated in place.
     */
    notify: flag().meta(byDefault(true)),
    /**
     * Where the runbooks are, for the links in the alarms' descriptions: the folder `docs/runbooks` of your checkout on the
     * web, without a slash at the end.
     * @remarks Updated in place.
     */
    runbooks: text("the address of a folder").meta({ example: "docs/runbooks" }).meta(byDefault("docs/runbooks")),
    /**
     * Whether there are dashboards: of the application, the infrastructure, the database, the cache, the queues and the cost, as far
     * as the stack has them. Each is three dollars a month, beyond the first three of an account.
     * @remarks `false` deletes them.
     * @see https://aws.amazon.com/cloudwatch/pricing/
     */
    dashboards: flag().meta(byTier(false, true, true)),
    /** When the database's alarms fire. */
    database: databaseThresholds,
    /** When the cache's alarms fire. */
    cache: cacheThresholds,
    /** When the queues' alarms fire. */
    queues: queueThresholds,
    /** When the cluster's alarms fire. */
    cluster: clusterThresholds,
    /** When the network's alarms fire. */
    network: networkThresholds,
    /** When the alarms of the load balancer in front of the services fire. */
    loadBalancer: loadBalancerThresholds,
    /** When the alarms on what the services log fire. */
    logs: logThresholds,
    /** Which operational events reach the topic, besides those of the stack's own databases, backups, nodes and images. */
    events: settings({
        /**
         * Whether the events reach it that do not say which stack they are of: AWS Health, the add-ons of EKS clusters and
         * restores by AWS Backup. They are of the whole account in the region: where several stacks share one, one stack is enough.
         * @remarks `false` deletes their rules.
         */
        accountEvents: flag().meta(byDefault(true)),
    }),
});

export type ObservabilitySpec = z.output<typeof observabilitySettings>;
