import type { ClusterState } from "./cluster-state";
import { syncProblems } from "./external-secret";
import type { Field } from "./field";
import { type Kind, podTemplateOf } from "./kind";
import { hasServiceAccount, podMissing } from "./pod-reference";

/** A reference of an object to something that does not exist. */
export interface Missing {
    /** The message of Kubernetes. */
    reason: string;
    /**
     * Whether the object is created and then never becomes ready, which Pulumi reports as it waits for it. The sandbox refuses the others,
     * although the API server accepts them: they would never work, without any message.
     */
    made: boolean;
}

export function missingOf(cluster: ClusterState, kind: Kind, namespace: string, object: Field): Missing[] {
    const template = podTemplateOf(kind);
    // Pulumi does not wait for a CronJob; the admission rejects a Pod.
    const made = kind.kind !== "CronJob" && kind.kind !== "Pod";
    const pods = template
        ? [...podMissing(cluster, namespace, object.at(...template))].map((reason) => ({ reason, made }))
        : [];
    return [...pods, ...(REFERENCES[`${kind.group}/${kind.kind}`]?.(cluster, namespace, object) ?? [])];
}

type References = (cluster: ClusterState, namespace: string, object: Field) => Iterable<Missing>;

const REFERENCES: Record<string, References> = {
    "networking.k8s.io/Ingress": ingress,
    "autoscaling/HorizontalPodAutoscaler": (cluster, namespace, object) =>
        scaleTarget(cluster, namespace, object.at("spec")),
    "keda.sh/ScaledObject": scaledObject,
    "rbac.authorization.k8s.io/RoleBinding": binding,
    "rbac.authorization.k8s.io/ClusterRoleBinding": binding,
    "/PersistentVolumeClaim": claim,
    "external-secrets.io/SecretStore": secretStore,
    "external-secrets.io/ExternalSecret": function* (cluster, namespace, object) {
        for (const reason of syncProblems(cluster, namespace, object)) yield { reason, made: false };
    },
    "vpcresources.k8s.aws/SecurityGroupPolicy": securityGroupPolicy,
};

function* ingress(cluster: ClusterState, namespace: string, object: Field): Generator<Missing> {
    const spec = object.at("spec");
    const backends = [
        spec.at("defaultBackend"),
        ...spec
            .at("rules")
            .items()
            .flatMap((rule) =>
                rule
                    .at("http", "paths")
                    .items()
                    .map((path) => path.at("backend")),
            ),
    ];
    for (const backend of backends) {
        const name = backend.at("service", "name").text();
        const port = backend.at("service", "port");
        // The controller reads an annotation instead of a service.
        if (name === undefined || port.at("name").text() === "use-annotation") continue;
        const service = cluster.find("", "Service", namespace, name);
        const ports = service?.at("spec", "ports").items() ?? [];
        const found = ports.some((one) =>
            port.at("number").present
                ? one.at("port").number() === port.at("number").number()
                : one.at("name").text() === port.at("name").text(),
        );
        if (!service) yield { reason: `${backend.path} names the Service "${name}", which does not exist`, made: true };
        else if (!found)
            yield {
                reason: `${backend.path}: the Service "${name}" has no port ${port.at("number").number() ?? `"${port.at("name").text()}"`}`,
                made: true,
            };
    }
    const className = spec.at("ingressClassName").text();
    if (className !== undefined && !hasIngressClass(cluster, className)) {
        const reason = `no IngressClass "${className}" exists, so no controller takes it: Ingress .status.loadBalancer field was not updated with a hostname/IP address`;
        yield { reason, made: true };
    }
}

function hasIngressClass(cluster: ClusterState, name: string): boolean {
    const brought =
        name === "alb" && cluster.releases().some((release) => chartName(release) === "aws-load-balancer-controller");
    return brought || cluster.find("networking.k8s.io", "IngressClass", undefined, name) !== undefined;
}

/** The name of the chart, without its repository. */
export function chartName(release: Field): string {
    const chart = release.at("chart").text() ?? "";
    return (chart.split("/").at(-1) ?? "").replace(/(-v?\d[^/]*)?\.tgz$/, "");
}

const SCALABLE: Record<string, string> = { Deployment: "apps", StatefulSet: "apps", ReplicaSet: "apps" };

function* scaleTarget(cluster: ClusterState, namespace: string, spec: Field): Generator<Missing> {
    const target = spec.at("scaleTargetRef");
    const kind = target.at("kind").text() ?? "Deployment";
    const name = target.at("name").text();
    const group = SCALABLE[kind];
    if (group === undefined || name === undefined || cluster.find(group, kind, namespace, name)) return;
    const reason = `${target.path}: the HPA controller was unable to get the target's current scale: ${kind.toLowerCase()}s.${group} "${name}" not found`;
    yield { reason, made: false };
}

function* scaledObject(cluster: ClusterState, namespace: string, object: Field): Generator<Missing> {
    yield* scaleTarget(cluster, namespace, object.at("spec"));
    for (const trigger of object.at("spec", "triggers").items()) {
        const reference = trigger.at("authenticationRef");
        const kind = reference.at("kind").text() ?? "TriggerAuthentication";
        const name = reference.at("name").text();
        const scope = kind === "TriggerAuthentication" ? namespace : undefined;
        if (name !== undefined && !cluster.find("keda.sh", kind, scope, name))
            yield { reason: `${reference.path}: ${kind} "${name}" not found`, made: false };
    }
}

const SYSTEM_ROLES = /^(cluster-admin|admin|edit|view|system:.*|eks:.*)$/;

function* binding(cluster: ClusterState, namespace: string, object: Field): Generator<Missing> {
    const kind = object.at("roleRef", "kind").text() ?? "";
    const name = object.at("roleRef", "name").text();
    if (name === undefined || (kind === "ClusterRole" && SYSTEM_ROLES.test(name))) return;
    if (cluster.find("rbac.authorization.k8s.io", kind, kind === "Role" ? namespace : undefined, name)) return;
    yield {
        reason: `roleRef: ${kind.toLowerCase()}.rbac.authorization.k8s.io "${name}" not found, so the binding grants nothing`,
        made: false,
    };
}

function* claim(cluster: ClusterState, _namespace: string, object: Field): Generator<Missing> {
    const name = object.at("spec", "storageClassName").text();
    // EKS installs gp2 in a new cluster.
    if (!name || name === "gp2" || cluster.find("storage.k8s.io", "StorageClass", undefined, name)) return;
    yield { reason: `PVC was not bound: storageclass.storage.k8s.io "${name}" not found`, made: true };
}

function* secretStore(cluster: ClusterState, namespace: string, object: Field): Generator<Missing> {
    const name = object.at("spec", "provider", "aws", "auth", "jwt", "serviceAccountRef", "name").text();
    if (name !== undefined && !hasServiceAccount(cluster, namespace, name))
        yield { reason: `unable to create session: ServiceAccount "${name}" not found`, made: false };
}

function* securityGroupPolicy(cluster: ClusterState, _namespace: string, object: Field): Generator<Missing> {
    const groups = cluster.outside("aws:ec2/securityGroup:SecurityGroup");
    for (const id of object.at("spec", "securityGroups", "groupIds").texts()) {
        if (!groups.some((group) => group.at("id").text() === id))
            yield {
                reason: `spec.securityGroups.groupIds: InvalidGroup.NotFound: The security group '${id}' does not exist`,
                made: false,
            };
    }
}
