import type { AlertRule } from "./alert-rule";

const group = "cluster";

export const clusterAlerts: readonly AlertRule[] = [
    {
        ...{
            group,
            name: "MonitoringTargetDown",
            severity: "warning",
            forMinutes: 10,
            runbook: "monitoring-target-down",
        },
        expression: "up == 0",
        summary: "{{ $labels.job }} at {{ $labels.instance }} cannot be read",
        description: "Its metrics are missing, and alerts on them are silent. Look at its pod and its network policy.",
    },
    {
        ...{ group, name: "NodeNotReady", severity: "critical", forMinutes: 10, runbook: "pods-failing" },
        expression: 'kube_node_status_condition{condition="Ready", status="true"} == 0',
        summary: "the node {{ $labels.node }} is not ready",
        description: "Its pods move elsewhere after five minutes. Look at the node's conditions and at its instance.",
    },
    {
        ...{ group, name: "PodCrashLooping", severity: "warning", forMinutes: 15, runbook: "pods-failing" },
        expression:
            'max by (namespace, pod, container) (max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m])) >= 1',
        summary: "{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} starts and ends again and again",
        description: "Look at what it logged before it ended: kubectl logs --previous.",
    },
    {
        ...{ group, name: "PodPending", severity: "warning", forMinutes: 15, runbook: "pods-failing" },
        expression: 'sum by (namespace, pod) (kube_pod_status_phase{phase="Pending"}) > 0',
        summary: "{{ $labels.namespace }}/{{ $labels.pod }} does not start",
        description:
            "No node has room for it, or its image, its Secret or its volume is missing: kubectl describe pod.",
    },
    {
        ...{ group, name: "ServiceAtMaximum", severity: "warning", forMinutes: 30, runbook: "service-at-maximum" },
        expression:
            "kube_horizontalpodautoscaler_status_current_replicas >= kube_horizontalpodautoscaler_spec_max_replicas",
        summary: "{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} has as many pods as it may have",
        description: "More load slows it down from now on. Raise replicas.maximum, or find what the load comes from.",
    },
    {
        ...{ group, name: "VolumeFillingUp", severity: "warning", forMinutes: 15, runbook: "volume-filling-up" },
        expression: "100 * kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 10",
        summary: "less than a tenth of the volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is left",
        description:
            "A full volume stops what writes to it. Enlarge the claim: the class of storage allows it in place.",
    },
];
