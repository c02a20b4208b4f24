import { cacheNodeTypes, cacheVersions } from "@plinth/facts";
import { isAwsToJudge, isRefused, mend, type OfferContext, type OfferKind, whyRefused } from "../offers";
import { findParameter, parameterFault } from "../parameter-names";
import { listed, type Rule } from "../validation";
import { windowsOverlap } from "../windows";
import type { CacheEngine, CacheSpec } from "./spec";

/**
 * The oldest versions that take TLS and AUTH together as Plinth wants them.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
 */
const oldest: Record<CacheEngine, number> = { redis: 7, valkey: 7.2 };

/** The versions of an engine that a cache may have. */
export function versionsOf(engine: CacheEngine): string[] {
    return cacheVersions(engine).filter((version) => Number(version) >= oldest[engine]);
}

/**
 * The family of a version's parameters.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
 */
export function parameterFamily({ engine, engineVersion }: Pick<CacheSpec, "engine" | "engineVersion">): string {
    return engine + engineVersion.split(".")[0];
}

/** A cache, and the region that it is for, where it is known. */
type PlacedCache = CacheSpec & OfferContext;

/** The node types of ElastiCache. */
export function nodeTypes(): OfferKind {
    return { offer: cacheNodeTypes(), file: "caches", label: "a node type that ElastiCache has" };
}

/** A version that is newer than all that are known. */
export function isNewer({ engine, engineVersion }: CacheSpec): boolean {
    return /^\d+\.\d+$/.test(engineVersion) && Number(engineVersion) > Number(versionsOf(engine).at(-1));
}

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

export const cacheRules: Rule<PlacedCache>[] = [
    {
        at: "engineVersion",
        when: (spec) =>
            isEngine(spec.engine) &&
            !versionsOf(spec.engine).includes(spec.engineVersion) &&
            !(isNewer(spec) && isAwsToJudge("caches", spec)),
        say: (spec) =>
            `"${spec.engineVersion}" is not a version of ${spec.engine} that Plinth makes; give ${listed(versionsOf(spec.engine))}${isNewer(spec) ? `, or ${mend}` : ""}`,
    },
    {
        at: "nodeType",
        when: ({ nodeType }) => withoutEncryption.test(nodeType),
        say: ({ nodeType }) => `"${nodeType}" is of a generation without encryption; give one like cache.t3.micro`,
    },
    {
        at: "nodeType",
        when: (spec) => !withoutEncryption.test(spec.nodeType) && isRefused(nodeTypes(), spec.nodeType, spec),
        say: (spec) => whyRefused(nodeTypes(), spec.nodeType, spec),
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
        when: ({ parameters }) => parameterFault(parameters) !== undefined,
        say: ({ parameters }) => parameterFault(parameters) ?? "",
    },
    {
        at: "parameters",
        when: ({ parameters }) => findParameter(parameters, (name) => name === "cluster-enabled") !== undefined,
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

/** An engine that is none has been reported already. */
function isEngine(engine: string): engine is CacheEngine {
    return engine in oldest;
}
