import type { z } from "zod";
import {
    arn,
    byDefault,
    byEngine,
    byName,
    byTier,
    enumOf,
    flag,
    listOf,
    matching,
    settings,
    text,
    whole,
} from "../settings";
import {
    dailyWindow,
    keyDeletionWindowDays,
    logRetentionDays,
    secretRecoveryWindowDays,
    weeklyWindow,
} from "../settings/common";

/** A cache. */
export const cacheSettings = settings({
    /**
     * The engine. Valkey costs a fifth less for the same nodes.
     * @remarks Redis becomes Valkey in place; back again replaces the cache.
     * @see https://aws.amazon.com/elasticache/pricing/
     */
    engine: enumOf(["redis", "valkey"], "an engine").meta(byDefault("redis")),
    /**
     * Its version: Redis from 7.0 on, or any of Valkey.
     * @remarks A higher version is an upgrade in place. ElastiCache has no way back.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
     */
    engineVersion: text("a version").meta(byEngine({ redis: "7.1", valkey: "8.0" })),
    /**
     * The type of every node.
     * @remarks Updated in place.
     */
    nodeType: matching(/^cache\.[a-z0-9]+\.[a-z0-9]+$/, "a node type", "cache.r6g.large").meta(
        byTier("cache.t3.micro", "cache.t3.small", "cache.r6g.large"),
    ),
    /**
     * Whether a node type or version is let pass that is not in AWS's lists, as Plinth has them for the region: for what AWS has had only
     * since. Once the lists have expired, it is let pass in any case, with a warning.
     * @remarks Changes nothing of the cache.
     */
    allowUnlisted: flag().meta(byDefault(false)),
    /**
     * Shards of cluster mode; 0 for one primary that holds everything, without cluster mode.
     * @remarks From 0 to more on a living cache, see `clusterModeMigration`; AWS knows no way back.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Redis-RedisCluster.html
     */
    shards: whole(0, 500).meta(byTier(0, 0, 3)),
    /**
     * Takes a living cache without cluster mode into it, in AWS's two steps. Each is an update of its own that changes nothing
     * else of the cache's nodes, since AWS accepts no other change beside it.
     * 1. Set `shards` (or the tier that has them) and this to `compatible`. Clients of both kinds are served: have them use
     *    the cluster protocol and the configuration endpoint. They may only use database 0, and the cache needs a replica.
     * 2. Set it to `enabled`.
     * 3. Leave it out. Node type, shards and replicas follow now.
     * Without these steps AWS refuses. In a stack that has no cache yet it is of no use.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
     */
    clusterModeMigration: enumOf(["compatible", "enabled"], "a step").optional(),
    /**
     * Replicas of every primary, in other zones. From 1 on, a replica takes over when its primary fails.
     * @remarks Updated in place.
     */
    replicasPerShard: whole(0, 5).meta(byTier(0, 1, 2)),
    /**
     * The port that is served.
     * @remarks A change replaces the cache.
     */
    port: whole(1_024, 65_535).meta(byDefault(6379)),
    /**
     * How clients authenticate: by one token that all share, or as the user `application` of a user group (RBAC), who may do
     * everything but stop, empty or reconfigure the cache.
     * @remarks A token becomes a user group in place: clients have to log in as the user from then on.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
     */
    authentication: enumOf(["token", "user-group"], "a way to authenticate").meta(byDefault("token")),
    /**
     * The token, or the password of the user `application`. Give it as a secret:
     * `pulumi config set --secret --path plinth:cache.authToken`. Left out, one of 64 characters is generated.
     * @remarks A change is a rotation: see `authTokenVersion`.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
     */
    authToken: matching(/^[A-Za-z0-9!&#$^<>-]{16,128}$/, "a token that ElastiCache accepts", "0123456789abcdef")
        .meta({ allowed: "16 to 128 letters, digits and !&#$^<>-", secret: true })
        .optional(),
    /**
     * To rotate a generated token, give the next number: an update in place, in two steps.
     * 1. Raise it, with `authTokenUpdateStrategy` ROTATE. The cache accepts the old token and the new one, and the secret
     *    holds the new one: restart or reconnect the clients.
     * 2. Set `authTokenUpdateStrategy` to SET. The cache accepts the new one only. Leave it so until the next rotation.
     * A user of a group has the new password at once.
     * @remarks Updated in place.
     */
    authTokenVersion: whole(1, 1_000_000).meta(byDefault(1)),
    /**
     * What becomes of the old token when there is another: it goes on working (ROTATE), or, once ROTATE has brought the
     * new one, it stops (SET).
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html
     */
    authTokenUpdateStrategy: enumOf(["ROTATE", "SET"], "a strategy").meta(byDefault("ROTATE")),
    /**
     * Parameters over Plinth's own, which are `maxmemory-policy` allkeys-lru, `timeout` 300 and
     * `notify-keyspace-events` Ex.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
     */
    parameters: byName(text("the value of a parameter")).meta(byDefault({})),
    /**
     * Days that daily snapshots are kept; 0 takes none.
     * @remarks Updated in place; fewer days delete what is older.
     */
    snapshotRetentionDays: whole(0, 35).meta(byTier(1, 5, 7)),
    /**
     * When the daily snapshot is taken, in UTC.
     * @remarks Updated in place.
     */
    snapshotWindow: dailyWindow(60, "02:00-03:00").meta(byDefault("02:00-03:00")),
    /**
     * When AWS may change the cache, in UTC, outside the snapshot window.
     * @remarks Updated in place.
     */
    maintenanceWindow: weeklyWindow(60, "sun:05:00-sun:06:00").meta(byDefault("sun:05:00-sun:06:00")),
    /**
     * The logs that are kept, each in an encrypted log group of its own: commands that took long, and what the engine
     * reports. The parameters `slowlog-log-slower-than` and `slowlog-max-len` say how slow is slow, and how many such
     * commands a node remembers.
     * @remarks Updated in place; a log group that is taken away is deleted with its events.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html
     */
    logs: listOf(enumOf(["slow-log", "engine-log"], "a log of ElastiCache")).meta(
        byDefault(["slow-log", "engine-log"]),
    ),
    /**
     * Days that logged events are kept.
     * @remarks Updated in place; a shorter time deletes what is older.
     */
    logRetentionDays: logRetentionDays().meta(byTier(7, 14, 30)),
    /**
     * ARN of the SNS topic that ElastiCache notifies of failovers, replaced nodes and the like. It is in the same account
     * and region, is not encrypted, since ElastiCache publishes to no other, and its policy allows by `aws:SourceOwner`.
     * @remarks Updated in place. Plinth makes no such topic: its own are all encrypted.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html
     */
    notificationTopicArn: arn(
        /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
        "account",
        "the ARN of a topic that ElastiCache accepts",
        "arn:aws:sns:eu-west-1:123456789012:cache-events",
    ).optional(),
    /**
     * Whether AWS upgrades the minor version in the maintenance window.
     * @remarks Updated in place.
     */
    autoMinorVersionUpgrade: flag().meta(byDefault(true)),
    /**
     * Whether changes are made at once rather than in the maintenance window.
     * @remarks Updated in place.
     */
    applyImmediately: flag().meta(byTier(true, true, false)),
    /**
     * Whether deleting the cache leaves a snapshot, named after it and `final`.
     * @remarks Updated in place.
     */
    finalSnapshot: flag().meta(byTier(false, false, true)),
    /**
     * Days between asking AWS to delete one of the cache's keys and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
    /**
     * Days in which the deleted token can be taken back; 0 deletes it at once.
     * @remarks Updated in place.
     */
    secretRecoveryWindowDays,
});

export type CacheSpec = z.output<typeof cacheSettings>;

/** Engines of ElastiCache that speak Redis. */
export type CacheEngine = CacheSpec["engine"];

/** What ElastiCache writes to CloudWatch Logs. */
export type CacheLog = CacheSpec["logs"][number];

/** How clients authenticate. */
export type CacheAuthentication = CacheSpec["authentication"];
