import * as pulumi from "@pulumi/pulumi";
import type { CacheSpec } from "../../cache/spec";
import { type AlarmPlan, alarmPart, type CompositePlan, type Limit, perMinute } from "../alarm";
import type { AlarmKindName } from "../kinds";
import type { Metric, Statistic } from "../metric";
import type { ObservabilitySpec } from "../spec";
import { isBurstable } from "./burstable";

/** A cache to watch. */
export interface WatchedCache {
    /** Its name in alarms: `cache`. */
    name: string;
    spec: Pick<CacheSpec, "nodeType" | "shards" | "replicasPerShard">;
    replicationGroupId: pulumi.Input<string>;
}

type Thresholds = ObservabilitySpec["cache"];

/** The nodes of a shard, of which none may fire; the primary is any of them after a failover. */
interface Shard {
    part: string;
    /** What follows the replication group's id in the ids of its nodes. */
    suffixes: string[];
}

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html */
const maximumConnections = 65_000;

/** The alarms of a cache: of each shard, on the worst of its nodes. */
export function cacheAlarms(cache: WatchedCache, thresholds: Thresholds): AlarmPlan[] {
    return shardsOf(cache.spec).flatMap((shard) => shardAlarms(cache, shard, thresholds));
}

/** What is worse together than each by itself: a full cache that no longer has what is asked for. */
export function cacheComposites({ name, spec }: WatchedCache): CompositePlan[] {
    const alarmsOf = (kind: AlarmKindName) =>
        shardsOf(spec).map(({ part }) => alarmPart({ subject: subjectOf(name, part), kind }));
    return [
        {
            ...{ kind: "cache-thrashing", subject: name },
            allOf: [alarmsOf("cache-evictions-high"), alarmsOf("cache-hit-ratio-low")],
        },
    ];
}

function shardAlarms(
    { name, spec, replicationGroupId }: WatchedCache,
    shard: Shard,
    thresholds: Thresholds,
): AlarmPlan[] {
    const metric = (of: string, statistic: Statistic, suffix: string): Metric => ({
        ...{ namespace: "AWS/ElastiCache", name: of, statistic },
        dimensions: { CacheClusterId: pulumi.interpolate`${replicationGroupId}-${suffix}` },
    });
    const alarm = (
        kind: AlarmKindName,
        [of, statistic]: [string, Statistic],
        [comparison, threshold, limit]: Limit,
        minutes: number,
    ): AlarmPlan => ({
        ...{ kind, subject: subjectOf(name, shard.part), comparison, threshold, limit },
        metrics: shard.suffixes.map((suffix) => metric(of, statistic, suffix)),
        ...perMinute(minutes),
        // AWS recommends it for each of these: a node that is replaced reports nothing for a while.
        missingData: "missing",
    });
    const { connectionsPercent, evictionsPerMinute, replicationLagSeconds, cpuCredits } = thresholds;
    const percent = (value: number): Limit => ["above", value, `${value} %`];
    return [
        alarm("cache-cpu-high", ["CPUUtilization", "Average"], percent(thresholds.cpuPercent), 5),
        alarm("cache-engine-cpu-high", ["EngineCPUUtilization", "Average"], percent(thresholds.engineCpuPercent), 5),
        alarm("cache-memory-high", ["DatabaseMemoryUsagePercentage", "Average"], percent(thresholds.memoryPercent), 5),
        alarm(
            "cache-hit-ratio-low",
            ["CacheHitRate", "Average"],
            ["below", thresholds.hitRatioPercent, `${thresholds.hitRatioPercent} %`],
            15,
        ),
        alarm(
            "cache-connections-high",
            ["CurrConnections", "Average"],
            [
                "above",
                Math.floor((maximumConnections * connectionsPercent) / 100),
                `${connectionsPercent} % of ${maximumConnections} connections`,
            ],
            10,
        ),
        alarm(
            "cache-evictions-high",
            ["Evictions", "Sum"],
            ["above", evictionsPerMinute, `${evictionsPerMinute} keys a minute`],
            10,
        ),
        ...(spec.replicasPerShard > 0
            ? [
                  alarm(
                      "cache-replication-lag-high",
                      ["ReplicationLag", "Average"],
                      ["above", replicationLagSeconds, `${replicationLagSeconds} s`],
                      15,
                  ),
              ]
            : []),
        ...(isBurstable(spec.nodeType)
            ? [
                  alarm(
                      "cache-cpu-credits-low",
                      ["CPUCreditBalance", "Minimum"],
                      ["below", cpuCredits, `${cpuCredits} credits`],
                      15,
                  ),
              ]
            : []),
    ];
}

function subjectOf(name: string, part: string): string {
    return part ? `${name}-${part}` : name;
}

/**
 * ElastiCache numbers nodes: `<group>-002` without cluster mode, `<group>-0001-002` with it. The program knows their number
 * before they exist; AWS's own list of them it knows only afterwards.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Redis.Groups.html
 */
export function shardsOf({ shards, replicasPerShard }: Pick<CacheSpec, "shards" | "replicasPerShard">): Shard[] {
    const numbers = Array.from({ length: replicasPerShard + 1 }, (_, index) => padded(index + 1, 3));
    if (shards === 0) return [{ part: "", suffixes: numbers }];
    return Array.from({ length: shards }, (_, index) => ({
        part: `shard-${index + 1}`,
        suffixes: numbers.map((number) => `${padded(index + 1, 4)}-${number}`),
    }));
}

function padded(number: number, digits: number): string {
    return String(number).padStart(digits, "0");
}
