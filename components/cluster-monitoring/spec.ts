import type { z } from "zod";
import { byDefault, byTier, flag, settings, whole } from "../settings";
import { keyDeletionWindowDays, secretRecoveryWindowDays } from "../settings/common";

/**
 * Prometheus and Grafana in the cluster: metrics of the cluster, the database and the cache, with dashboards and alerts.
 */
export const clusterMonitoringSettings = settings({
    /**
     * Days that metrics are kept. Where `storageGiB` is full before, the oldest are deleted sooner.
     * @remarks Updated in place.
     */
    retentionDays: whole(1, 365).meta(byTier(3, 15, 30)),
    /**
     * Size of Prometheus' volume in GiB, of which metrics take four fifths at most.
     * @remarks Updated in place to a larger size. A smaller one is refused by Kubernetes.
     */
    storageGiB: whole(5, 16_384).meta(byTier(10, 20, 50)),
    /**
     * Seconds between two readings of a metric.
     * @remarks Updated in place.
     */
    scrapeIntervalSeconds: whole(15, 300).meta(byTier(60, 30, 30)),
    /**
     * Whether the times of the hundred statements that take most of the database's time are read too, by statement. Their texts are not read from
     * PostgreSQL; from MySQL they are, without the values in them.
     * @remarks Updated in place.
     */
    statementTimes: flag().meta(byDefault(true)),
    /**
     * Per cent of the database's connections in use from which on it alerts.
     * @remarks Updated in place.
     */
    databaseConnectionsPercent: whole(1, 100).meta(byDefault(80)),
    /**
     * How many sessions wait for locks of others when it alerts.
     * @remarks Updated in place.
     */
    lockWaitingSessions: whole(1, 10_000).meta(byDefault(5)),
    /**
     * Seconds that a transaction of PostgreSQL is open when it alerts. An open transaction keeps its locks, and keeps vacuum from its work.
     * @remarks Updated in place.
     */
    transactionSeconds: whole(1, 86_400).meta(byDefault(300)),
    /**
     * Milliseconds that statements take on average when it alerts.
     * @remarks Updated in place.
     */
    statementMilliseconds: whole(1, 60_000).meta(byDefault(200)),
    /**
     * Per cent of the cache's memory in use from which on it alerts. A cache that evicts by `allkeys-lru` fills up by itself:
     * there it says that data is evicted soon, or already is.
     * @remarks Updated in place.
     */
    cacheMemoryPercent: whole(1, 100).meta(byDefault(90)),
    /**
     * The memory that the cache's process takes, in per cent of the memory that its data takes, from which on it alerts.
     * Redis calls 100 the ideal, and over 150 fragmented.
     * @remarks Updated in place.
     * @see https://redis.io/docs/latest/commands/info/
     */
    cacheFragmentationPercent: whole(101, 1_000).meta(byDefault(150)),
    /**
     * Days between asking AWS to delete the key of the monitoring's secrets and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
    /**
     * Days in which Grafana's deleted password can be taken back; 0 deletes it at once.
     * @remarks Updated in place.
     */
    secretRecoveryWindowDays,
});

export type ClusterMonitoringSpec = z.output<typeof clusterMonitoringSettings>;
