import * as pulumi from "@pulumi/pulumi";
import type { AlarmPlan } from "../alarm";
import { shardsOf, type WatchedCache } from "../alarms/cache";
import { type AlarmGraph, alarmGraphs, plainGraph } from "./graphs";
import type { Line, Widget } from "./widget";

const graphs: AlarmGraph[] = [
    { title: "CPU of the nodes", unit: "%", kinds: ["cache-cpu-high"] },
    { title: "Time of the engine", unit: "%", kinds: ["cache-engine-cpu-high"] },
    { title: "Memory in use", unit: "%", kinds: ["cache-memory-high"] },
    { title: "Reads that find their key", unit: "%", kinds: ["cache-hit-ratio-low"] },
    { title: "Keys evicted", unit: "a minute", kinds: ["cache-evictions-high"] },
    { title: "Connections", unit: "connections", kinds: ["cache-connections-high"] },
    { title: "Lag of the replicas", unit: "seconds", kinds: ["cache-replication-lag-high"] },
    { title: "CPU credits left", unit: "credits", kinds: ["cache-cpu-credits-low"] },
];

/** The dashboard of the caches: what their alarms look at, and what they are asked to do. */
export function cacheWidgets(caches: readonly WatchedCache[], alarms: readonly AlarmPlan[]): Widget[] {
    const each = (labels: Record<string, string>): Line[] =>
        caches.flatMap(({ spec, replicationGroupId }) =>
            shardsOf(spec).flatMap(({ suffixes }) =>
                suffixes.flatMap((suffix) =>
                    Object.entries(labels).map(([metric, label]) => ({
                        metric: {
                            ...{ namespace: "AWS/ElastiCache", name: metric, statistic: "Sum" as const },
                            dimensions: { CacheClusterId: pulumi.interpolate`${replicationGroupId}-${suffix}` },
                        },
                        label: `${suffix} ${label}`,
                    })),
                ),
            ),
        );
    return [
        ...alarmGraphs(graphs, alarms),
        ...plainGraph("Commands", "a minute", each({ GetTypeCmds: "reads", SetTypeCmds: "writes" })),
        ...plainGraph("Network", "bytes a minute", each({ NetworkBytesIn: "in", NetworkBytesOut: "out" })),
    ];
}
