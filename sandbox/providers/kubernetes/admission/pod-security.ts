import type { Field } from "../field";

/**
 * The controls of the Pod Security Standards, as the admission of Kubernetes 1.35 asks for them.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export type Level = "privileged" | "baseline" | "restricted";

/** One control: what a pod does against it, in the words of the admission; undefined where it does nothing. */
type Control = (pod: Pod) => string | undefined;

/** A pod as the controls look at it. What is not known before the update counts as allowed. */
interface Pod {
    metadata: Field;
    spec: Field;
    containers: Field[];
}

const BASELINE: Control[] = [
    hostProcess,
    hostNamespaces,
    privileged,
    addedCapabilities,
    hostPath,
    hostPorts,
    appArmor,
    seLinux,
    procMount,
    seccompUnconfined,
    sysctls,
    probeHosts,
];
const RESTRICTED: Control[] = [
    volumeTypes,
    privilegeEscalation,
    runAsNonRoot,
    runAsUser,
    seccompRequired,
    droppedCapabilities,
];

/** Every control of the level that a pod, or the template of one, violates. */
export function violations(level: Level, template: Field, version = "latest"): string[] {
    if (level === "privileged") return [];
    const spec = template.at("spec");
    const containers = ["initContainers", "containers", "ephemeralContainers"].flatMap((name) => spec.at(name).items());
    const pod = { metadata: template.at("metadata"), spec, containers };
    // Two controls of the restricted level are the stricter of baseline's: the admission then names the stricter alone.
    const replaced = new Set<Control>([addedCapabilities, seccompUnconfined, hostPath]);
    const controls = level === "baseline" ? BASELINE : [...BASELINE.filter((one) => !replaced.has(one)), ...RESTRICTED];
    return controls.filter((one) => isAsked(one, version)).flatMap((control) => control(pod) ?? []);
}

/** Whether a namespace that asks for the controls of a Kubernetes version asks for this one. */
function isAsked(control: Control, version: string): boolean {
    const minor = /^v1\.(\d+)$/.exec(version)?.[1];
    return control !== probeHosts || minor === undefined || Number(minor) >= 34;
}

/** How strictly a namespace admits pods, by its labels. */
export function levelOf(namespace: Field | undefined): { level: Level; version: string } {
    const label = (name: string) => namespace?.at("metadata", "labels", `pod-security.kubernetes.io/${name}`).text();
    const level = label("enforce");
    const known = level === "restricted" || level === "baseline" ? level : "privileged";
    return { level: known, version: label("enforce-version") ?? "latest" };
}

/** The message with which a pod is turned away. */
export function forbidden(podName: string, level: Level, version: string, violated: string[]): string {
    return `pods ${JSON.stringify(podName)} is forbidden: violates PodSecurity "${level}:${version}": ${violated.join(", ")}`;
}

const context = (field: Field) => field.at("securityContext");

function hostProcess({ spec, containers }: Pod): string | undefined {
    const bad = containers.filter((one) => context(one).at("windowsOptions", "hostProcess").flag());
    const pod = context(spec).at("windowsOptions", "hostProcess").flag();
    return bad.length === 0 && !pod
        ? undefined
        : `hostProcess (${subject(bad, pod)} must not set securityContext.windowsOptions.hostProcess=true)`;
}

function hostNamespaces({ spec }: Pod): string | undefined {
    const used = ["hostNetwork", "hostPID", "hostIPC"].filter((name) => spec.at(name).flag());
    return used.length === 0 ? undefined : `host namespaces (${used.map((name) => `${name}=true`).join(", ")})`;
}

function privileged({ containers }: Pod): string | undefined {
    const bad = containers.filter((one) => context(one).at("privileged").flag());
    return bad.length === 0 ? undefined : `privileged (${named(bad)} must not set securityContext.privileged=true)`;
}

const CAPABILITIES = new Set(
    "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
        " ",
    ),
);

function addedCapabilities({ containers }: Pod): string | undefined {
    const bad = containers.filter((one) => extra(one).length > 0);
    if (bad.length === 0) return undefined;
    const list = [...new Set(bad.flatMap(extra))].map((name) => JSON.stringify(name)).join(", ");
    return `non-default capabilities (${named(bad)} must not include ${list} in securityContext.capabilities.add)`;
}

function extra(container: Field): string[] {
    return context(container)
        .at("capabilities", "add")
        .texts()
        .filter((name) => !CAPABILITIES.has(name));
}

