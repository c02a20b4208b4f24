import type { AlertRule } from "./alert-rule";
import type { ClusterMonitoringSpec } from "./spec";

const group = "cache";

/** Below this size the memory of the process itself outweighs that of the data, and the ratio says nothing. */
const smallestForFragmentation = 100 * 1024 ** 2;

/** The alerts on a cache, for each of its nodes that is read. */
export function cacheAlerts({ cacheMemoryPercent, cacheFragmentationPercent }: ClusterMonitoringSpec): AlertRule[] {
    return [
        {
            ...{ group, name: "CacheUnreachable", severity: "critical", forMinutes: 5, runbook: "cache-unreachable" },
            expression: "redis_up == 0",
            summary: "the cluster cannot log in to the cache",
            description: "The node, the way to it, or the password. Services may be cut off too: look at theirs first.",
        },
        {
            ...{ group, name: "CacheMemoryHigh", severity: "warning", forMinutes: 10, runbook: "cache-memory" },
            expression: `100 * redis_memory_used_bytes / (redis_memory_max_bytes > 0) > ${cacheMemoryPercent}`,
            summary: `more than ${cacheMemoryPercent} % of the memory of {{ $labels.instance }} is in use`,
            description:
                "At 100 % keys are evicted, or writes refused, as maxmemory-policy says. Look for big keys, and keys without an end.",
        },
        {
            ...{ group, name: "CacheFragmented", severity: "warning", forMinutes: 30, runbook: "cache-memory" },
            expression: `100 * redis_mem_fragmentation_ratio > ${cacheFragmentationPercent} and redis_memory_used_bytes > ${smallestForFragmentation}`,
            summary: `{{ $labels.instance }} takes over ${cacheFragmentationPercent} % of the memory of its data`,
            description:
                "Memory that was freed is not given back. Set activedefrag to yes, or have the node fail over.",
        },
        {
            ...{
                group,
                name: "CacheRefusesConnections",
                severity: "critical",
                forMinutes: 5,
                runbook: "cache-unreachable",
            },
            expression: "increase(redis_rejected_connections_total[10m]) > 0",
            summary: "{{ $labels.instance }} has as many clients as it may have, and refuses others",
            description: "Clients do not share or do not close their connections. Find them by CLIENT LIST.",
        },
    ];
}
