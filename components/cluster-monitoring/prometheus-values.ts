import type * as pulumi from "@pulumi/pulumi";
import { type ContainerSecurity, hardened, nobody, type Resources, resources } from "../cluster/chart-values";
import { type AlertRule, type PrometheusRule, promRule } from "./alert-rule";
import { pods, scrapingRole } from "./pods";
import { type ScrapeJob, type ScrapeTargets, scrapeJobs } from "./scrape";
import type { ClusterMonitoringSpec } from "./spec";

interface PodSecurity {
    runAsNonRoot: true;
    runAsUser: number;
    runAsGroup: number;
    fsGroup: number;
    seccompProfile: { type: "RuntimeDefault" };
}

const podSecurity: PodSecurity = {
    ...{ runAsNonRoot: true, runAsUser: nobody, runAsGroup: nobody, fsGroup: nobody },
    seccompProfile: { type: "RuntimeDefault" },
};

/**
 * @see https://github.com/prometheus-community/helm-charts/blob/main/charts/prometheus/values.yaml
 */
export interface PrometheusValues {
    server: {
        retention: string;
        retentionSize: string;
        global: { scrape_interval: string; scrape_timeout: string; evaluation_interval: string };
        persistentVolume: { size: string };
        securityContext: PodSecurity;
        containerSecurityContext: ContainerSecurity;
        service: { servicePort: number };
        resources: Resources;
        enableServiceLinks: false;
        /** The chart's own role reads every ConfigMap, Service and pod of the cluster. */
        useExistingClusterRoleName: string;
        alertmanagers?: { static_configs: { targets: string[] }[] }[];
    };
    serviceAccounts: { server: { create: true; name: string } };
    configmapReload: { prometheus: { containerSecurityContext: ContainerSecurity; resources: Resources } };
    scrapeConfigs: Record<string, ScrapeJob | { enabled: false }>;
    serverFiles: { "alerting_rules.yml": { groups: { name: string; rules: PrometheusRule[] }[] } };
    alertmanager: { enabled: false } | ({ enabled: true } & AlertmanagerValues);
    "kube-state-metrics": {
        fullnameOverride: string;
        collectors: readonly string[];
        resources: Resources;
    };
    "prometheus-node-exporter": { enabled: false };
    "prometheus-pushgateway": { enabled: false };
}

/** @see https://github.com/prometheus-community/helm-charts/blob/main/charts/alertmanager/values.yaml */
export interface AlertmanagerValues {
    fullnameOverride: string;
    serviceAccount: { create: true; name: string };
    automountServiceAccountToken: false;
    /** What it remembers are notifications sent and silences; without them it sends an alert once more. */
    persistence: { enabled: true; size: string };
    podSecurityContext: PodSecurity;
    securityContext: ContainerSecurity & { runAsUser: number; runAsGroup: number };
    resources: Resources;
    config: {
        route: {
            receiver: string;
            group_by: string[];
            group_wait: string;
            group_interval: string;
            repeat_interval: string;
            routes: { matchers: string[]; receiver: string }[];
        };
        receivers: {
            name: string;
            sns_configs?: {
                topic_arn: pulumi.Input<string>;
                sigv4: { region: pulumi.Input<string> };
                subject: string;
                send_resolved: boolean;
            }[];
        }[];
    };
}

/** A topic of SNS that alerts are sent to. */
export interface AlertTopic {
    arn: pulumi.Input<string>;
    region: pulumi.Input<string>;
}

/** The chart's own jobs. Plinth's are fewer, and read no annotation that anyone in the cluster could set. */
const jobsOfChart = [
    ...["kubernetes-api-servers", "kubernetes-nodes", "kubernetes-nodes-cadvisor", "kubernetes-service-endpoints"],
    ...["kubernetes-service-endpoints-slow", "prometheus-pushgateway", "kubernetes-services", "kubernetes-pods"],
    "kubernetes-pods-slow",
];