function hostPath({ spec }: Pod): string | undefined {
    const bad = spec
        .at("volumes")
        .items()
        .filter((volume) => volume.at("hostPath").present);
    return bad.length === 0 ? undefined : `hostPath volumes (${named(bad, "volume")})`;
}

function hostPorts({ containers }: Pod): string | undefined {
    const bad = containers.filter((one) => ports(one).length > 0);
    if (bad.length === 0) return undefined;
    const list = bad.flatMap(ports);
    return `hostPort (${named(bad)} ${bad.length === 1 ? "uses" : "use"} ${list.length === 1 ? "hostPort" : "hostPorts"} ${list.join(", ")})`;
}

function ports(container: Field): number[] {
    return container
        .at("ports")
        .items()
        .flatMap((port) => port.at("hostPort").number() || []);
}

function appArmor({ metadata, spec, containers }: Pod): string | undefined {
    const allowed = ["RuntimeDefault", "Localhost"];
    const types = [spec, ...containers].map((one) => context(one).at("appArmorProfile", "type").text());
    const annotations = metadata
        .at("annotations")
        .entries()
        .filter(([name]) => name.startsWith("container.apparmor.security.beta.kubernetes.io/"));
    const bad = [
        ...types.filter((type) => type !== undefined && !allowed.includes(type)),
        ...annotations
            .map(([, value]) => value.text() ?? "")
            .filter((text) => text !== "" && text !== "runtime/default" && !text.startsWith("localhost/")),
    ];
    return bad.length === 0
        ? undefined
        : `forbidden AppArmor profile${bad.length === 1 ? "" : "s"} (${bad.map((text) => JSON.stringify(text)).join(", ")})`;
}

const SELINUX_TYPES = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

function seLinux({ spec, containers }: Pod): string | undefined {
    const options = [spec, ...containers].map((one) => context(one).at("seLinuxOptions"));
    const bad = options.flatMap((one) => [
        ...(SELINUX_TYPES.includes(one.at("type").text() ?? "")
            ? []
            : [`type ${JSON.stringify(one.at("type").text())}`]),
        ...(one.at("user").text() ? ["user may not be set"] : []),
        ...(one.at("role").text() ? ["role may not be set"] : []),
    ]);
    return bad.length === 0
        ? undefined
        : `seLinuxOptions (pod or containers set forbidden securityContext.seLinuxOptions: ${bad.join("; ")})`;
}

function procMount({ containers }: Pod): string | undefined {
    const bad = containers.filter((one) => !["Default", undefined].includes(context(one).at("procMount").text()));
    return bad.length === 0
        ? undefined
        : `procMount (${named(bad)} must not set securityContext.procMount to "Unmasked")`;
}

function seccompUnconfined({ spec, containers }: Pod): string | undefined {
    const unconfined = (one: Field) => context(one).at("seccompProfile", "type").text() === "Unconfined";
    const bad = containers.filter(unconfined);
    if (bad.length === 0 && !unconfined(spec)) return undefined;
    return `seccompProfile (${subject(bad, unconfined(spec))} must not set securityContext.seccompProfile.type to "Unconfined")`;
}

const SYSCTLS = new Set([
    ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start"],
    ...["net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"],
    ...["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl"],
    ...["net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"],
]);

function sysctls({ spec }: Pod): string | undefined {
    const names = context(spec)
        .at("sysctls")
        .items()
        .flatMap((one) => one.at("name").text() ?? []);
    const bad = names.filter((name) => !SYSCTLS.has(name));
    return bad.length === 0 ? undefined : `forbidden sysctls (${bad.join(", ")})`;
}

/** A probe, or a hook, must not be turned on another host: since Kubernetes 1.34. */
function probeHosts({ containers }: Pod): string | undefined {
    const handlers = (one: Field) => [
        ...["livenessProbe", "readinessProbe", "startupProbe"].map((name) => one.at(name)),
        ...["postStart", "preStop"].map((name) => one.at("lifecycle", name)),
    ];
    const bad = containers.filter((one) =>
        handlers(one).some((handler) => ["httpGet", "tcpSocket"].some((type) => handler.at(type, "host").text())),
    );
    return bad.length === 0
        ? undefined
        : `probe or lifecycle host (${named(bad)} must not set the host of a probe or lifecycle handler)`;
}

const VOLUME_TYPES = new Set(
    "configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret".split(" "),
);

