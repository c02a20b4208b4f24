import type { DashboardSpec } from "./panel";

export const clusterDashboard: DashboardSpec = {
    uid: "cluster",
    title: "Cluster",
    rows: [
        {
            title: "Load",
            graphs: [
                {
                    title: "CPU by namespace",
                    description: "Cores in use, and all that the nodes have.",
                    unit: "short",
                    series: {
                        "{{namespace}}":
                            'sum by (namespace) (rate(container_cpu_usage_seconds_total{container!=""}[$__rate_interval]))',
                        nodes: "sum(machine_cpu_cores)",
                    },
                },
                {
                    title: "Memory by namespace",
                    description: "What cannot be given back, and all that the nodes have.",
                    unit: "bytes",
                    series: {
                        "{{namespace}}": 'sum by (namespace) (container_memory_working_set_bytes{container!=""})',
                        nodes: "sum(machine_memory_bytes)",
                    },
                },
                {
                    title: "Memory near its limit",
                    description:
                        "Share of its limit that a container has in use, of the ten nearest. At 100 % it is ended.",
                    unit: "percent",
                    series: {
                        "{{namespace}}/{{pod}} {{container}}":
                            'topk(10, 100 * max by (namespace, pod, container) (container_memory_working_set_bytes{container!=""}) / max by (namespace, pod, container) (kube_pod_container_resource_limits{resource="memory"}))',
                    },
                },
                {
                    title: "CPU held back",
                    description: "Share of periods in which a container came to its limit of CPU.",
                    unit: "percent",
                    series: {
                        "{{namespace}}/{{pod}}":
                            "topk(10, 100 * sum by (namespace, pod) (rate(container_cpu_cfs_throttled_periods_total[$__rate_interval])) / (sum by (namespace, pod) (rate(container_cpu_cfs_periods_total[$__rate_interval])) > 0))",
                    },
                },
            ],
        },
        {
            title: "Pods",
            graphs: [
                {
                    title: "Pods by state",
                    description: "Pending ones wait for room, an image, a Secret or a volume.",
                    unit: "short",
                    series: { "{{phase}}": "sum by (phase) (kube_pod_status_phase)" },
                },
                {
                    title: "Restarts",
                    description: "Of containers, in the last hour.",
                    unit: "short",
                    series: {
                        "{{namespace}}/{{pod}} {{container}}":
                            "sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[1h])) > 0",
                    },
                },
                {
                    title: "Pods of services",
                    description: "What the autoscaler has, and the most that it may have.",
                    unit: "short",
                    series: {
                        "{{horizontalpodautoscaler}}": "kube_horizontalpodautoscaler_status_current_replicas",
                        "{{horizontalpodautoscaler}} maximum": "kube_horizontalpodautoscaler_spec_max_replicas",
                    },
                },
                {
                    title: "Volumes",
                    description: "Share in use.",
                    unit: "percent",
                    series: {
                        "{{namespace}}/{{persistentvolumeclaim}}":
                            "100 * (1 - kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes)",
                    },
                },
            ],
        },
    ],
};