/** What kube-state-metrics lists of the cluster: nothing that it would need to read Secrets or ConfigMaps for. */
const collectors = [
    ...["cronjobs", "daemonsets", "deployments", "horizontalpodautoscalers", "jobs", "namespaces", "nodes"],
    ...["persistentvolumeclaims", "persistentvolumes", "poddisruptionbudgets", "pods", "replicasets", "statefulsets"],
] as const;

/** The values of the chart. Images are those of the chart's version, and volumes are of the cluster's default class. */
export function prometheusValues(
    spec: ClusterMonitoringSpec,
    targets: ScrapeTargets,
    rules: readonly AlertRule[],
    topic: AlertTopic | undefined,
): PrometheusValues {
    const groups = [...new Set(rules.map(({ group }) => group))];
    return {
        server: {
            retention: `${spec.retentionDays}d`,
            retentionSize: `${Math.floor(spec.storageGiB * 1024 * 0.8)}MB`,
            global: {
                scrape_interval: `${spec.scrapeIntervalSeconds}s`,
                scrape_timeout: "10s",
                evaluation_interval: `${spec.scrapeIntervalSeconds}s`,
            },
            persistentVolume: { size: `${spec.storageGiB}Gi` },
            securityContext: podSecurity,
            containerSecurityContext: hardened,
            // A network policy sees the port of the Service, which is to be that of the pod.
            service: { servicePort: pods.prometheus.port },
            resources: resources("100m", "512Mi", "1Gi"),
            enableServiceLinks: false,
            useExistingClusterRoleName: scrapingRole,
            ...(topic && {
                alertmanagers: [
                    { static_configs: [{ targets: [`${pods.alertmanager.name}:${pods.alertmanager.port}`] }] },
                ],
            }),
        },
        serviceAccounts: { server: { create: true, name: pods.prometheus.name } },
        configmapReload: {
            prometheus: { containerSecurityContext: hardened, resources: resources("10m", "32Mi", "64Mi") },
        },
        scrapeConfigs: {
            ...Object.fromEntries(jobsOfChart.map((job) => [job, { enabled: false as const }])),
            ...scrapeJobs(targets),
        },
        serverFiles: {
            "alerting_rules.yml": {
                groups: groups.map((name) => ({
                    name,
                    rules: rules.filter(({ group }) => group === name).map(promRule),
                })),
            },
        },
        alertmanager: topic ? { enabled: true, ...alertmanagerValues(topic) } : { enabled: false },
        "kube-state-metrics": {
            fullnameOverride: pods.kubeStateMetrics.name,
            collectors,
            resources: resources("10m", "64Mi", "256Mi"),
        },
        // It reads the node's files and its network, which `restricted` forbids.
        "prometheus-node-exporter": { enabled: false },
        "prometheus-pushgateway": { enabled: false },
    };
}

function alertmanagerValues({ arn, region }: AlertTopic): AlertmanagerValues {
    const { name } = pods.alertmanager;
    return {
        fullnameOverride: name,
        serviceAccount: { create: true, name },
        automountServiceAccountToken: false,
        persistence: { enabled: true, size: "1Gi" },
        podSecurityContext: podSecurity,
        securityContext: { ...hardened, runAsUser: nobody, runAsGroup: nobody },
        resources: resources("10m", "32Mi", "128Mi"),
        config: {
            route: {
                ...{ receiver: "none", group_by: ["alertname"] },
                ...{ group_wait: "30s", group_interval: "5m", repeat_interval: "12h" },
                routes: [{ matchers: ['severity="critical"'], receiver: "topic" }],
            },
            receivers: [
                { name: "none" },
                {
                    name: "topic",
                    sns_configs: [
                        {
                            topic_arn: arn,
                            sigv4: { region },
                            // SNS refuses subjects of more than 100 characters.
                            subject: "{{ .Status | toUpper }}: {{ .CommonLabels.alertname }}",
                            send_resolved: true,
                        },
                    ],
                },
            ],
        },
    };
}
