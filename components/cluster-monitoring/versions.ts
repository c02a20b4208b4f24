import type { Chart } from "../cluster/chart-values";

/** The namespace of everything that monitors. */
export const monitoringNamespace = "monitoring";

/**
 * The charts, at their newest versions of August 2026: Prometheus 3.14 with kube-state-metrics 2.20 and Alertmanager 0.34;
 * Grafana 13.2, whose chart moved to its community in January 2026.
 * @see https://github.com/prometheus-community/helm-charts/blob/main/charts/prometheus/Chart.yaml
 * @see https://github.com/grafana-community/helm-charts/blob/main/charts/grafana/Chart.yaml
 */
export const monitoringCharts = {
    prometheus: {
        repository: "https://prometheus-community.github.io/helm-charts",
        chart: "prometheus",
        version: "29.27.0",
        namespace: monitoringNamespace,
    },
    grafana: {
        repository: "https://grafana-community.github.io/helm-charts",
        chart: "grafana",
        version: "12.11.1",
        namespace: monitoringNamespace,
    },
} as const satisfies Record<string, Chart>;

/**
 * The exporters' images, each with the port that it serves and a user that is not root. With another version, renew the names of
 * its metrics in testing/published-metrics.json from its source.
 * @see https://github.com/prometheus-community/postgres_exporter/releases/tag/v0.20.1
 * @see https://github.com/prometheus/mysqld_exporter/releases/tag/v0.20.0
 * @see https://github.com/oliver006/redis_exporter/releases/tag/v1.88.0
 */
export const exporterImages = {
    postgres: { image: "quay.io/prometheuscommunity/postgres-exporter:v0.20.1", port: 9187, userId: 65_534 },
    mysql: { image: "quay.io/prometheus/mysqld-exporter:v0.20.0", port: 9104, userId: 65_534 },
    redis: { image: "quay.io/oliver006/redis_exporter:v1.88.0", port: 9121, userId: 59_000 },
} as const;
