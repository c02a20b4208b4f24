import { elements, field, type Reading, text } from "../graph/reading";
import type { Rule } from "../rule";
import { all, satisfied, through, unknown, type Verdict, violated } from "../verdict";
import { mustNotBe } from "./checks";
import { containersOf, entriesOf, kubernetesTypes, listOf, podSpecOf, podTypes, within } from "./kubernetes-objects";

const standard = "https://kubernetes.io/docs/concepts/security/pod-security-standards/";

const namespaceRestricted: Rule = {
    id: "namespace-pod-security-restricted",
    title: "Namespaces enforce the Pod Security Standard restricted",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Label the namespace pod-security.kubernetes.io/enforce: restricted, with enforce-version set to the cluster's version.",
    judges: "inputs",
    appliesTo: [kubernetesTypes.namespace],
    trustedIds: [
        {
            key: "privilegedNamespaces",
            meaning: "the name of a namespace whose pods need more privileges, such as agents on each node",
            pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
        },
    ],
    judge: (namespace, trusted) => {
        if (trusted.has(text(within(namespace, "metadata.name")) ?? "")) return satisfied;
        const labels = within(namespace, "metadata.labels");
        const level = field(labels, "pod-security.kubernetes.io/enforce");
        const version = field(labels, "pod-security.kubernetes.io/enforce-version");
        return all([
            mustBe(level, "the label enforce", (value) => value === "restricted", "not restricted"),
            mustBe(
                version,
                "the label enforce-version",
                (value) => /^v1\.\d+$/.test(value),
                "not a version such as v1.35",
            ),
        ]);
    },
};

const podRestricted: Rule = {
    id: "pod-restricted",
    title: "Pods meet the Pod Security Standard restricted",
    severity: "high",
    enforcement: "mandatory",
    controls: {
        checkov: [
            ...["CKV_K8S_16", "CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19", "CKV_K8S_20", "CKV_K8S_23", "CKV_K8S_31"],
            "CKV_K8S_37",
        ],
    },
    remedy: `Set runAsNonRoot: true and seccompProfile RuntimeDefault, and for each container allowPrivilegeEscalation: false and capabilities.drop [ALL]; use no resources of the node: ${standard}.`,
    judges: "inputs",
    appliesTo: podTypes,
    judge: (view) => {
        const pod = podSpecOf(view);
        const containers = containersOf(pod);
        if (pod.is === "unknown" || !containers) return unknown("its pods are not known yet");
        return all([
            ...["hostNetwork", "hostPID", "hostIPC"].map((key) => mustNotBe(field(pod, key), key, ["true"])),
            ...volumes(pod),
            ...sysctls(pod),
            ...profiles(pod),
            ...containers.map(({ name, container }) => through(name, judgeContainer(pod, container))),
        ]);
    },
};

export const podRules: readonly Rule[] = [namespaceRestricted, podRestricted];

/** Volume types that do not mount files of the node. */
const allowedVolumes = new Set([
    ...["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"],
    "name",
]);

function volumes(pod: Reading): Verdict[] {
    const listed = listOf(pod, "volumes");
    if (!listed) return [unknown("its volumes are not known yet")];
    return listed.flatMap((volume) => {
        const sources = entriesOf(volume);
        if (!sources) return [unknown("a volume is not known yet")];
        // A type that is not used can be present with an empty value.
        return sources
            .filter(([source, value]) => value.is !== "absent" && !allowedVolumes.has(source))
            .map(([source]) => violated(`a volume has the type ${source}`));
    });
}

const safeSysctls = new Set([
    ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start"],
    ...["net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"],
    ...["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl"],
    "net.ipv4.tcp_keepalive_probes",
]);

function sysctls(pod: Reading): Verdict[] {
    const listed = listOf(field(pod, "securityContext"), "sysctls");
    if (!listed) return [unknown("its sysctls are not known yet")];
    return listed.map((one) =>
        mustBe(field(one, "name"), "a sysctl", (name) => safeSysctls.has(name), "not one of the safe sysctls"),
    );
}

/** Types of SELinux that only confine containers. */
const seLinuxTypes = new Set(["container_t", "container_init_t", "container_kvm_t", "container_engine_t"]);

