import type { Field } from "../field";
import { type Control, context, named, type Pod, subject } from "./pod";

/** The controls of the baseline level. */
export const BASELINE: Control[] = [
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

export function addedCapabilities({ containers }: Pod): string | undefined {
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

export function hostPath({ spec }: Pod): string | undefined {
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

export function seccompUnconfined({ spec, containers }: Pod): string | undefined {
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

/** Probes and hooks must not address other hosts, since Kubernetes 1.34. */
export function probeHosts({ containers }: Pod): string | undefined {
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
