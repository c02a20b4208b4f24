import { describe, expect, it } from "vitest";
import { type Properties, UNKNOWN } from "../../../rpc/values";
import { Field } from "../field";
import { CONTAINER, pod } from "../testing";
import { type Level, violations } from "./pod-security";

const judge = (level: Level, spec: Properties, version?: string) => violations(level, Field.of({ spec }), version);
const secured = (more: Properties) =>
    pod({ securityContext: { ...(CONTAINER.securityContext as Properties), ...more } });
const volumes = (source: Properties) => pod({}, { volumes: [{ name: "v", ...source }] });

describe("what the baseline level turns away", () => {
    it.each<[string, Properties, RegExp]>([
        [
            "a HostProcess container",
            secured({ windowsOptions: { hostProcess: true } }),
            /^hostProcess \(container "web" must not set/,
        ],
        ["the host's network", pod({}, { hostNetwork: true }), /^host namespaces \(hostNetwork=true\)$/],
        [
            "a privileged container",
            secured({ privileged: true }),
            /^privileged \(container "web" must not set securityContext\.privileged=true\)$/,
        ],
        [
            "a capability too many",
            secured({ capabilities: { add: ["NET_ADMIN"] } }),
            /^non-default capabilities \(container "web" must not include "NET_ADMIN"/,
        ],
        ["a path of the host", volumes({ hostPath: { path: "/" } }), /^hostPath volumes \(volume "v"\)$/],
        [
            "a port of the host",
            pod({ ports: [{ containerPort: 80, hostPort: 80 }] }),
            /^hostPort \(container "web" uses hostPort 80\)$/,
        ],
        [
            "no AppArmor",
            secured({ appArmorProfile: { type: "Unconfined" } }),
            /^forbidden AppArmor profile \("Unconfined"\)$/,
        ],
        [
            "an SELinux type of its own",
            secured({ seLinuxOptions: { type: "spc_t" } }),
            /^seLinuxOptions .*type "spc_t"/,
        ],
        ["an unmasked /proc", secured({ procMount: "Unmasked" }), /^procMount \(container "web" must not set/],
        [
            "no seccomp",
            secured({ seccompProfile: { type: "Unconfined" } }),
            /^seccompProfile \(container "web" must not set/,
        ],
        [
            "a sysctl that is unsafe",
            pod({}, { securityContext: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } }),
            /^forbidden sysctls \(kernel\.msgmax\)$/,
        ],
        [
            "a probe of another host",
            pod({ livenessProbe: { httpGet: { host: "10.0.0.1", port: 80 } } }),
            /^probe or lifecycle host \(container "web"/,
        ],
    ])("%s", (_, spec, message) => {
        expect(judge("baseline", spec)).toEqual([expect.stringMatching(message)]);
        expect(judge("restricted", spec).length).toBeGreaterThan(0);
        expect(judge("privileged", spec)).toEqual([]);
    });
});

it("field H27: every level admits an image as a volume", () => {
    const spec = volumes({ image: { reference: "registry.example.com/models:1" } });
    for (const level of ["restricted", "baseline", "privileged"] as const) expect(judge(level, spec)).toEqual([]);
});

describe("what only the restricted level turns away", () => {
    it.each<[string, Properties, RegExp]>([
        [
            "a kind of volume",
            volumes({ nfs: { server: "a", path: "/" } }),
            /^restricted volume types \(volume "v" uses restricted volume type "nfs"\)$/,
        ],
        [
            "escalation",
            secured({ allowPrivilegeEscalation: undefined }),
            /^allowPrivilegeEscalation != false \(container "web" must set securityContext\.allowPrivilegeEscalation=false\)$/,
        ],
        [
            "root, perhaps",
            pod({}, { securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
            /^runAsNonRoot != true \(pod or container "web" must set securityContext\.runAsNonRoot=true\)$/,
        ],
        [
            "a container that may be root",
            secured({ runAsNonRoot: false }),
            /^runAsNonRoot != true \(container "web" must not set/,
        ],
        ["the user 0", secured({ runAsUser: 0 }), /^runAsUser=0 \(container "web" must not set runAsUser=0\)$/],
        [
            "no seccomp profile",
            pod({}, { securityContext: { runAsNonRoot: true } }),
            /^seccompProfile \(pod or container "web" must set securityContext\.seccompProfile\.type to "RuntimeDefault" or "Localhost"\)$/,
        ],
        [
            "capabilities that are kept",
            secured({ capabilities: {} }),
            /^unrestricted capabilities \(container "web" must set securityContext\.capabilities\.drop=\["ALL"\]\)$/,
        ],
        [
            "a capability that is added",
            secured({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } }),
            /^unrestricted capabilities \(container "web" must not include "CHOWN"/,
        ],
    ])("%s", (_, spec, message) => {
        expect(judge("restricted", spec)).toEqual([expect.stringMatching(message)]);
        expect(judge("baseline", spec)).toEqual([]);
    });
});

it("names every control at once, and every container", () => {
    const bare = { containers: [{ name: "a" }, { name: "b" }] };
    expect(judge("restricted", bare)).toHaveLength(4);
    expect(judge("restricted", bare)[0]).toContain('containers "a", "b" must set');
});

it("admits what is in order, and does not guess at what is not known yet", () => {
    expect(judge("restricted", pod())).toEqual([]);
    expect(judge("restricted", pod({ securityContext: UNKNOWN }, { securityContext: UNKNOWN }))).toEqual([]);
    expect(
        judge("restricted", secured({ allowPrivilegeEscalation: UNKNOWN, capabilities: { drop: UNKNOWN } })),
    ).toEqual([]);
});

it("asks for the controls of the version that the namespace pins", () => {
    const probing = pod({ livenessProbe: { tcpSocket: { host: "10.0.0.1", port: 80 } } });
    expect(judge("baseline", probing, "v1.33")).toEqual([]);
    expect(judge("baseline", probing, "v1.34")).toHaveLength(1);
});