/** Security profiles of the node, which pods and containers may change in the same way. */
function profiles(holder: Reading): Verdict[] {
    const context = field(holder, "securityContext");
    const seLinux = field(context, "seLinuxOptions");
    return [
        mustNotBe(field(field(context, "appArmorProfile"), "type"), "appArmorProfile", ["Unconfined"]),
        mustNotBe(field(field(context, "windowsOptions"), "hostProcess"), "hostProcess", ["true"]),
        ...["user", "role"].map((key) => mustBeAbsent(field(seLinux, key), `seLinuxOptions.${key}`)),
        mustBeSafeOrAbsent(field(seLinux, "type"), "seLinuxOptions.type", seLinuxTypes),
    ];
}

function judgeContainer(pod: Reading, container: Reading): Verdict {
    const context = field(container, "securityContext");
    /** The value of the container, or else of its pod. */
    const either = (key: string) => {
        const own = field(context, key);
        return own.is === "absent" ? field(field(pod, "securityContext"), key) : own;
    };
    return all([
        mustNotBe(field(context, "privileged"), "privileged", ["true"]),
        mustNotBe(field(context, "procMount"), "procMount", ["Unmasked"]),
        mustBe(
            field(context, "allowPrivilegeEscalation"),
            "allowPrivilegeEscalation",
            (value) => value === "false",
            "not false",
        ),
        mustBe(either("runAsNonRoot"), "runAsNonRoot", (value) => value === "true", "not true"),
        mustNotBe(either("runAsUser"), "runAsUser", ["0"]),
        mustBe(
            field(either("seccompProfile"), "type"),
            "seccompProfile",
            (value) => value === "RuntimeDefault" || value === "Localhost",
            "not RuntimeDefault",
        ),
        ...profiles(container),
        ...capabilities(field(context, "capabilities")),
        ...hostPorts(container),
        ...hostsOfHandlers(container),
    ]);
}

function capabilities(reading: Reading): Verdict[] {
    const added = listOf(reading, "add");
    if (!added) return [unknown("capabilities.add is not known yet")];
    return [
        mustDropAll(field(reading, "drop")),
        ...added.map((one) =>
            mustBe(one, "capabilities.add", (name) => name === "NET_BIND_SERVICE", "more than NET_BIND_SERVICE"),
        ),
    ];
}

function mustDropAll(dropped: Reading): Verdict {
    const names = elements(dropped);
    if (names?.some((name) => text(name) === "ALL")) return satisfied;
    const notKnown = dropped.is === "unknown" || names?.some((name) => name.is === "unknown");
    return notKnown ? unknown("capabilities.drop is not known yet") : violated("capabilities.drop does not name ALL");
}

function hostPorts(container: Reading): Verdict[] {
    const ports = listOf(container, "ports");
    if (!ports) return [unknown("its ports are not known yet")];
    return ports.map((port) => {
        const reading = field(port, "hostPort");
        return text(reading) === "0" ? satisfied : mustBeAbsent(reading, "hostPort");
    });
}

function mustBe(reading: Reading, what: string, holds: (value: string) => boolean, otherwise: string): Verdict {
    if (reading.is === "unknown") return unknown(`${what} is not known yet`);
    if (reading.is === "absent") return violated(`${what} is not set`);
    return holds(text(reading) ?? "") ? satisfied : violated(`${what} is ${otherwise}`);
}

function mustBeSafeOrAbsent(reading: Reading, what: string, safe: ReadonlySet<string>): Verdict {
    return reading.is === "absent" ? satisfied : mustBe(reading, what, (value) => safe.has(value), "not a safe one");
}

/** Probes and hooks that name a host reach others than their pod: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
function hostsOfHandlers(container: Reading): Verdict[] {
    const hooks = ["postStart", "preStop"].map((hook) => field(field(container, "lifecycle"), hook));
    const probes = ["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => field(container, probe));
    return [...probes, ...hooks].flatMap((handler) =>
        ["httpGet", "tcpSocket"].map((way) => mustBeAbsent(field(field(handler, way), "host"), `${way}.host`)),
    );
}

function mustBeAbsent(reading: Reading, what: string): Verdict {
    if (reading.is === "unknown") return unknown(`${what} is not known yet`);
    return reading.is === "absent" ? satisfied : violated(`${what} is set`);
}
