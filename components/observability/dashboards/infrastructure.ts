import type { AlarmPlan } from "../alarm";
import type { Watched } from "../plan";
import { type AlarmGraph, alarmGraphs, plainGraph } from "./graphs";
import type { Line, Widget } from "./widget";

const graphs: AlarmGraph[] = [
    { title: "Nodes that fail", unit: "nodes", kinds: ["node-failed"] },
    { title: "CPU of the busiest node", unit: "%", kinds: ["node-cpu-high"] },
    { title: "Memory of the fullest node", unit: "%", kinds: ["node-memory-high"] },
    { title: "Disk of the fullest node", unit: "%", kinds: ["node-disk-full"] },
    { title: "Capacity that is reserved", unit: "%", kinds: ["node-capacity-reserved"] },
    { title: "Errors of the Kubernetes API", unit: "a minute", kinds: ["kubernetes-api-errors"] },
    { title: "Time of the Kubernetes API", unit: "seconds", kinds: ["kubernetes-api-slow"] },
    {
        title: "NAT gateways: errors and dropped packets",
        unit: "a minute",
        kinds: ["nat-port-allocation-errors", "nat-packets-dropped"],
    },
    { title: "Interface endpoints: dropped packets", unit: "a minute", kinds: ["endpoint-packets-dropped"] },
    { title: "Days until the certificate expires", unit: "days", kinds: ["certificate-expiring"] },
    { title: "Notifications that failed", unit: "a minute", kinds: ["notification-failed"] },
];

/** The dashboard of what everything runs on: nodes, the Kubernetes API and the network. */
export function infrastructureWidgets({ cluster, network }: Watched, alarms: readonly AlarmPlan[]): Widget[] {
    const nodes: Line[] = cluster
        ? [
              {
                  metric: {
                      ...{ namespace: "ContainerInsights", name: "cluster_node_count", statistic: "Average" },
                      dimensions: { ClusterName: cluster.clusterName },
                  },
                  label: "nodes",
              },
          ]
        : [];
    const gateways: Line[] = (network?.natGatewayIds ?? []).map((id, index) => ({
        metric: {
            ...{ namespace: "AWS/NATGateway", name: "ActiveConnectionCount", statistic: "Maximum" },
            dimensions: { NatGatewayId: id },
        },
        label: `nat-${index + 1}`,
    }));
    return [
        ...plainGraph("Nodes", "nodes", nodes),
        ...alarmGraphs(graphs, alarms),
        ...plainGraph("NAT gateways: connections", "connections", gateways),
    ];
}
