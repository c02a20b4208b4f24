import { pods } from "./pods";

/** A job of Prometheus, as far as Plinth's differ. */
export interface ScrapeJob {
    scheme?: "https";
    metrics_path?: string;
    honor_labels?: true;
    static_configs?: { targets: string[] }[];
    kubernetes_sd_configs?: { role: "node" }[];
    http_sd_configs?: { url: string; refresh_interval: string }[];
    tls_config?: { ca_file: string };
    authorization?: { credentials_file: string };
    relabel_configs?: Relabelling[];
    metric_relabel_configs?: Relabelling[];
}

interface Relabelling {
    source_labels?: string[];
    regex?: string;
    action?: "keep" | "labelmap";
    target_label?: string;
    replacement?: string;
}

/** What is scraped besides the cluster itself. */
export interface ScrapeTargets {
    /** The exporter of the database, if there is one. */
    database?: { name: string; port: number };
    /** The exporter of the cache, if there is one; `clustered` if each node of the cache is asked. */
    cache?: { name: string; port: number; clustered: boolean };
    alerting: boolean;
}

const account = "/var/run/secrets/kubernetes.io/serviceaccount";

/** The kubelets serve hundreds of metrics for each container. These are the ones that dashboards and alerts use. */
const kept = {
    kubelet: "kubelet_volume_stats_(available|capacity)_bytes",
    containers:
        "container_(cpu_usage_seconds_total|memory_working_set_bytes|cpu_cfs_(throttled_)?periods_total)|machine_(cpu_cores|memory_bytes)",
} as const;

/** The jobs of Prometheus, by name. */
export function scrapeJobs({ database, cache, alerting }: ScrapeTargets): Record<string, ScrapeJob> {
    return {
        prometheus: at({ name: "localhost", port: pods.prometheus.port }),
        "kube-state-metrics": { ...at(pods.kubeStateMetrics), honor_labels: true },
        kubelet: { ...ofKubelets("/metrics"), metric_relabel_configs: [keep(kept.kubelet)] },
        containers: { ...ofKubelets("/metrics/cadvisor"), metric_relabel_configs: [keep(kept.containers)] },
        ...(alerting && { alertmanager: at(pods.alertmanager) }),
        ...(database && { database: at(database) }),
        ...(cache && { cache: cache.clustered ? ofEveryNode(cache) : at(cache) }),
    };
}

function at({ name, port }: { name: string; port: number }): ScrapeJob {
    return { static_configs: [{ targets: [`${name}:${port}`] }] };
}

/** The cluster's own authority signs the certificates of EKS's kubelets, so they are verified. */
function ofKubelets(path: string): ScrapeJob {
    return {
        ...{ scheme: "https", metrics_path: path, kubernetes_sd_configs: [{ role: "node" }] },
        tls_config: { ca_file: `${account}/ca.crt` },
        authorization: { credentials_file: `${account}/token` },
        relabel_configs: [{ source_labels: ["__meta_kubernetes_node_name"], target_label: "node" }],
    };
}

/** The exporter lists the nodes of a cache in cluster mode, and reads whichever it is asked for. */
function ofEveryNode({ name, port }: { name: string; port: number }): ScrapeJob {
    return {
        metrics_path: "/scrape",
        http_sd_configs: [{ url: `http://${name}:${port}/discover-cluster-nodes`, refresh_interval: "1m" }],
        relabel_configs: [
            { source_labels: ["__address__"], target_label: "__param_target" },
            { source_labels: ["__param_target"], target_label: "instance" },
            { target_label: "__address__", replacement: `${name}:${port}` },
        ],
    };
}

function keep(regex: string): Relabelling {
    return { source_labels: ["__name__"], regex, action: "keep" };
}
