import type { View } from "../graph/graph";
import { absent, elements, field, type Reading, text } from "../graph/reading";

/** Pulumi type tokens of the Kubernetes objects that the rules judge. */
export const kubernetesTypes = {
    namespace: "kubernetes:core/v1:Namespace",
    configMap: "kubernetes:core/v1:ConfigMap",
    service: "kubernetes:core/v1:Service",
    ingress: "kubernetes:networking.k8s.io/v1:Ingress",
    role: "kubernetes:rbac.authorization.k8s.io/v1:Role",
    clusterRole: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
    roleBinding: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    clusterRoleBinding: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
} as const;

/** The path of the pod specification in each kind of object that runs pods. */
const podSpecs: Readonly<Record<string, string>> = {
    "kubernetes:core/v1:Pod": "spec",
    "kubernetes:core/v1:PodTemplate": "template.spec",
    "kubernetes:core/v1:ReplicationController": "spec.template.spec",
    "kubernetes:apps/v1:Deployment": "spec.template.spec",
    "kubernetes:apps/v1:StatefulSet": "spec.template.spec",
    "kubernetes:apps/v1:DaemonSet": "spec.template.spec",
    "kubernetes:apps/v1:ReplicaSet": "spec.template.spec",
    "kubernetes:batch/v1:Job": "spec.template.spec",
    "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template.spec",
};

/** The kinds of objects that run pods. */
export const podTypes: readonly string[] = Object.keys(podSpecs);

/** These types, and those that patch an object of the same kind: for rules on what may not be set. */
export const withPatches = (types: readonly string[]): string[] => types.flatMap((type) => [type, `${type}Patch`]);

/** The pod specification of an object; absent for a kind that runs no pods. */
export function podSpecOf(view: View): Reading {
    const path = podSpecs[view.type];
    return path === undefined ? absent : within(view, path);
}

/** The value at a dotted path that begins with an input. */
export function within(view: View, path: string): Reading {
    const [input = "", ...steps] = path.split(".");
    return steps.reduce(field, view.read(input));
}

/** The elements of a list below `reading`; empty when it is not set, undefined when it is unknown. */
export function listOf(reading: Reading, key: string): Reading[] | undefined {
    const list = field(reading, key);
    return list.is === "absent" ? [] : elements(list);
}

/** All containers of a pod, of every kind, each with its name; undefined when they are unknown. */
export function containersOf(pod: Reading): { name: string; container: Reading }[] | undefined {
    const lists = ["initContainers", "containers", "ephemeralContainers"].map((key) => listOf(pod, key));
    if (lists.some((list) => list === undefined)) return undefined;
    return lists.flatMap((list) =>
        (list ?? []).map((container) => ({ name: text(field(container, "name")) ?? "a container", container })),
    );
}

/** The names and values of a map; undefined when it is unknown. */
export function entriesOf(reading: Reading): [string, Reading][] | undefined {
    if (reading.is === "absent") return [];
    if (reading.is !== "known" || typeof reading.value !== "object") return undefined;
    return Object.keys(reading.value).map((key) => [key, field(reading, key)]);
}
