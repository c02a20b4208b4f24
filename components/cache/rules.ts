import { keyDeletionWindow, secretRecoveryWindow } from "../encryption";
import { logRetention } from "../logs";
import { listed, oneOf, pattern, type Rule, range } from "../validation";
import { isDaily, isWeekly, windowMinutes, windowsOverlap } from "../windows";
import type { CacheEngine, CacheLog, CacheSpec } from "./spec";

/**
 * The versions that take TLS and AUTH together as Plinth wants them, with the family of their parameters.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
 */
export const parameterFamilies: Record<CacheEngine, Record<string, string>> = {
    redis: { "7.0": "redis7", "7.1": "redis7" },
    valkey: { "7.2": "valkey7", "8.0": "valkey8", "8.1": "valkey8", "8.2": "valkey8" },
};

/**
 * Nodes that one replication group may have, once AWS has raised the first quota of 90.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
 */
const mostNodes = 500;
const cacheLogs: CacheLog[] = ["slow-log", "engine-log"];
const shortestWindow = 60;

/**
 * Old generations that have no TLS, or no replication group to have it in.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
 */
const withoutEncryption = /^cache\.(t1|m1|m2|c1)\./;

export const cacheRules: Rule<CacheSpec>[] = [
    oneOf("engine", Object.keys(parameterFamilies), "an engine"),
    {
        at: "engineVersion",
        when: ({ engine, engineVersion }) =>
            versionsOf(engine) !== undefined && !versionsOf(engine)?.includes(engineVersion),
        say: ({ engine, engineVersion }) =>
            `"${engineVersion}" is not a version of ${engine} that Plinth makes; give ${listed(versionsOf(engine) ?? [])}`,
    },
    pattern("nodeType", /^cache\.[a-z0-9]+\.[a-z0-9]+$/, "is not a node type; give one like cache.r6g.large"),
    {
        at: "nodeType",
        when: ({ nodeType }) => withoutEncryption.test(nodeType),
        say: ({ nodeType }) => `"${nodeType}" is of a generation without encryption; give one like cache.t3.micro`,
    },
    range("shards", { from: 0, to: mostNodes, of: "ElastiCache" }),
    range("replicasPerShard", { from: 0, to: 5, of: "ElastiCache" }),
    {
        at: "shards",
        when: (spec) => spec.shards <= mostNodes && nodes(spec) > mostNodes,
        say: (spec) =>
            `${spec.shards} with ${spec.replicasPerShard} replicas each make ${nodes(spec)} nodes, over ElastiCache's ${mostNodes}; give fewer of either`,
    },
    {
        at: "clusterModeMigration",
        when: ({ clusterModeMigration: step }) => step !== undefined && !["compatible", "enabled"].includes(step),
        say: ({ clusterModeMigration: step }) => `"${step}" is not a step; give compatible, then enabled`,
    },
    {
        at: "clusterModeMigration",
        when: ({ clusterModeMigration: step, shards }) => step !== undefined && shards === 0,
        say: ({ clusterModeMigration: step }) =>
            `"${step}" leads to a cache with shards, and shards is 0; give shards too, or leave it out`,
    },
    range("port", { from: 1_024, to: 65_535, of: "ElastiCache" }),
    {
        at: "parameters",
        when: ({ parameters }) => "cluster-enabled" in parameters,
        say: () => "cluster-enabled follows from shards; leave it out and set shards",
    },
    oneOf("authentication", ["token", "user-group"], "a way to authenticate"),
    {
        // The value stays out of the message: it is a secret.
        at: "authToken",
        when: ({ authToken }) => authToken !== undefined && !/^[A-Za-z0-9!&#$^<>-]{16,128}$/.test(authToken),
        say: () => "is not a token that ElastiCache takes; give 16 to 128 letters, digits and !&#$^<>-",
    },
    range("authTokenVersion", { from: 1, to: 1_000_000, of: "Plinth" }),
    oneOf("authTokenUpdateStrategy", ["ROTATE", "SET"], "a strategy"),
    range("snapshotRetentionDays", { from: 0, to: 35, of: "ElastiCache" }),
    {
        at: "snapshotWindow",
        when: ({ snapshotWindow }) => !isDaily(snapshotWindow) || tooShort(snapshotWindow),
        say: ({ snapshotWindow }) =>
            `"${snapshotWindow}" is not a daily hour or more in UTC; give one like 02:00-03:00`,
    },
    {
        at: "maintenanceWindow",
        when: ({ maintenanceWindow }) => !isWeekly(maintenanceWindow) || tooShort(maintenanceWindow),
        say: ({ maintenanceWindow }) =>
            `"${maintenanceWindow}" is not a weekly hour or more in UTC; give one like sun:05:00-sun:06:00`,
    },
    {
        at: "maintenanceWindow",
        when: ({ maintenanceWindow, snapshotWindow }) => windowsOverlap(maintenanceWindow, snapshotWindow),
        say: ({ maintenanceWindow, snapshotWindow }) =>
            `${maintenanceWindow} overlaps the snapshot window ${snapshotWindow}; move one of them`,
    },
    {
        at: "logs",
        when: ({ logs }) => logs.some((log) => !(cacheLogs as readonly string[]).includes(log)),
        say: ({ logs }) =>
            `"${logs.join(", ")}" are not all logs of ElastiCache; give ${listed(cacheLogs, "and")} at most`,
    },
    {
        at: "logs",
        when: ({ logs }) => new Set(logs).size < logs.length,
        say: ({ logs }) => `"${logs.join(", ")}" names a log twice; give each once`,
    },
    {
        at: "notificationTopicArn",
        when: ({ notificationTopicArn: arn }) =>
            arn !== undefined && !/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/.test(arn),
        say: ({ notificationTopicArn: arn }) =>
            `"${arn}" is not the ARN of a topic that ElastiCache takes; give one like arn:aws:sns:eu-west-1:123456789012:cache-events`,
    },
    logRetention("logRetentionDays"),
    keyDeletionWindow,
    secretRecoveryWindow,
];

/** Nodes of the whole cache. */
export function nodes({ shards, replicasPerShard }: Pick<CacheSpec, "shards" | "replicasPerShard">): number {
    return Math.max(shards, 1) * (1 + replicasPerShard);
}

function versionsOf(engine: string): string[] | undefined {
    return engine in parameterFamilies ? Object.keys(parameterFamilies[engine as CacheEngine]) : undefined;
}

function tooShort(window: string): boolean {
    return (windowMinutes(window) ?? 0) < shortestWindow;
}
