import { listed, type Rule } from "../validation";
import { windowsOverlap } from "../windows";
import type { CacheEngine, CacheSpec } from "./spec";

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

/**
 * Old generations that have no TLS, or no replication group to have it in.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
 */
const withoutEncryption = /^cache\.(t1|m1|m2|c1)\./;

export const cacheRules: Rule<CacheSpec>[] = [
    {
        at: "engineVersion",
        when: ({ engine, engineVersion }) =>
            versionsOf(engine) !== undefined && !versionsOf(engine)?.includes(engineVersion),
        say: ({ engine, engineVersion }) =>
            `"${engineVersion}" is not a version of ${engine} that Plinth makes; give ${listed(versionsOf(engine) ?? [])}`,
    },
    {
        at: "nodeType",
        when: ({ nodeType }) => withoutEncryption.test(nodeType),
        say: ({ nodeType }) => `"${nodeType}" is of a generation without encryption; give one like cache.t3.micro`,
    },
    {
        at: "shards",
        when: (spec) => spec.shards <= mostNodes && nodes(spec) > mostNodes,
        say: (spec) =>
            `${spec.shards} with ${spec.replicasPerShard} replicas each make ${nodes(spec)} nodes, over ElastiCache's ${mostNodes}; give fewer of either`,
    },
    {
        at: "clusterModeMigration",
        when: ({ clusterModeMigration: step, shards }) => step !== undefined && shards === 0,
        say: ({ clusterModeMigration: step }) =>
            `"${step}" leads to a cache with shards, and shards is 0; give shards too, or leave it out`,
    },
    {
        at: "parameters",
        when: ({ parameters }) => "cluster-enabled" in parameters,
        say: () => "cluster-enabled follows from shards; leave it out and set shards",
    },
    {
        at: "maintenanceWindow",
        when: ({ maintenanceWindow, snapshotWindow }) => windowsOverlap(maintenanceWindow, snapshotWindow),
        say: ({ maintenanceWindow, snapshotWindow }) =>
            `${maintenanceWindow} overlaps the snapshot window ${snapshotWindow}; move one of them`,
    },
    {
        at: "logs",
        when: ({ logs }) => new Set(logs).size < logs.length,
        say: ({ logs }) => `"${logs.join(", ")}" names a log twice; give each once`,
    },
];

/** Nodes of the whole cache. */
export function nodes({ shards, replicasPerShard }: Pick<CacheSpec, "shards" | "replicasPerShard">): number {
    return Math.max(shards, 1) * (1 + replicasPerShard);
}

function versionsOf(engine: string): string[] | undefined {
    return engine in parameterFamilies ? Object.keys(parameterFamilies[engine as CacheEngine]) : undefined;
}
