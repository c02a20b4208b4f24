import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "./spec";

/** A chart at one exact version. */
export interface Chart {
    repository: string;
    chart: string;
    version: string;
    /** The namespace that it is installed in. */
    namespace: string;
}

/** A chart of a controller, with the service account that the controller has. */
export interface ControllerChart extends Chart {
    serviceAccount: string;
}

/**
 * The charts, at their newest versions of summer 2026.
 * @see https://github.com/aws/eks-charts/pull/1347
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/charts/cluster-autoscaler/Chart.yaml
 * @see https://github.com/external-secrets/external-secrets/releases/tag/v2.10.0
 */
export const charts = {
    loadBalancerController: {
        repository: "https://aws.github.io/eks-charts",
        chart: "aws-load-balancer-controller",
        version: "3.4.2",
        namespace: "kube-system",
        serviceAccount: "aws-load-balancer-controller",
    },
    autoscaler: {
        repository: "https://kubernetes.github.io/autoscaler",
        chart: "cluster-autoscaler",
        version: "9.59.1",
        namespace: "kube-system",
        serviceAccount: "cluster-autoscaler",
    },
    externalSecrets: {
        repository: "https://charts.external-secrets.io",
        chart: "external-secrets",
        version: "2.10.0",
        namespace: "external-secrets",
        serviceAccount: "external-secrets",
    },
} as const satisfies Record<string, ControllerChart>;

/** What the values of the charts depend on. */
export interface ChartDependencies {
    clusterName: string;
    region: pulumi.Input<string>;
    vpcId: pulumi.Input<string>;
    /** Tags of what a controller makes in AWS. */
    tags: Record<string, string>;
}

/** What a container requests, and the most memory it gets. */
export interface Resources {
    requests: { cpu: string; memory: string };
    limits: { memory: string };
}

/** A container without root, without more privileges, that writes only to its volumes. */
export interface ContainerSecurity {
    runAsNonRoot: true;
    allowPrivilegeEscalation: false;
    readOnlyRootFilesystem: true;
    capabilities: { drop: ["ALL"] };
    seccompProfile: { type: "RuntimeDefault" };
}

interface ServiceAccount {
    create: true;
    name: string;
}

export const hardened: ContainerSecurity = {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
};

/** A container may use more CPU than it requests, but no more memory than its limit. */
export const resources = (cpu: string, memory: string, most: string): Resources => ({
    requests: { cpu, memory },
    limits: { memory: most },
});

/** @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/helm/aws-load-balancer-controller/values.yaml */
export interface LoadBalancerControllerValues {
    clusterName: string;
    region: pulumi.Input<string>;
    vpcId: pulumi.Input<string>;
    replicaCount: number;
    serviceAccount: ServiceAccount;
    /** Tags of the load balancers and what belongs to them. */
    defaultTags: Record<string, string>;
    /** Load balancers send to pods, not to nodes. */
    defaultTargetType: "ip";
    /** Without it services other than load balancers don't wait for the controller. */
    enableServiceMutatorWebhook: false;
    /** An upgrade keeps the webhook's certificate. */
    keepTLSSecret: true;
    podDisruptionBudget: { maxUnavailable: 1 };
    securityContext: ContainerSecurity;
    resources: Resources;
}

/** Region and VPC are given: at a hop limit of one the controller can't ask the instance for them. */
export function loadBalancerControllerValues(
    spec: ClusterSpec,
    where: ChartDependencies,
): LoadBalancerControllerValues {
    return {
        ...{ clusterName: where.clusterName, region: where.region, vpcId: where.vpcId },
        replicaCount: spec.controllerReplicas,
        serviceAccount: { create: true, name: charts.loadBalancerController.serviceAccount },
        defaultTags: where.tags,
        defaultTargetType: "ip",
        enableServiceMutatorWebhook: false,
        keepTLSSecret: true,
        podDisruptionBudget: { maxUnavailable: 1 },
        securityContext: hardened,
        resources: resources("50m", "128Mi", "256Mi"),
    };
}

/** @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/charts/cluster-autoscaler/values.yaml */
export interface AutoscalerValues {
    fullnameOverride: string;
    cloudProvider: "aws";
    awsRegion: pulumi.Input<string>;
    autoDiscovery: { clusterName: string };
    replicaCount: number;
    rbac: { serviceAccount: ServiceAccount };
    extraArgs: Record<string, string | number | boolean>;
    containerSecurityContext: ContainerSecurity;
    securityContext: { runAsNonRoot: true; runAsUser: number; runAsGroup: number };
    resources: Resources;
}

/** The user `nobody`. */
export const nobody = 65_534;

export function autoscalerValues(spec: ClusterSpec, { clusterName, region }: ChartDependencies): AutoscalerValues {
    return {
        fullnameOverride: "cluster-autoscaler",
        cloudProvider: "aws",
        awsRegion: region,
        autoDiscovery: { clusterName },
        replicaCount: spec.controllerReplicas,
        rbac: { serviceAccount: { create: true, name: charts.autoscaler.serviceAccount } },
        extraArgs: {
            // Each zone's group may grow to all of it; together they may not.
            "max-nodes-total": spec.maxNodes,
            "balance-similar-node-groups": true,
            expander: "least-waste",
            "skip-nodes-with-system-pods": false,
        },
        containerSecurityContext: hardened,
        securityContext: { runAsNonRoot: true, runAsUser: nobody, runAsGroup: nobody },
        resources: resources("50m", "256Mi", "512Mi"),
    };
}

/** @see https://github.com/external-secrets/external-secrets/blob/main/deploy/charts/external-secrets/values.yaml */
export interface ExternalSecretsValues {
    installCRDs: true;
    replicaCount: number;
    leaderElect: true;
    serviceAccount: ServiceAccount;
    /** Stores and secrets belong to a namespace each: nothing is handed to all of them, and nothing is written back. */
    processClusterExternalSecret: false;
    processClusterStore: false;
    processClusterPushSecret: false;
    processPushSecret: false;
    securityContext: ContainerSecurity;
    resources: Resources;
    webhook: { replicaCount: number; securityContext: ContainerSecurity; resources: Resources };
    certController: { replicaCount: number; securityContext: ContainerSecurity; resources: Resources };
}

export function externalSecretsValues({ controllerReplicas: replicaCount }: ClusterSpec): ExternalSecretsValues {
    return {
        installCRDs: true,
        replicaCount,
        leaderElect: true,
        serviceAccount: { create: true, name: charts.externalSecrets.serviceAccount },
        processClusterExternalSecret: false,
        processClusterStore: false,
        processClusterPushSecret: false,
        processPushSecret: false,
        securityContext: hardened,
        resources: resources("10m", "128Mi", "256Mi"),
        webhook: { replicaCount, securityContext: hardened, resources: resources("10m", "64Mi", "128Mi") },
        certController: { replicaCount, securityContext: hardened, resources: resources("10m", "128Mi", "256Mi") },
    };
}
