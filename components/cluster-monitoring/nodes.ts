import type * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";

/** The raw resources of a `ClusterMonitoring`. */
export interface ClusterMonitoringNodes {
    namespace: k8s.core.v1.Namespace;
    prometheus: k8s.helm.v3.Release;
    grafana: k8s.helm.v3.Release;
    /** The ConfigMap with Grafana's dashboards. */
    dashboards: k8s.core.v1.ConfigMap;
    /** The exporters, by what they read: `database`, `cache`. */
    exporters: { database?: k8s.apps.v1.Deployment; cache?: k8s.apps.v1.Deployment };
    /** The secret with the password of Grafana's administrator. */
    secret: aws.secretsmanager.Secret;
    /** The key of that secret. */
    key: aws.kms.Key;
}
