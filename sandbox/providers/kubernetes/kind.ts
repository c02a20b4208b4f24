/** A kind of object, as in its type token. */
export interface Kind {
    token: string;
    /** Empty for the core group. */
    group: string;
    version: string;
    kind: string;
    /** `apps/v1`, or `v1` in the core group. */
    apiVersion: string;
}

/** The kinds for which an import can generate code. */
export const COMMON_TOKENS = [
    ...["Namespace", "ServiceAccount", "ConfigMap", "Secret", "Service", "PersistentVolumeClaim", "Pod"].map(
        (kind) => `kubernetes:core/v1:${kind}`,
    ),
    ...["Deployment", "StatefulSet", "DaemonSet"].map((kind) => `kubernetes:apps/v1:${kind}`),
    ...["Job", "CronJob"].map((kind) => `kubernetes:batch/v1:${kind}`),
    ...["Ingress", "IngressClass", "NetworkPolicy"].map((kind) => `kubernetes:networking.k8s.io/v1:${kind}`),
    ...["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"].map(
        (kind) => `kubernetes:rbac.authorization.k8s.io/v1:${kind}`,
    ),
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    "kubernetes:policy/v1:PodDisruptionBudget",
    "kubernetes:scheduling.k8s.io/v1:PriorityClass",
    "kubernetes:storage.k8s.io/v1:StorageClass",
];

export const RELEASE = "kubernetes:helm.sh/v3:Release";

/** The kind of a type token such as `kubernetes:apps/v1:Deployment`. */
export function kindOf(token: string): Kind | undefined {
    const [, group = "", version = "", kind = ""] = /^kubernetes:([^/:]+)\/([^/:]+):([^/:]+)$/.exec(token) ?? [];
    if (kind === "") return undefined;
    const plain = group === "core" ? "" : group;
    return { token, group: plain, version, kind, apiVersion: plain === "" ? version : `${plain}/${version}` };
}

/** How the API server names an object in its messages: `Deployment.apps "web"`. */
export function displayName({ kind, group }: Kind, name: string): string {
    return `${group === "" ? kind : `${kind}.${group}`} ${JSON.stringify(name)}`;
}

/** The name of the kind in a path of the API: `deployments`, `networkpolicies`. */
export function pluralOf(kind: string): string {
    const lower = kind.toLowerCase();
    if (/(s|x|ch)$/.test(lower)) return lower === "endpoints" ? lower : `${lower}es`;
    return lower.endsWith("y") && !/[aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

/**
 * The API versions that a cluster serves by default, without disabled beta versions and removed ones.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.35/
 */
const SERVED = new Set([
    ...["v1", "apps/v1", "batch/v1", "autoscaling/v1", "autoscaling/v2", "policy/v1"],
    ...["networking.k8s.io/v1", "rbac.authorization.k8s.io/v1", "storage.k8s.io/v1", "scheduling.k8s.io/v1"],
    ...["coordination.k8s.io/v1", "discovery.k8s.io/v1", "events.k8s.io/v1", "node.k8s.io/v1"],
    ...["admissionregistration.k8s.io/v1", "apiextensions.k8s.io/v1", "apiregistration.k8s.io/v1"],
    ...["certificates.k8s.io/v1", "flowcontrol.apiserver.k8s.io/v1", "resource.k8s.io/v1"],
]);

/** Whether the group belongs to Kubernetes itself, so that no chart installs it. */
export function isBuiltInGroup({ group }: Kind): boolean {
    return (
        group === "" ||
        !group.includes(".") ||
        /(^|\.)(authorization|apiserver)\.k8s\.io$/.test(group) ||
        GROUPS.has(group)
    );
}

const GROUPS = new Set([...SERVED].map((apiVersion) => apiVersion.split("/")[0] ?? ""));

export function isServed({ apiVersion }: Kind): boolean {
    return SERVED.has(apiVersion);
}

/** The kinds without a namespace. */
const CLUSTER_SCOPED = new Set([
    ...[
        "Namespace",
        "Node",
        "PersistentVolume",
        "ComponentStatus",
        "ClusterRole",
        "ClusterRoleBinding",
        "StorageClass",
    ],
    ...["VolumeAttachment", "CSIDriver", "CSINode", "PriorityClass", "IngressClass", "RuntimeClass", "IPAddress"],
    ...["ServiceCIDR", "CustomResourceDefinition", "APIService", "CertificateSigningRequest", "FlowSchema"],
    ...["PriorityLevelConfiguration", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
    ...["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "VolumeAttributesClass"],
    ...["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "DeviceClass", "ResourceSlice"],
    // Installed by charts and add-ons.
    ...[
        "ClusterSecretStore",
        "ClusterExternalSecret",
        "ClusterTriggerAuthentication",
        "IngressClassParams",
        "ENIConfig",
    ],
    ...["CNINode", "NodePool", "NodeClaim", "EC2NodeClass", "ClusterIssuer"],
]);

export function isNamespaced({ kind }: Kind): boolean {
    return !CLUSTER_SCOPED.has(kind);
}

/** The path of the pod template, by kind. */
const TEMPLATES: Record<string, string[]> = {
    Deployment: ["spec", "template"],
    StatefulSet: ["spec", "template"],
    DaemonSet: ["spec", "template"],
    ReplicaSet: ["spec", "template"],
    ReplicationController: ["spec", "template"],
    Job: ["spec", "template"],
    CronJob: ["spec", "jobTemplate", "spec", "template"],
    Pod: [],
};

/** The path of the kind's pod template; undefined where it creates no pods. */
export function podTemplateOf({ kind, group }: Kind): string[] | undefined {
    return ["", "apps", "batch"].includes(group) ? TEMPLATES[kind] : undefined;
}
