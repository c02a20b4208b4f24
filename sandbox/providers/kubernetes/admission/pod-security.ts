import type { Field } from "../field";
import { addedCapabilities, BASELINE, hostPath, probeHosts, seccompUnconfined } from "./baseline";
import type { Control } from "./pod";
import { RESTRICTED } from "./restricted";

/**
 * The controls of the Pod Security Standards, as the admission of Kubernetes 1.35 enforces them.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export type Level = "privileged" | "baseline" | "restricted";

/** All controls of the level that a pod or a pod template violates. */
export function violations(level: Level, template: Field, version = "latest"): string[] {
    if (level === "privileged") return [];
    const spec = template.at("spec");
    const containers = ["initContainers", "containers", "ephemeralContainers"].flatMap((name) => spec.at(name).items());
    const pod = { metadata: template.at("metadata"), spec, containers };
    // Three baseline controls have a stricter counterpart at the restricted level: the admission names only that one.
    const replaced = new Set<Control>([addedCapabilities, seccompUnconfined, hostPath]);
    const controls = level === "baseline" ? BASELINE : [...BASELINE.filter((one) => !replaced.has(one)), ...RESTRICTED];
    return controls.filter((one) => isAsked(one, version)).flatMap((control) => control(pod) ?? []);
}

/** Whether the controls of a Kubernetes version include this one. */
function isAsked(control: Control, version: string): boolean {
    const minor = /^v1\.(\d+)$/.exec(version)?.[1];
    return control !== probeHosts || minor === undefined || Number(minor) >= 34;
}

/** The Pod Security level of a namespace, from its labels. */
export function levelOf(namespace: Field | undefined): { level: Level; version: string } {
    const label = (name: string) => namespace?.at("metadata", "labels", `pod-security.kubernetes.io/${name}`).text();
    const level = label("enforce");
    const known = level === "restricted" || level === "baseline" ? level : "privileged";
    return { level: known, version: label("enforce-version") ?? "latest" };
}

/** The message that rejects a pod. */
export function forbidden(podName: string, level: Level, version: string, violated: string[]): string {
    return `pods ${JSON.stringify(podName)} is forbidden: violates PodSecurity "${level}:${version}": ${violated.join(", ")}`;
}
