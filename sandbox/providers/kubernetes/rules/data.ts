import type { Field, Problem } from "../field";
import { amountOf, quantityProblems } from "./resource";

const KEY = /^[-._a-zA-Z0-9]+$/;
const MEBIBYTE = 1024 * 1024;

/** ConfigMaps and Secrets: the form of their keys, and their maximum size. */
export function* keyedDataProblems(object: Field, ...parts: string[]): Generator<Problem> {
    let bytes = 0;
    const seen = new Set<string>();
    for (const part of parts) {
        for (const [key, value] of object.at(part).entries()) {
            if (!KEY.test(key) || key.length > 253 || /^\.{1,2}$/.test(key)) {
                yield {
                    path: `${object.at(part).path}[${key}]`,
                    reason: `Invalid value: ${JSON.stringify(key)}: a valid config key must consist of alphanumeric characters, '-', '_' or '.'`,
                };
            }
            // In a Secret, stringData overrides data of the same key; in a ConfigMap, the same key must not be in both.
            if (seen.has(key) && part === "binaryData")
                yield {
                    path: `${object.at(part).path}[${key}]`,
                    reason: `Invalid value: ${JSON.stringify(key)}: duplicate of key present in data`,
                };
            seen.add(key);
            bytes += Buffer.byteLength(value.text() ?? "");
        }
    }
    if (bytes > MEBIBYTE) yield { path: parts[0] ?? "", reason: `Too long: may not be more than ${MEBIBYTE} bytes` };
}

const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function* secretProblems(object: Field): Generator<Problem> {
    yield* keyedDataProblems(object, "data", "stringData");
    for (const [key, value] of object.at("data").entries()) {
        if (value.text() !== undefined && !BASE64.test((value.text() ?? "").replace(/[\r\n]/g, "")))
            yield {
                path: `data[${key}]`,
                reason: "Invalid value: <secret>: illegal base64 data: give text as stringData",
            };
    }
    for (const key of REQUIRED_KEYS[object.at("type").text() ?? ""] ?? []) {
        const given = ["data", "stringData"].some((part) => object.at(part, key).present);
        if (!given) yield { path: `data[${key}]`, reason: "Required value" };
    }
}

const REQUIRED_KEYS: Record<string, string[]> = {
    "kubernetes.io/tls": ["tls.crt", "tls.key"],
    "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
    "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};

const ROLE_KINDS: Record<string, string[]> = {
    RoleBinding: ["Role", "ClusterRole"],
    ClusterRoleBinding: ["ClusterRole"],
};

export function* bindingProblems(kind: string, object: Field): Generator<Problem> {
    const role = object.at("roleRef");
    const group = role.at("apiGroup");
    if (group.word() !== undefined && group.text() !== "rbac.authorization.k8s.io")
        yield group.unsupported(["rbac.authorization.k8s.io"]);
    const kinds = ROLE_KINDS[kind] ?? [];
    if (role.at("kind").text() !== undefined && !kinds.includes(role.at("kind").text() ?? ""))
        yield role.at("kind").unsupported(kinds);
    for (const subject of object.at("subjects").items()) {
        const type = subject.at("kind").text();
        const namespace = subject.at("namespace");
        // In a RoleBinding it is the namespace of the binding.
        if (kind === "ClusterRoleBinding" && type === "ServiceAccount" && !namespace.present)
            yield namespace.required();
        if (type !== undefined && !["ServiceAccount", "User", "Group"].includes(type))
            yield subject.at("kind").unsupported(["Group", "ServiceAccount", "User"]);
        const subjectGroup = subject.at("apiGroup").text() ?? "";
        if (type === "ServiceAccount" && subjectGroup !== "") yield subject.at("apiGroup").unsupported([""]);
    }
}

export function* roleProblems(object: Field): Generator<Problem> {
    for (const rule of object.at("rules").items()) {
        const open = (name: string) => rule.unknown || rule.at(name).unknown;
        if (!open("verbs") && rule.at("verbs").items().length === 0)
            yield rule.at("verbs").required("verbs must contain at least one value");
        if (rule.at("nonResourceURLs").present || open("nonResourceURLs")) continue;
        for (const [name, text] of [
            ["apiGroups", "resource rules must supply at least one api group"],
            ["resources", "resource rules must supply at least one resource"],
        ] as const)
            if (!open(name) && rule.at(name).items().length === 0) yield rule.at(name).required(text);
    }
}

export function* claimProblems(spec: Field): Generator<Problem> {
    const modes = spec.at("accessModes");
    const known = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
    if (!spec.unknown && !modes.unknown && modes.items().length === 0)
        yield modes.required("at least 1 access mode is required");
    for (const mode of modes.items())
        if (mode.text() !== undefined && !known.includes(mode.text() ?? "")) yield mode.unsupported(known);
    const size = spec.at("resources", "requests", "storage");
    if (!spec.unknown && !size.present) yield size.required();
    if (amountOf(size) === 0) yield size.invalid("must be greater than zero");
    // Its limits are not compared with its requests.
    for (const [, limit] of spec.at("resources", "limits").entries()) yield* quantityProblems(limit);
    yield* quantityProblems(size);
}

export function* quotaProblems(spec: Field): Generator<Problem> {
    for (const [, amount] of spec.at("hard").entries()) yield* quantityProblems(amount);
}

export function* limitRangeProblems(spec: Field): Generator<Problem> {
    for (const limit of spec.at("limits").items())
        for (const part of ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"])
            for (const [, amount] of limit.at(part).entries()) yield* quantityProblems(amount);
}

const LEVELS = ["privileged", "baseline", "restricted"];

/** The labels of a namespace for the Pod Security level. */
export function* namespaceProblems(object: Field): Generator<Problem> {
    for (const mode of ["enforce", "audit", "warn"]) {
        const level = object.at("metadata", "labels", `pod-security.kubernetes.io/${mode}`);
        if (level.text() !== undefined && !LEVELS.includes(level.text() ?? ""))
            yield { path: "metadata.labels", reason: level.invalid(`must be one of ${LEVELS.join(", ")}`).reason };
        const version = object.at("metadata", "labels", `pod-security.kubernetes.io/${mode}-version`);
        if (version.text() !== undefined && !/^(latest|v1\.\d+)$/.test(version.text() ?? ""))
            yield { path: "metadata.labels", reason: version.invalid('must be "latest" or "v1.x"').reason };
    }
}
