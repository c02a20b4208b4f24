import type { Properties } from "../../rpc/values";
import type { Change } from "../diff";
import { Field } from "./field";
import type { Kind } from "./kind";

const SELECTED = ["spec.selector"];
const CONTAINER_FIELDS = [
    ...["args", "command", "env", "image", "imagePullPolicy", "lifecycle", "livenessProbe", "ports", "readinessProbe"],
    ...["resources", "securityContext", "stdin", "stdinOnce", "terminationMessagePath", "terminationMessagePolicy"],
    ...["tty", "volumeDevices", "volumeMounts", "workingDir"],
];
const POD_FIELDS = [
    ...["affinity", "automountServiceAccountToken", "dnsConfig", "dnsPolicy", "enableServiceLinks", "hostAliases"],
    ...["hostIPC", "hostNetwork", "hostPID", "hostname", "imagePullSecrets", "nodeName", "nodeSelector", "overhead"],
    ...["preemptionPolicy", "priority", "priorityClassName", "readinessGates", "restartPolicy", "runtimeClassName"],
    ...["schedulerName", "securityContext", "serviceAccount", "serviceAccountName", "shareProcessNamespace"],
    ...["subdomain", "terminationGracePeriodSeconds", "volumes"],
];
const VOLUME_SOURCES = [...["awsElasticBlockStore", "csi", "fc", "flexVolume", "hostPath", "iscsi", "local", "nfs"]];

/**
 * The fields whose change replaces the object, from the official provider's table. `[*]` stands for every element.
 *
 * @see https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/diff.go
 */
const REPLACES: Record<string, string[]> = {
    "apps/Deployment": SELECTED,
    "apps/DaemonSet": SELECTED,
    "apps/StatefulSet": [
        ...SELECTED,
        ...["spec.podManagementPolicy", "spec.revisionHistoryLimit", "spec.serviceName", "spec.volumeClaimTemplates"],
    ],
    "batch/Job": [...SELECTED, "spec.completions", "spec.parallelism", "spec.template"],
    "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
    "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
    "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
    "/PersistentVolume": VOLUME_SOURCES.map((name) => `spec.${name}`),
    "/PersistentVolumeClaim": ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
    "/Pod": [
        ...POD_FIELDS.map((name) => `spec.${name}`),
        ...["containers", "initContainers"].flatMap((list) =>
            CONTAINER_FIELDS.map((name) => `spec.${list}[*].${name}`),
        ),
    ],
    "/ResourceQuota": ["spec.scopes"],
    "/Secret": ["type"],
    "/Service": ["spec.clusterIP"],
};

/** Whether the provider is configured to change ConfigMaps and Secrets in place. @default neither */
export interface Mutable {
    configMaps: boolean;
    secrets: boolean;
}

/** The changes that replace the object. */
export function replacing(kind: Kind, inputs: Properties, changes: Change[], mutable: Mutable): Change[] {
    const paths = [...(REPLACES[`${kind.group}/${kind.kind}`] ?? []), ...dataPaths(kind, inputs, mutable)];
    const forms = ["metadata.name", "metadata.namespace", ...paths].map((path) => path.split(/\.|(?=\[)/));
    return changes.filter(({ path }) => forms.some((form) => meets(form, path)));
}

function dataPaths({ group, kind }: Kind, inputs: Properties, mutable: Mutable): string[] {
    const immutable = Field.of(inputs).at("immutable").flag() === true;
    if (group !== "") return [];
    if (kind === "Secret" && (immutable || !mutable.secrets)) return ["data", "stringData"];
    return kind === "ConfigMap" && (immutable || !mutable.configMaps) ? ["data", "binaryData"] : [];
}

/** Whether one path is equal to the other, or a part of it. */
function meets(form: string[], path: (string | number)[]): boolean {
    return form.every((part, index) => {
        const given = path[index];
        return given === undefined || (part === "[*]" ? typeof given === "number" : part === given);
    });
}

/** The immutable fields for which the official provider does not replace the object. */
const FROZEN: Record<string, string[]> = {
    "batch/Job": ["spec.completionMode", "spec.podFailurePolicy", "spec.backoffLimitPerIndex"],
    "storage.k8s.io/StorageClass": ["reclaimPolicy", "volumeBindingMode"],
    "scheduling.k8s.io/PriorityClass": ["value", "preemptionPolicy"],
    "networking.k8s.io/IngressClass": ["spec.controller"],
    "/PersistentVolumeClaim": ["spec.volumeMode", "spec.dataSource", "spec.dataSourceRef"],
};

/** The immutable fields among the changes. */
export function frozen(kind: Kind, changes: Change[]): string[] {
    const forms = FROZEN[`${kind.group}/${kind.kind}`] ?? [];
    return forms.filter((form) => changes.some(({ path }) => meets(form.split("."), path)));
}
