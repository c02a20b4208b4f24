import type { ClusterState } from "./cluster-state";
import { type Keys, keysMadeFor } from "./external-secret";
import type { Field } from "./field";
import { containersOf } from "./rules/pod";

/** What a pod refers to and does not exist, in the words of Kubernetes. */
export function* podMissing(cluster: ClusterState, namespace: string, pod: Field): Generator<string> {
    const spec = pod.at("spec");
    const account = spec.at("serviceAccountName").text() ?? "default";
    if (!hasServiceAccount(cluster, namespace, account))
        yield `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`;
    const priority = spec.at("priorityClassName").text();
    if (
        priority &&
        !priority.startsWith("system-") &&
        !cluster.find("scheduling.k8s.io", "PriorityClass", undefined, priority)
    )
        yield `no PriorityClass with name ${priority} was found`;
    for (const container of containersOf(spec)) {
        for (const variable of container.at("env").items()) {
            yield* keyMissing(cluster, namespace, "Secret", variable.at("valueFrom", "secretKeyRef"));
            yield* keyMissing(cluster, namespace, "ConfigMap", variable.at("valueFrom", "configMapKeyRef"));
        }
        for (const source of container.at("envFrom").items()) {
            yield* keyMissing(cluster, namespace, "Secret", source.at("secretRef"));
            yield* keyMissing(cluster, namespace, "ConfigMap", source.at("configMapRef"));
        }
    }
    for (const volume of spec.at("volumes").items()) yield* volumeMissing(cluster, namespace, volume);
}

export function hasServiceAccount(cluster: ClusterState, namespace: string, name: string): boolean {
    return name === "default" || cluster.find("", "ServiceAccount", namespace, name) !== undefined;
}

function* volumeMissing(cluster: ClusterState, namespace: string, volume: Field): Generator<string> {
    yield* itemsMissing(cluster, namespace, "Secret", volume.at("secret"), "secretName");
    yield* itemsMissing(cluster, namespace, "ConfigMap", volume.at("configMap"), "name");
    for (const source of volume.at("projected", "sources").items()) {
        yield* itemsMissing(cluster, namespace, "Secret", source.at("secret"), "name");
        yield* itemsMissing(cluster, namespace, "ConfigMap", source.at("configMap"), "name");
    }
    const name = volume.at("persistentVolumeClaim", "claimName").text();
    if (name !== undefined && !cluster.find("", "PersistentVolumeClaim", namespace, name))
        yield `persistentvolumeclaim "${name}" not found`;
}

type Keyed = "Secret" | "ConfigMap";

function* itemsMissing(
    cluster: ClusterState,
    namespace: string,
    kind: Keyed,
    source: Field,
    nameField: string,
): Generator<string> {
    const name = source.at(nameField).text();
    if (name === undefined || source.at("optional").flag()) return;
    const wanted = source
        .at("items")
        .items()
        .flatMap((item) => item.at("key").text() ?? []);
    yield* absent(cluster, namespace, kind, name, wanted);
}

function* keyMissing(cluster: ClusterState, namespace: string, kind: Keyed, reference: Field): Generator<string> {
    const name = reference.at("name").text();
    if (name === undefined || reference.at("optional").flag()) return;
    const key = reference.at("key").text();
    yield* absent(cluster, namespace, kind, name, key === undefined ? [] : [key]);
}

function* absent(
    cluster: ClusterState,
    namespace: string,
    kind: Keyed,
    name: string,
    wanted: string[],
): Generator<string> {
    const keys = keysOf(cluster, namespace, kind, name);
    if (keys === undefined) yield `${kind.toLowerCase()} "${name}" not found`;
    else if (keys !== "any") {
        for (const key of wanted) if (!keys.has(key)) yield `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
    }
}

function keysOf(cluster: ClusterState, namespace: string, kind: Keyed, name: string): Keys | undefined {
    if (kind === "ConfigMap" && name === "kube-root-ca.crt") return new Set(["ca.crt"]);
    const object = cluster.find("", kind, namespace, name);
    if (object)
        return new Set(
            ["data", "stringData", "binaryData"].flatMap((part) =>
                object
                    .at(part)
                    .entries()
                    .map(([key]) => key),
            ),
        );
    return kind === "Secret" ? keysMadeFor(cluster, namespace, name) : undefined;
}