function volumeTypes({ spec }: Pod): string | undefined {
    const typesOf = (volume: Field) =>
        volume
            .entries()
            .map(([name]) => name)
            .filter((name) => name !== "name" && !VOLUME_TYPES.has(name));
    const bad = spec
        .at("volumes")
        .items()
        .filter((volume) => typesOf(volume).length > 0);
    if (bad.length === 0) return undefined;
    const types = [...new Set(bad.flatMap(typesOf))].map((name) => JSON.stringify(name)).join(", ");
    return `restricted volume types (${named(bad, "volume")} ${bad.length === 1 ? "uses" : "use"} restricted volume type ${types})`;
}

function privilegeEscalation({ spec, containers }: Pod): string | undefined {
    if (isWindows(spec)) return undefined;
    const bad = containers.filter(
        (one) => !isSet(context(one), "allowPrivilegeEscalation") || context(one).at("allowPrivilegeEscalation").flag(),
    );
    return bad.length === 0
        ? undefined
        : `allowPrivilegeEscalation != false (${named(bad)} must set securityContext.allowPrivilegeEscalation=false)`;
}

function runAsNonRoot({ spec, containers }: Pod): string | undefined {
    const flag = (one: Field) => context(one).at("runAsNonRoot").flag();
    const refusing = containers.filter((one) => flag(one) === false);
    if (refusing.length > 0)
        return `runAsNonRoot != true (${named(refusing)} must not set securityContext.runAsNonRoot=false)`;
    if (isSet(context(spec), "runAsNonRoot") && flag(spec) !== false) return undefined;
    const bad = containers.filter((one) => !isSet(context(one), "runAsNonRoot"));
    if (bad.length === 0)
        return flag(spec) === false
            ? "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)"
            : undefined;
    return `runAsNonRoot != true (pod or ${named(bad)} must set securityContext.runAsNonRoot=true)`;
}

function runAsUser({ spec, containers }: Pod): string | undefined {
    const root = (one: Field) => context(one).at("runAsUser").number() === 0;
    const bad = containers.filter(root);
    return bad.length === 0 && !root(spec)
        ? undefined
        : `runAsUser=0 (${subject(bad, root(spec))} must not set runAsUser=0)`;
}

function seccompRequired({ spec, containers }: Pod): string | undefined {
    if (isWindows(spec)) return undefined;
    const type = (one: Field) => context(one).at("seccompProfile", "type");
    const good = (one: Field) => type(one).unknown || ["RuntimeDefault", "Localhost"].includes(type(one).text() ?? "");
    const bad = containers.filter((one) => (type(one).present ? !good(one) : !(type(spec).present && good(spec))));
    if (bad.length === 0) return undefined;
    return `seccompProfile (pod or ${named(bad)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`;
}

function droppedCapabilities({ spec, containers }: Pod): string | undefined {
    if (isWindows(spec)) return undefined;
    const capabilities = (one: Field) => context(one).at("capabilities");
    const kept = containers.filter(
        (one) => !isOpen(capabilities(one), "drop") && !capabilities(one).at("drop").texts().includes("ALL"),
    );
    const added = (one: Field) =>
        capabilities(one)
            .at("add")
            .texts()
            .filter((name) => name !== "NET_BIND_SERVICE");
    const adding = containers.filter((one) => added(one).length > 0);
    const parts = [
        ...(kept.length > 0 ? [`${named(kept)} must set securityContext.capabilities.drop=["ALL"]`] : []),
        ...(adding.length > 0
            ? [
                  `${named(adding)} must not include ${[...new Set(adding.flatMap(added))].map((name) => JSON.stringify(name)).join(", ")} in securityContext.capabilities.add`,
              ]
            : []),
    ];
    return parts.length === 0 ? undefined : `unrestricted capabilities (${parts.join("; ")})`;
}

function isWindows(spec: Field): boolean {
    return spec.at("os", "name").text() === "windows";
}

/** Whether the field is given, or may turn out to be. */
function isSet(parent: Field, name: string): boolean {
    return parent.unknown || parent.at(name).present;
}

function isOpen(parent: Field, name: string): boolean {
    return (
        parent.unknown ||
        parent.at(name).unknown ||
        parent
            .at(name)
            .items()
            .some((item) => item.unknown)
    );
}

function named(fields: Field[], noun = "container"): string {
    const names = fields.map((field) => JSON.stringify(field.at("name").text() ?? "")).join(", ");
    return `${noun}${fields.length === 1 ? "" : "s"} ${names}`;
}

function subject(bad: Field[], pod: boolean | undefined): string {
    const parts = [...(pod ? ["pod"] : []), ...(bad.length > 0 ? [named(bad)] : [])];
    return parts.join(" and ");
}
