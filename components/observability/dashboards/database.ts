import type { AlarmPlan } from "../alarm";
import type { WatchedDatabase } from "../alarms/database";
import type { Statistic } from "../metric";
import { type AlarmGraph, alarmGraphs, plainGraph } from "./graphs";
import type { Line, Widget } from "./widget";

const namespace = "AWS/RDS";

const graphs: AlarmGraph[] = [
    { title: "Uptime of the writer", unit: "seconds", kinds: ["database-down"] },
    { title: "CPU", unit: "%", kinds: ["database-cpu-high"] },
    { title: "Load", unit: "active sessions", kinds: ["database-load-high"] },
    { title: "Connections", unit: "connections", kinds: ["database-connections-high"] },
    { title: "Memory left", unit: "bytes", kinds: ["database-memory-low"] },
    { title: "Serverless capacity in use", unit: "% of the largest", kinds: ["database-capacity-high"] },
    { title: "Storage left", unit: "bytes", kinds: ["database-storage-low"] },
    { title: "Local storage left", unit: "bytes", kinds: ["database-local-storage-low"] },
    { title: "Volume left", unit: "bytes", kinds: ["database-volume-low"] },
    { title: "Time of a read, nine of ten", unit: "seconds", kinds: ["database-read-latency-high"] },
    { title: "Time of a write, nine of ten", unit: "seconds", kinds: ["database-write-latency-high"] },
    { title: "Time of a SELECT, 95 of 100", unit: "milliseconds", kinds: ["database-select-time-high"] },
    { title: "Reads answered from memory", unit: "%", kinds: ["database-cache-hit-ratio-low"] },
    { title: "Lag of the replicas", unit: "seconds; Aurora: milliseconds", kinds: ["database-replica-lag-high"] },
    { title: "CPU credits left", unit: "credits", kinds: ["database-cpu-credits-low"] },
    {
        title: "Burst of the storage left",
        unit: "%",
        kinds: ["database-burst-balance-low", "database-ebs-balance-low"],
    },
    { title: "Transaction ids in use", unit: "ids", kinds: ["database-transaction-ids-high"] },
    { title: "Row versions that are kept", unit: "versions", kinds: ["database-history-list-long"] },
    { title: "Transactions that wait for a lock", unit: "a second", kinds: ["database-blocked-transactions"] },
    { title: "Errors of the rotation of passwords", unit: "errors", kinds: ["rotation-failed"] },
];

/** The dashboard of the databases: what their alarms look at, and what they are asked to do. */
export function databaseWidgets(databases: readonly WatchedDatabase[], alarms: readonly AlarmPlan[]): Widget[] {
    const each = (labels: Record<string, string>, statistic: Statistic = "Average"): Line[] =>
        databases.flatMap(({ name, servers }) =>
            servers.flatMap(({ part, identifier }) =>
                Object.entries(labels).map(([metric, label]) => ({
                    metric: {
                        ...{ namespace, name: metric, statistic },
                        dimensions: { DBInstanceIdentifier: identifier },
                    },
                    label: `${name}-${part} ${label}`,
                })),
            ),
        );
    return [
        ...alarmGraphs(graphs, alarms),
        ...plainGraph("Operations of the storage", "a second", each({ ReadIOPS: "reads", WriteIOPS: "writes" })),
        ...plainGraph(
            "Network",
            "bytes a second",
            each({ NetworkReceiveThroughput: "in", NetworkTransmitThroughput: "out" }),
        ),
    ];
}
