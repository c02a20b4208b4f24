import { container, pod, readSecret, restricted, running } from "../kubernetes";
import { set } from "../platform";
import { ref } from "../stack";
import { always, atFirst, type Cases, type Doubt, type Mutation, something } from "./case";

const backend = (change: object, ofContainer?: object) => set("app-backend", running(pod(change, ofContainer)));
const inContainer = (context: object) => backend({}, { securityContext: { ...container.securityContext, ...context } });
const inPod = (context: object) =>
    backend({ securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" }, ...context } });
const labels = (given: unknown) => set("app-namespace", { metadata: { name: "app", labels: given } });
const rule = (change: object) => set("app-secret-readers", { rules: [{ ...readSecret, ...change }] });
const variable = (one: object) => backend({}, { env: [one] });

const unrestricted = (what: string, change: Mutation["change"], says: RegExp): Mutation => ({
    ...{ rule: "pod-restricted", what, change, says },
});
const unsure = (name: string, what: string, change: Doubt["change"], says: RegExp): Doubt => ({
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
            change: labels({ ...restricted, "pod-security.kubernetes.io/enforce": "baseline" }),
            says: /the label enforce is no restricted/,
        },
        {
            rule: "namespace-pod-security-restricted",
            what: "rules that change with the cluster",
            change: labels({ ...restricted, "pod-security.kubernetes.io/enforce-version": "latest" }),
            says: /the label enforce-version is no version/,
        },
        unrestricted("the node's network", backend({ hostNetwork: true }), /hostNetwork is true/),
        unrestricted("the node's processes", backend({ hostPID: true }), /hostPID is true/),
        unrestricted("the node's shared memory", backend({ hostIPC: true }), /hostIPC is true/),
        unrestricted(
            "a folder of the node's",
            backend({ volumes: [{ name: "root", hostPath: { path: "/" } }] }),
            /a volume is of the kind hostPath/,
        ),
        unrestricted("a port of the node's", backend({}, { ports: [{ hostPort: 80 }] }), /backend → hostPort is set/),
        unrestricted("privileges", inContainer({ privileged: true }), /backend → privileged is true/),
        unrestricted("the unmasked /proc", inContainer({ procMount: "Unmasked" }), /procMount is Unmasked/),
        unrestricted(
            "the gain of privileges",
            backend({}, { securityContext: { capabilities: { drop: ["ALL"] } } }),
            /backend → allowPrivilegeEscalation is not set/,
        ),
        unrestricted("root, not ruled out", inPod({ runAsNonRoot: false }), /runAsNonRoot is not true/),
        unrestricted(
            "root, ruled in by the container",
            inContainer({ runAsNonRoot: false }),
            /runAsNonRoot is not true/,
        ),
        unrestricted("root by number", inContainer({ runAsUser: 0 }), /runAsUser is 0/),
        unrestricted("all system calls", inPod({ seccompProfile: { type: "Unconfined" } }), /seccompProfile is not/),
        unrestricted("capabilities kept", inContainer({ capabilities: {} }), /capabilities.drop does not name ALL/),
        unrestricted(
            "capabilities added",
            inContainer({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE", "SYS_ADMIN"] } }),
            /capabilities.add is more than NET_BIND_SERVICE/,
        ),
        unrestricted(
            "an unsafe sysctl",
            inPod({ sysctls: [{ name: "kernel.msgmax", value: "1" }] }),
            /a sysctl is none/,
        ),
        unrestricted(
            "no AppArmor",
            inPod({ appArmorProfile: { type: "Unconfined" } }),
            /appArmorProfile is Unconfined/,
        ),
        unrestricted("SELinux by role", inContainer({ seLinuxOptions: { role: "x" } }), /seLinuxOptions.role is set/),
        unrestricted("the host of Windows", inPod({ windowsOptions: { hostProcess: true } }), /hostProcess is true/),
        unrestricted(
            "an init container without limits",
            backend({ initContainers: [{ name: "setup" }] }),
            /setup → allowPrivilegeEscalation is not set; capabilities.drop does not name ALL/,
        ),
        unrestricted(
            "a Job's pods",
            set("app-migrate", running(pod({ hostNetwork: true }))),
            /^app-migrate: hostNetwork/,
        ),
        unrestricted(
            "a CronJob's pods",
            set("app-nightly", { spec: { jobTemplate: running(pod({ hostNetwork: true })) } }),
            /^app-nightly: hostNetwork/,
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
            what: "a wildcard for a part of everything",
            change: rule({ resources: ["*/exec"] }),
            says: /resources has a wildcard/,
        },
        {
            rule: "role-binding-limited",
            what: "cluster-admin",
            change: set("app-secret-readers-binding", { roleRef: { kind: "ClusterRole", name: "cluster-admin" } }),
            says: /it binds cluster-admin/,
        },
        ...["system:authenticated", "system:anonymous", "system:serviceaccounts:app", "system:masters"].map(
            (name): Mutation => ({
                rule: "role-binding-limited",
                what: name,
                change: set("app-secret-readers-binding", { subjects: [{ kind: "Group", name }] }),
                says: new RegExp(`it binds the group ${name}`),
            }),
        ),
        {
            rule: "no-literal-secrets",
            what: "a variable that is called a secret",
            change: variable({ name: "SMTP_PASSWORD", value: "hunter2" }),
            says: /backend → SMTP_PASSWORD is stated/,
        },
        {
            rule: "no-literal-secrets",
            what: "a variable whose value is not even known yet",
            change: variable({ name: "jwtSecret", value: ref("database-master-secret") }),
            says: /backend → jwtSecret is stated/,
        },
        {
            rule: "no-literal-secrets",
            what: "a URL with a password",
            change: variable({ name: "DATABASE_URL", value: "postgresql://app:hunter2@db.example.internal/app" }),
            says: /backend → DATABASE_URL holds a password/,
        },
        {
            rule: "no-literal-secrets",
            what: "a ConfigMap with a token",
            change: set("app-config", { data: { GITHUB_TOKEN: "hunter2" } }),
            says: /^app-config: GITHUB_TOKEN is stated/,
        },
        {
            rule: "no-generated-secrets",
            what: "a variable that is a password under another name",
            change: variable({ name: "PW", value: ref("database-password", "result") }),
            says: /^app-backend: spec comes from the secret database-password/,
        },
        {
            rule: "no-generated-secrets",
            what: "a ConfigMap that holds a password",
            change: set("app-config", { data: { CONNECTION: ref("database-password", "result") } }),
            says: /^app-config: data comes from the secret database-password/,
        },
    ],
    doubts: [
        unsure(
            "namespace-pod-security-restricted",
            "labels not known yet",
            labels(something),
            /the label enforce is not/,
        ),
        unsure(
            "pod-restricted",
            "capabilities not known yet",
            inContainer({ capabilities: { drop: something } }),
            /backend → capabilities.drop is not known yet/,
        ),
        unsure(
            "pod-restricted",
            "a user not known yet",
            inContainer({ runAsUser: something }),
            /runAsUser is not known/,
        ),
        unsure("role-without-wildcards", "verbs not known yet", rule({ verbs: something }), /verbs is not known yet/),
        unsure(
            "role-without-wildcards",
            "rules not known yet",
            set("app-secret-readers", { rules: something }),
            /its rules/,
        ),
        unsure(
            "role-binding-limited",
            "subjects not known yet",
            set("app-secret-readers-binding", { subjects: [{ kind: "Group", name: something }] }),
            /a subject is not known yet/,
        ),
        unsure(
            "no-literal-secrets",
            "variables not known yet",
            backend({}, { env: something }),
            /its variables are not/,
        ),
        {
            rule: "no-generated-secrets",
            what: "a ConfigMap that may come from a password or from a queue",
            change: set("app-config", {
                data: { CONNECTION: ref("database-password", "result"), QUEUE: ref("orders", "url") },
            }),
            says: /data comes from the secret database-password, among others/,
            modes: always,
        },
    ],
};
