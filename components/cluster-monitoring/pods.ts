import type { NetworkCidrs, NetworkPath, Peer } from "../kubernetes/network-path";
import { dnsPorts, podIdentityAgent } from "../kubernetes/network-path";

/** The pods that monitor, as network policies and Prometheus call them, each with the port that it serves. */
export const pods = {
    prometheus: { name: "prometheus", port: 9090 },
    grafana: { name: "grafana", port: 3000 },
    kubeStateMetrics: { name: "kube-state-metrics", port: 8080 },
    alertmanager: { name: "alertmanager", port: 9093 },
} as const;

/** The ClusterRole of Prometheus. */
export const scrapingRole = "prometheus-scraping";

/** What Prometheus may do in the cluster: find the nodes, and read the metrics of their kubelets. */
export const scrapingRules = [
    { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
    { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
];

/** A pod that serves metrics of something else. */
export interface ExporterPod {
    name: string;
    port: number;
}

/**
 * The blocks of addresses that EKS takes the addresses of Services from: one of them, by the VPC's own. The API is called by such
 * an address, and a policy judges a packet before that is translated.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
 */
const serviceCidrs = ["10.100.0.0/16", "172.20.0.0/16"];

/**
 * The connections of the pods that monitor, apart from the exporters': what each needs for its work, and no others. People
 * reach them through the cluster's API (`kubectl port-forward`), which arrives from the node itself.
 */
export function monitoringPaths(
    cidrs: NetworkCidrs,
    exporters: readonly ExporterPod[],
    alerting: boolean,
): Record<string, NetworkPath[]> {
    const { prometheus, grafana, kubeStateMetrics, alertmanager } = pods;
    const dns: NetworkPath = { direction: "out", peer: { is: "dns" }, ports: dnsPorts };
    const api = to({ is: "kubernetes API", cidrs: [cidrs.vpc, ...serviceCidrs] }, 443);
    const scraped = [kubeStateMetrics, ...exporters, ...(alerting ? [alertmanager] : [])];
    return {
        [prometheus.name]: [
            dns,
            from(grafana.name, prometheus.port),
            ...scraped.map(({ name, port }) => to({ is: "service", name }, port)),
            to({ is: "kubelets", cidrs: cidrs.subnets.private }, 10_250),
            api,
        ],
        [grafana.name]: [dns, to({ is: "service", name: prometheus.name }, prometheus.port)],
        [kubeStateMetrics.name]: [from(prometheus.name, kubeStateMetrics.port), api],
        ...(alerting && {
            [alertmanager.name]: [
                dns,
                from(prometheus.name, alertmanager.port),
                to({ is: "pod identity", cidrs: [podIdentityAgent.cidr] }, podIdentityAgent.port),
                to(
                    cidrs.interfaceEndpoints.includes("sns")
                        ? { is: "endpoints", cidrs: cidrs.subnets.private }
                        : { is: "internet", except: cidrs.vpc },
                    443,
                ),
            ],
        }),
    };
}

function to(peer: Peer, port: number): NetworkPath {
    return { direction: "out", peer, ports: [{ protocol: "TCP", port }] };
}

function from(name: string, port: number): NetworkPath {
    return { direction: "in", peer: { is: "service", name }, ports: [{ protocol: "TCP", port }] };
}
