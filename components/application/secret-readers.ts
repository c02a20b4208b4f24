/** An object of Kubernetes' RBAC, as far as it says who may do what. */
export interface RbacObject {
    kind: "Role" | "ClusterRole" | "RoleBinding" | "ClusterRoleBinding";
    metadata: { name: string; namespace?: string; labels?: Record<string, string> };
    rules?: RbacRule[];
    aggregationRule?: {
        clusterRoleSelectors?: { matchLabels?: Record<string, string>; matchExpressions?: unknown[] }[];
    };
    roleRef?: { kind: string; name: string };
    subjects?: { kind: string; name: string; namespace?: string }[];
}

export interface RbacRule {
    apiGroups?: string[];
    resources?: string[];
    verbs: string[];
    resourceNames?: string[];
}

/** Who can learn what a Kubernetes Secret holds, and how. */
export interface Reader {
    /** `Group operators`, `User jane` or `ServiceAccount app/backend`. */
    subject: string;
    /** The binding that gives the right: `RoleBinding app/operators`. */
    through: string;
    /** What the right is. */
    how: string;
}

/** One way to learn a Secret's content in its namespace. */
interface Way {
    how: string;
    group: string;
    resources: string[];
    verbs: string[];
    /** Whether naming other objects in `resourceNames` closes it. */
    byName: boolean;
}

const making = ["create", "update", "patch"];

/**
 * Reading, which `list` and `watch` are too, and what Kubernetes warns is as good as reading: who runs a pod of the
 * namespace can mount any Secret of it.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
const ways: Way[] = [
    { how: "reads it", group: "", resources: ["secrets"], verbs: ["get", "list", "watch"], byName: true },
    { how: "runs pods", group: "", resources: ["pods", "replicationcontrollers"], verbs: making, byName: false },
    {
        how: "runs pods",
        group: "apps",
        resources: ["deployments", "daemonsets", "statefulsets", "replicasets"],
        verbs: making,
        byName: false,
    },
    { how: "runs pods", group: "batch", resources: ["jobs", "cronjobs"], verbs: making, byName: false },
    { how: "enters pods", group: "", resources: ["pods/exec", "pods/attach"], verbs: ["create", "get"], byName: false },
    {
        how: "enters pods",
        group: "",
        resources: ["pods/ephemeralcontainers"],
        verbs: ["update", "patch"],
        byName: false,
    },
    { how: "enters pods", group: "", resources: ["nodes/proxy"], verbs: ["create", "get"], byName: false },
    {
        how: "becomes another",
        group: "",
        resources: ["users", "groups", "serviceaccounts"],
        verbs: ["impersonate"],
        byName: false,
    },
    { how: "becomes another", group: "", resources: ["serviceaccounts/token"], verbs: ["create"], byName: false },
    {
        how: "gives itself rights",
        group: "rbac.authorization.k8s.io",
        resources: ["roles", "clusterroles"],
        verbs: ["bind", "escalate"],
        byName: false,
    },
];

/**
 * What the ClusterRoles that every cluster has can do to Secrets. `view` leaves Secrets out on purpose.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
const builtIn: Record<string, string | undefined> = {
    "cluster-admin": "reads it",
    admin: "reads it",
    edit: "reads it",
    view: undefined,
};

/**
 * Every subject that the objects let learn what `secret` holds, in the order of the subjects' names. A role that is bound
 * but not among the objects counts as one that reads: nothing passes because it can't be seen. Not seen are the rights of EKS
 * access policies, which are no RBAC objects.
 */
export function readersOf(objects: readonly RbacObject[], secret: { namespace: string; name: string }): Reader[] {
    const readers = objects.filter(isBinding).flatMap((binding) => {
        const clusterWide = binding.kind === "ClusterRoleBinding";
        if (!clusterWide && binding.metadata.namespace !== secret.namespace) return [];
        const where = clusterWide ? "" : `${binding.metadata.namespace}/`;
        return waysOf(objects, binding, secret.name).flatMap((how) =>
            (binding.subjects ?? []).map((subject) => ({
                subject: `${subject.kind} ${subject.namespace ? `${subject.namespace}/` : ""}${subject.name}`,
                through: `${binding.kind} ${where}${binding.metadata.name}`,
                how,
            })),
        );
    });
    return readers.sort((one, other) =>
        `${one.subject} ${one.through}`.localeCompare(`${other.subject} ${other.through}`),
    );
}

function isBinding({ kind }: RbacObject): boolean {
    return kind === "RoleBinding" || kind === "ClusterRoleBinding";
}

function waysOf(objects: readonly RbacObject[], binding: RbacObject, secretName: string): string[] {
    const { kind = "", name = "" } = binding.roleRef ?? {};
    const role = objects.find(
        (one) =>
            one.kind === kind &&
            one.metadata.name === name &&
            (kind === "ClusterRole" || one.metadata.namespace === binding.metadata.namespace),
    );
    if (role) {
        const rules = rulesOf(objects, role);
        const open = ways.filter((way) => rules.some((rule) => opens(rule, way, secretName)));
        return [...new Set(open.map(({ how }) => how))];
    }
    if (kind === "ClusterRole" && name in builtIn) return [builtIn[name] ?? []].flat();
    return [`holds the ${kind} ${name}, which is not among the objects`];
}

/** A role's own rules, and those of the ClusterRoles that it gathers by their labels. */
function rulesOf(objects: readonly RbacObject[], role: RbacObject): RbacRule[] {
    const selectors = role.aggregationRule?.clusterRoleSelectors ?? [];
    const gathered = objects.filter(
        (one) =>
            one !== role &&
            one.kind === "ClusterRole" &&
            selectors.some(({ matchLabels = {} }) =>
                Object.entries(matchLabels).every(([label, value]) => one.metadata.labels?.[label] === value),
            ),
    );
    return [role, ...gathered].flatMap(({ rules }) => rules ?? []);
}

function opens(rule: RbacRule, way: Way, secretName: string): boolean {
    const { apiGroups = [], resources = [], verbs, resourceNames = [] } = rule;
    if (way.byName && resourceNames.length > 0 && !resourceNames.includes(secretName)) return false;
    return (
        names(apiGroups, way.group) &&
        way.verbs.some((verb) => names(verbs, verb)) &&
        way.resources.some((resource) => names(resources, resource) || names(resources, `*/${resource.split("/")[1]}`))
    );
}

function names(listed: string[], one: string): boolean {
    return listed.includes("*") || listed.includes(one);
}
