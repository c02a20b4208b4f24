import { everything, patch, set } from "../platform";
import { ref } from "../stack";
import { always, atFirst, type Cases, type Mutation, something, type UnprovedCase } from "./case";

const running = (spec: object) => ({ spec: { template: { spec } } });
const backend = (change: object) => patch("backend-deployment", running(change));
const container = (change: object) => backend({ containers: { 0: change } });
const inContainer = (securityContext: object) => container({ securityContext });
const inPod = (securityContext: object) => backend({ securityContext });
const labels = (given: unknown) => patch("workloads-namespace", { metadata: { labels: given } });
const rule = (change: object) => patch("Role:workloads-secret-readers", { rules: { 0: change } });
const variable = (one: object) => container({ env: [one] });

const unrestricted = (what: string, change: Mutation["change"], says: RegExp): Mutation => ({
    ...{ rule: "pod-restricted", what, change, says },
});
const unproved = (name: string, what: string, change: UnprovedCase["change"], says: RegExp): UnprovedCase => ({
    ...{ rule: name, what, change, says, modes: atFirst },
});

export const kubernetes: Cases = {
    mutations: [
        {
            rule: "namespace-pod-security-restricted",
            what: "a namespace without labels",
            change: labels(undefined),
            says: /the label enforce is not set; the label enforce-version is not set/,
        },
        {
            rule: "namespace-pod-security-restricted",
            what: "a namespace that is only baseline",
            change: labels({ "pod-security.kubernetes.io/enforce": "baseline" }),
            says: /the label enforce is not restricted/,
        },
        {
            rule: "namespace-pod-security-restricted",
            what: "a version that changes with the cluster",
            change: labels({ "pod-security.kubernetes.io/enforce-version": "latest" }),
            says: /the label enforce-version is not a version/,
        },
        unrestricted("the node's network", backend({ hostNetwork: true }), /hostNetwork is true/),
        unrestricted("the node's processes", backend({ hostPID: true }), /hostPID is true/),
        unrestricted("the node's shared memory", backend({ hostIPC: true }), /hostIPC is true/),
        unrestricted(
            "a folder of the node",
            backend({ volumes: [{ name: "root", hostPath: { path: "/" } }] }),
            /a volume has the type hostPath/,
        ),
        unrestricted("a port of the node", container({ ports: [{ hostPort: 80 }] }), /backend → hostPort is set/),
        unrestricted("privileges", inContainer({ privileged: true }), /backend → privileged is true/),
        unrestricted("the unmasked /proc", inContainer({ procMount: "Unmasked" }), /procMount is Unmasked/),
        unrestricted(
            "privilege escalation",
            inContainer({ allowPrivilegeEscalation: undefined }),
            /backend → allowPrivilegeEscalation is not set/,
        ),
        unrestricted("root, not ruled out", inPod({ runAsNonRoot: false }), /runAsNonRoot is not true/),
        unrestricted(
            "root, allowed by the container",
            inContainer({ runAsNonRoot: false }),
            /runAsNonRoot is not true/,
        ),
        unrestricted("root by number", inContainer({ runAsUser: 0 }), /runAsUser is 0/),
        unrestricted("all system calls", inPod({ seccompProfile: { type: "Unconfined" } }), /seccompProfile is not/),
        unrestricted(
            "capabilities kept",
            inContainer({ capabilities: () => ({}) }),
            /capabilities.drop does not name ALL/,
        ),
        unrestricted(
            "capabilities added",
            inContainer({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE", "SYS_ADMIN"] } }),
            /capabilities.add is more than NET_BIND_SERVICE/,
        ),
        unrestricted(
            "an unsafe sysctl",
            inPod({ sysctls: [{ name: "kernel.msgmax", value: "1" }] }),
            /a sysctl is not one/,
        ),
        unrestricted(
            "no AppArmor",
            inPod({ appArmorProfile: { type: "Unconfined" } }),
            /appArmorProfile is Unconfined/,
        ),
        unrestricted("SELinux by role", inContainer({ seLinuxOptions: { role: "x" } }), /seLinuxOptions.role is set/),
        unrestricted(
            "SELinux by type",
            inPod({ seLinuxOptions: { type: "spc_t" } }),
            /seLinuxOptions.type is not a safe one/,
        ),
        unrestricted(
            "a probe of another host",
            container({ livenessProbe: () => ({ httpGet: { host: "10.0.0.1", port: 80 } }) }),
            /backend → httpGet.host is set/,
        ),
        unrestricted("the host of Windows", inPod({ windowsOptions: { hostProcess: true } }), /hostProcess is true/),
        unrestricted(
            "an init container without limits",
            backend({ initContainers: [{ name: "setup" }] }),
            /setup → allowPrivilegeEscalation is not set; capabilities.drop does not name ALL/,
        ),
        unrestricted(
            "a Job's pods",
            patch("workloads-database-migrate", running({ hostNetwork: true })),
            /^workloads-database-migrate: hostNetwork/,
        ),
        unrestricted(
            "a CronJob's pods",
            patch("workloads-database-ad-hoc-migration", { spec: { jobTemplate: running({ hostNetwork: true }) } }),
            /^workloads-database-ad-hoc-migration: hostNetwork/,
        ),
        ...["apiGroups", "resources", "verbs"].map(
            (part): Mutation => ({
                rule: "role-without-wildcards",
                what: `a wildcard for ${part}`,
                change: rule({ [part]: ["*"] }),
                says: new RegExp(`${part} has a wildcard`),
            }),
        ),
        {
            rule: "role-without-wildcards",
            what: "a wildcard for a subresource of everything",
            change: rule({ resources: ["*/exec"] }),
            says: /resources has a wildcard/,
        },
        {
            rule: "role-binding-limited",
            what: "cluster-admin",
            change: set("RoleBinding:workloads-secret-readers", {
                roleRef: { kind: "ClusterRole", name: "cluster-admin" },
            }),
            says: /it binds cluster-admin/,
        },
        ...["system:authenticated", "system:anonymous", "system:serviceaccounts:app", "system:masters"].map(
            (name): Mutation => ({
                rule: "role-binding-limited",
                what: name,
                change: set("RoleBinding:workloads-secret-readers", { subjects: [{ kind: "Group", name }] }),
                says: new RegExp(`it binds the group ${name}`),
            }),
        ),
        {
            rule: "no-literal-secrets",
            what: "a variable with the name of a secret",
            change: variable({ name: "SMTP_PASSWORD", value: "hunter2" }),
            says: /backend → SMTP_PASSWORD has a literal value/,
        },
        {
            rule: "no-literal-secrets",
            what: "a secret's variable whose value is not known yet",
            change: variable({ name: "jwtSecret", value: ref("database-master-credentials-secret") }),
            says: /backend → jwtSecret has a literal value/,
        },
        {
            rule: "no-literal-secrets",
            what: "a URL with a password",
            change: variable({ name: "DATABASE_URL", value: "postgresql://app:hunter2@db.example.internal/app" }),
            says: /backend → DATABASE_URL is a URL with a password/,
        },
        {
            rule: "no-literal-secrets",
            what: "a ConfigMap with a token",
            change: set("workloads-configuration", { data: { GITHUB_TOKEN: "hunter2" } }),
            says: /^workloads-configuration: GITHUB_TOKEN has a literal value/,
        },
        {
            rule: "no-generated-secrets",
            what: "a variable that is a password under another name",
            change: patch(
                "backend-deployment",
                running({
                    containers: { 0: { env: [{ name: "PW", value: ref("database-master-password", "result") }] } },
                }),
                everything,
            ),
            says: /^backend-deployment: spec comes from the secret database-master-password/,
        },
        {
            rule: "no-generated-secrets",
            what: "a ConfigMap that holds a password",
            change: set("workloads-configuration", { data: { CONNECTION: ref("database-master-password", "result") } }),
            says: /^workloads-configuration: data comes from the secret database-master-password/,
        },
    ],
    unproved: [
        unproved(
            "namespace-pod-security-restricted",
            "labels not known yet",
            labels(something),
            /the label enforce is not/,
        ),
        unproved(
            "pod-restricted",
            "capabilities not known yet",
            inContainer({ capabilities: { drop: something } }),
            /backend → capabilities.drop is not known yet/,
        ),
        unproved(
            "pod-restricted",
            "a user not known yet",
            inContainer({ runAsUser: something }),
            /runAsUser is not known/,
        ),
        {
            ...unproved(
                "role-without-wildcards",
                "verbs not known yet",
                rule({ verbs: something }),
                /verbs is not known yet|a rule is not known yet/,
            ),
            also: ["role-without-escalation"],
        },
        {
            ...unproved(
                "role-without-wildcards",
                "rules not known yet",
                set("Role:workloads-secret-readers", { rules: something }),
                /rules/,
            ),
            also: ["role-without-escalation", "role-without-secrets"],
        },
        unproved(
            "role-binding-limited",
            "subjects not known yet",
            set("RoleBinding:workloads-secret-readers", { subjects: [{ kind: "Group", name: something }] }),
            /a subject is not known yet/,
        ),
        unproved(
            "no-literal-secrets",
            "variables not known yet",
            container({ env: something }),
            /its variables are not/,
        ),
        {
            rule: "no-generated-secrets",
            what: "a ConfigMap that may come from a password or from a queue",
            change: set("workloads-configuration", {
                data: { CONNECTION: ref("database-master-password", "result"), QUEUE: ref("orders-queue", "url") },
            }),
            says: /data comes from the secret database-master-password, among others/,
            modes: always,
        },
    ],
};
