/** Engines of ElastiCache that speak Redis. */
export type CacheEngine = "redis" | "valkey";

/**
 * What ElastiCache writes to CloudWatch Logs: commands that took long, and what the engine reports.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html
 */
export type CacheLog = "slow-log" | "engine-log";

/** How clients show who they are: a token that all share, or as users of a group (what AWS calls RBAC). */
export type CacheAuthentication = "token" | "user-group";

/** A cache in plain values. */
export interface CacheSpec {
    /**
     * The engine. Valkey is a fifth cheaper for the same nodes.
     * @default redis
     * @remarks Redis becomes Valkey in place; back again replaces the cache.
     * @see https://aws.amazon.com/elasticache/pricing/
     */
    engine: CacheEngine;
    /**
     * Its version: 7.0 or 7.1 of Redis, 7.2, 8.0, 8.1 or 8.2 of Valkey.
     * @default 7.1 of Redis, 8.0 of Valkey
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
     */
    engineVersion: string;
    /**
     * The type of every node.
     * @default by tier: cache.t3.micro / cache.t3.small / cache.r6g.large
     */
    nodeType: string;
    /**
     * 0 for one primary that holds everything; from 1 on, cluster mode with so many shards, 500 at most.
     * @default by tier: 0 / 0 / 3
     * @remarks From 0 to more on a living cache, see `clusterModeMigration`; AWS knows no way back.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Redis-RedisCluster.html
     */
    shards: number;
    /**
     * Takes a living cache without cluster mode into it, in AWS's two steps, each an update of its own that changes nothing
     * else of the cache's nodes: AWS takes no other change beside.
     * 1. Set `shards` (or the tier that has them) and this to `compatible`. Clients of both kinds are served: have them use
     *    the cluster protocol and the configuration endpoint. They may only use database 0, and the cache needs a replica.
     * 2. Set it to `enabled`.
     * 3. Leave it out. Node type, shards and replicas follow now.
     * Without these steps AWS refuses. In a stack that has no cache yet it is of no use.
     * @default none
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
     */
    clusterModeMigration?: "compatible" | "enabled";
    /**
     * Replicas of every primary, 0 to 5, in other zones. From 1 on, a replica takes over when its primary fails.
     * @default by tier: 0 / 1 / 2
     */
    replicasPerShard: number;
    /**
     * The port that is served, 1024 to 65535.
     * @default 6379
     * @remarks A change replaces the cache.
     */
    port: number;
    /**
     * How clients show who they are: by one token that all share, or as the user `application` of a user group, who may do
     * everything but stop, empty or reconfigure the cache.
     * @default token
     * @remarks A token becomes a user group in place: clients have to log in as the user from then on.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
     */
    authentication: CacheAuthentication;
    /**
     * The token, or the password of the user `application`: 16 to 128 letters, digits and `!&#$^<>-`. Give it as a
     * secret: `pulumi config set --secret --path plinth:cache.authToken`.
     * @default one of 64 characters is generated
     * @remarks A change is a rotation: see `authTokenVersion`.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
     */
    authToken?: string;
    /**
     * To rotate a generated token, give the next number: an update in place, in two steps.
     * 1. Raise it, with `authTokenUpdateStrategy` ROTATE. The cache takes the old token and the new one, and the secret
     *    holds the new one: restart or reconnect the clients.
     * 2. Set `authTokenUpdateStrategy` to SET. The cache takes the new one only. Leave it so until the next rotation.
     * A user of a group has the new password at once.
     * @default 1
     */
    authTokenVersion: number;
    /**
     * What becomes of the old token when there is another: it goes on working (ROTATE), or, once ROTATE has brought the
     * new one, it stops (SET).
     * @default ROTATE
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html
     */
    authTokenUpdateStrategy: "ROTATE" | "SET";
    /**
     * Parameters over Plinth's own, which are `maxmemory-policy` allkeys-lru, `timeout` 300 and
     * `notify-keyspace-events` Ex.
     * @default none
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
     */
    parameters: Record<string, string>;
    /**
     * Days that daily snapshots are kept, 0 to 35; 0 takes none.
     * @default by tier: 1 / 5 / 7
     */
    snapshotRetentionDays: number;
    /**
     * When the daily snapshot is taken, in UTC; an hour at least.
     * @default 02:00-03:00
     */
    snapshotWindow: string;
    /**
     * When AWS may change the cache, in UTC; an hour at least, outside the snapshot window.
     * @default sun:05:00-sun:06:00
     */
    maintenanceWindow: string;
    /**
     * The logs that are kept, each in an encrypted log group of its own. How slow is slow, and how many such commands a
     * node remembers, say the parameters `slowlog-log-slower-than` and `slowlog-max-len`.
     * @default slow-log and engine-log
     */
    logs: readonly CacheLog[];
    /**
     * Days that logged events are kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 or up to 3653.
     * @default by tier: 7 / 14 / 30
     * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
     */
    logRetentionDays: number;
    /**
     * ARN of the SNS topic that ElastiCache tells of failovers, replaced nodes and the like. It stands in the same account
     * and region, is not encrypted, since ElastiCache publishes to no other, and its policy admits by `aws:SourceOwner`.
     * @default none
     * @remarks Updated in place. Plinth makes no such topic: its own are all encrypted.
     * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html
     */
    notificationTopicArn?: string;
    /**
     * Whether AWS upgrades the minor version in the maintenance window.
     * @default true
     */
    autoMinorVersionUpgrade: boolean;
    /**
     * Whether changes are made at once rather than in the maintenance window.
     * @default by tier: true / true / false
     */
    applyImmediately: boolean;
    /**
     * Whether deleting the cache leaves a snapshot, named after it and `final`.
     * @default by tier: false / false / true
     */
    finalSnapshot: boolean;
    /**
     * Days before a deleted encryption key is gone, 7 to 30.
     * @default by tier: 7 / 7 / 30
     */
    keyDeletionWindowDays: number;
    /**
     * Days before the deleted token is gone: 7 to 30, or 0 for at once.
     * @default by tier: 0 / 7 / 30
     */
    secretRecoveryWindowDays: number;
}
