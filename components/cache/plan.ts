import { expiryWarning, expiryWarnings } from "../offers";
import { inSmallLetters } from "../parameter-names";
import type { Restored } from "../restored";
import { specProblems } from "../settings";
import { type Problem, problemAt, throwIfInvalid } from "../validation";
import { type CacheOrigin, originProblems } from "./restore";
import { cacheRules, isNewer, nodes, nodeTypes, parameterFamily } from "./rules";
import { type CacheLog, type CacheSpec, cacheSettings } from "./spec";

/** What follows from a spec and is not in it. */
export interface CachePlan {
    parameterFamily: string;
    /** Its part of names. Family and mode are in it, since neither can change in a group that is in use. */
    parameterGroupPart: string;
    parameters: { name: string; value: string }[];
    topology: CacheTopology;
    /**
     * Arguments that stay as they are in a living cache, whatever the spec says. The snapshot's name always does: a
     * snapshot can only fill a new cache, and naming one must not cost the living one.
     */
    ignoreChanges: string[];
    /** In one order, whatever the config's, so that the order changes nothing. */
    logs: CacheLog[];
}

/** How many nodes of which kind, as a replication group wants it said. */
export interface CacheTopology {
    /** Nodes without cluster mode. */
    numCacheClusters?: number;
    /** Shards in cluster mode. */
    numNodeGroups?: number;
    /** Replicas of every shard in cluster mode. */
    replicasPerNodeGroup?: number;
    automaticFailoverEnabled: boolean;
    multiAzEnabled: boolean;
}

/**
 * What a tier sizes: it has to wait while cluster mode changes, since AWS takes nothing else in the same request.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
 */
const keptWhileMigrating = [
    ...["nodeType", "numCacheClusters", "numNodeGroups", "replicasPerNodeGroup"],
    ...["automaticFailoverEnabled", "multiAzEnabled", "snapshotRetentionLimit", "applyImmediately"],
];

/** What Plinth sets in every cache; a spec's own parameters go over it. */
const baseParameters: Record<string, string> = {
    "maxmemory-policy": "allkeys-lru",
    timeout: "300",
    "notify-keyspace-events": "Ex",
};

/**
 * Decides what a cache is made of. `zones` is how many zones its network has.
 * @throws InvalidSpecError with every problem of `spec`
 */
export function planCache(
    name: string,
    spec: CacheSpec & { restored?: Restored<CacheOrigin> },
    zones: number,
): CachePlan {
    throwIfInvalid(`Cache "${name}"`, [
        ...cacheProblems(name, spec),
        ...originProblems(`${name}.restored`, spec),
        ...placementProblems(name, spec, zones),
    ]);
    const sharded = spec.shards > 0;
    const family = parameterFamily(spec);
    return {
        parameterFamily: family,
        parameterGroupPart: sharded ? `${family}-cluster` : family,
        parameters: parametersOf({
            ...baseParameters,
            ...inSmallLetters(spec.parameters),
            ...(sharded ? { "cluster-enabled": "yes" } : {}),
        }),
        topology: topologyOf(spec),
        ignoreChanges: ["snapshotName", ...(spec.clusterModeMigration ? keptWhileMigrating : [])],
        logs: [...spec.logs].sort(),
    };
}

/**
 * All that is wrong with `spec`; `where` stands in front of the names of fields.
 * @param region the region that it is for; without it, a node type is good that any region has
 */
export function cacheProblems(where: string, spec: CacheSpec, region?: string): Problem[] {
    return specProblems(where, cacheSettings, { ...spec, region }, cacheRules);
}

/** What of `spec` is for AWS to judge. */
export function cacheWarnings(spec: CacheSpec): string[] {
    const { engine, engineVersion, nodeType, allowUnlisted } = spec;
    return [
        ...(isNewer(spec) && !allowUnlisted ? [expiryWarning(engineVersion, `a version of ${engine}`)] : []),
        ...expiryWarnings(nodeTypes(), [nodeType], spec),
    ];
}

function topologyOf(spec: CacheSpec): CacheTopology {
    const replicated = spec.replicasPerShard > 0;
    if (spec.shards === 0) {
        return { numCacheClusters: nodes(spec), automaticFailoverEnabled: replicated, multiAzEnabled: replicated };
    }
    return {
        numNodeGroups: spec.shards,
        replicasPerNodeGroup: spec.replicasPerShard,
        // Cluster mode knows no other way, even where there is no replica to fail over to.
        automaticFailoverEnabled: true,
        multiAzEnabled: replicated,
    };
}

/** In the order of names, so that the order of the config changes nothing. */
function parametersOf(parameters: Record<string, string>): { name: string; value: string }[] {
    return Object.entries(parameters)
        .map(([name, value]) => ({ name, value }))
        .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

function placementProblems(where: string, spec: CacheSpec, zones: number): Problem[] {
    const least = spec.replicasPerShard > 0 ? 2 : 1;
    if (zones >= least) return [];
    const message = `${zones} isolated subnets are too few for ${spec.replicasPerShard} replicas; give one in each of ${least} zones or more`;
    return [problemAt(`${where}.network`, message)];
}
