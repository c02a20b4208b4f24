import type * as pulumi from "@pulumi/pulumi";
import { type AlarmPlan, perMinute } from "../alarm";
import type { AlarmKindName } from "../kinds";
import type { Statistic } from "../metric";
import type { ObservabilitySpec } from "../spec";

/** A cluster to watch. */
export interface WatchedCluster {
    /** Its name in alarms: `cluster`. */
    name: string;
    clusterName: pulumi.Input<string>;
    /** The namespace of the platform's services; undefined where it has none. */
    namespace?: pulumi.Input<string>;
    /** The Auto Scaling groups of its nodes. */
    autoScalingGroupNames?: pulumi.Input<string>[];
}

type Thresholds = ObservabilitySpec["cluster"];
type Row = [
    kind: AlarmKindName,
    metric: string,
    statistic: Statistic,
    threshold: number,
    unit: string,
    timing: [evaluationPeriods: number, datapointsToAlarm: number],
];

/**
 * The alarms of a cluster, on the metrics of Container Insights. The thresholds, the times and what is made of missing data
 * are those that AWS recommends, but for what `thresholds` has.
 */
export function clusterAlarms({ name, clusterName, namespace }: WatchedCluster, thresholds: Thresholds): AlarmPlan[] {
    const ofNodes: Row[] = [
        ["node-failed", "cluster_failed_node_count", "Maximum", 0, "nodes", [2, 2]],
        ["node-cpu-high", "node_cpu_utilization", "Maximum", thresholds.nodeCpuPercent, "%", [3, 3]],
        ["node-memory-high", "node_memory_utilization", "Maximum", thresholds.nodeMemoryPercent, "%", [3, 2]],
        ["node-disk-full", "node_filesystem_utilization", "Maximum", thresholds.nodeDiskPercent, "%", [5, 5]],
        ["node-capacity-reserved", "node_cpu_reserved_capacity", "Average", 80, "% of CPU", [3, 3]],
        ["node-capacity-reserved", "node_memory_reserved_capacity", "Average", 85, "% of memory", [3, 2]],
        ["kubernetes-api-errors", "apiserver_request_total_5xx", "Sum", 10, "errors a minute", [5, 5]],
        ["kubernetes-api-slow", "apiserver_request_duration_seconds", "Average", 0.25, "s a request", [3, 2]],
        ["kubernetes-api-slow", "rest_client_request_duration_seconds", "Average", 0.5, "s a client's request", [3, 2]],
        ["kubernetes-api-slow", "etcd_request_duration_seconds", "Average", 0.1, "s a request to etcd", [3, 2]],
    ];
    const ofPods: Row[] = [
        ["pods-pending", "pod_status_pending", "Maximum", thresholds.pendingPods, "pods", [10, 8]],
        ["pods-busy", "pod_cpu_utilization", "Average", 80, "% of a node's CPU", [5, 3]],
        ["pods-busy", "pod_memory_utilization", "Average", 75, "% of a node's memory", [4, 3]],
    ];
    const alarm = (
        [kind, metric, statistic, threshold, unit, timing]: Row,
        dimensions: Record<string, pulumi.Input<string>>,
    ): AlarmPlan => ({
        ...{ kind, subject: subjectOf(name, metric), comparison: "above", threshold, limit: `${threshold} ${unit}` },
        metrics: [{ namespace: "ContainerInsights", name: metric, statistic, dimensions }],
        ...perMinute(...timing),
        // Nodes that no longer report their memory are out of it, so AWS recommends it for this metric alone.
        missingData: metric === "node_memory_utilization" ? "breaching" : "notBreaching",
    });
    const ofCluster = { ClusterName: clusterName };
    return [
        ...ofNodes.map((row) => alarm(row, ofCluster)),
        ...(namespace === undefined ? [] : ofPods.map((row) => alarm(row, { ...ofCluster, Namespace: namespace }))),
    ];
}

/** Several alarms of a kind are told apart by their metric. */
const distinguished: Record<string, string> = {
    node_cpu_reserved_capacity: "cpu",
    node_memory_reserved_capacity: "memory",
    apiserver_request_duration_seconds: "requests",
    rest_client_request_duration_seconds: "clients",
    etcd_request_duration_seconds: "etcd",
    pod_cpu_utilization: "cpu",
    pod_memory_utilization: "memory",
};

function subjectOf(name: string, metric: string): string {
    const part = distinguished[metric];
    return part === undefined ? name : `${name}-${part}`;
}
