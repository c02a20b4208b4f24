import { imageFault } from "../kubernetes/image";
import { hasCredentials, isSecretName } from "../secret-names";
import { listed, type Problem, pattern, problemAt, type Rule, range, violations } from "../validation";
import { amountOf } from "./quantity";
import type { ProbeSpec, ReplicaRange, ResourceSpec, ScalingSpec, SecretKey, WorkloadSpec } from "./spec";

/** A DNS label, short enough to have a part put behind it: what Kubernetes takes as the name of a Service. */
export const workloadName = /^(?=.{1,50}$)[a-z]([a-z0-9-]*[a-z0-9])?$/;

const variable = /^[A-Za-z_][A-Za-z0-9_]*$/;
const directory = /^(\/[A-Za-z0-9._-]+)+$/;
const urlPath = /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/;

const rules: Rule<WorkloadSpec>[] = [
    {
        at: "image",
        when: ({ image }) => imageFault(image) !== undefined,
        say: ({ image }) => imageFault(image) ?? "",
    },
    {
        at: "port",
        when: ({ port }) => port !== undefined && !(Number.isInteger(port) && port >= 1_024 && port <= 65_535),
        say: ({ port }) => `${port} is no port that a process without privileges serves; give 1024 to 65535`,
    },
    range("runAsUser", { from: 1, to: 2_147_483_647, of: "Kubernetes" }),
    range("drainSeconds", { from: 0, to: 3_600, of: "Plinth" }),
    range("terminationGraceSeconds", { from: 1, to: 43_200, of: "Plinth" }),
    {
        at: "terminationGraceSeconds",
        when: ({ terminationGraceSeconds, drainSeconds, port }) =>
            port !== undefined && terminationGraceSeconds <= drainSeconds,
        say: ({ terminationGraceSeconds, drainSeconds }) =>
            `${terminationGraceSeconds} leaves no time to end after ${drainSeconds} seconds of draining; give more than drainSeconds`,
    },
    {
        at: "ingressPath",
        when: ({ ingressPath }) => ingressPath !== undefined && !urlPath.test(ingressPath),
        say: ({ ingressPath }) => `"${ingressPath}" is not a path; give one like /api`,
    },
    {
        at: "ingressPath",
        when: ({ ingressPath, port }) => ingressPath !== undefined && port === undefined,
        say: ({ ingressPath }) =>
            `${ingressPath} leads to a service that serves no port; give port, or leave the path out`,
    },
];

const replicaRules: Rule<ReplicaRange & { wakes: boolean }>[] = [
    {
        at: "minimum",
        when: ({ minimum, wakes }) => !Number.isInteger(minimum) || minimum < (wakes ? 0 : 1),
        say: ({ minimum, wakes }) =>
            wakes
                ? `${minimum} is not a number of pods; give 0 or more`
                : `${minimum} is not a number of pods to stay up; give 1 or more, or 0 with scaling.queueDepth`,
    },
    range("maximum", { from: 1, to: 1_000, of: "Plinth" }),
    {
        at: "maximum",
        when: ({ minimum, maximum }) => maximum < minimum,
        say: ({ minimum, maximum }) => `${maximum} is under the minimum of ${minimum}; give ${minimum} or more`,
    },
];

const scalingRules: Rule<ScalingSpec>[] = [
    range("cpuPercent", { from: 1, to: 100, of: "Plinth" }),
    range("memoryPercent", { from: 1, to: 100, of: "Plinth" }),
    {
        at: "queueDepth.messagesPerReplica",
        when: ({ queueDepth }) =>
            queueDepth !== undefined &&
            !(Number.isInteger(queueDepth.messagesPerReplica) && queueDepth.messagesPerReplica >= 1),
        say: ({ queueDepth }) => `${queueDepth?.messagesPerReplica} is not a number of messages; give 1 or more`,
    },
];

const quantity = (field: keyof ResourceSpec, of: "cpu" | "memory"): Rule<ResourceSpec> => ({
    at: field,
    when: (spec) => amountOf(spec[field], of) === undefined,
    say: (spec) =>
        `"${spec[field]}" is not an amount of ${of === "cpu" ? "CPU; give one like 250m or 0.5" : "memory; give one like 256Mi"}`,
});

const within = (of: "cpu" | "memory"): Rule<ResourceSpec> => ({
    at: `${of}Limit`,
    when: (spec) => (amountOf(spec[`${of}Limit`], of) ?? Infinity) < (amountOf(spec[`${of}Request`], of) ?? 0),
    say: (spec) =>
        `${spec[`${of}Limit`]} is under the request of ${spec[`${of}Request`]}; give ${spec[`${of}Request`]} or more`,
});

const resourceRules: Rule<ResourceSpec>[] = [
    quantity("cpuRequest", "cpu"),
    quantity("cpuLimit", "cpu"),
    within("cpu"),
    quantity("memoryRequest", "memory"),
    quantity("memoryLimit", "memory"),
    within("memory"),
];

const probeRules: Rule<ProbeSpec>[] = [
    pattern("path", urlPath, "is not a path; give one like /health"),
    range("startupSeconds", { from: 1, to: 3_600, of: "Plinth" }),
    range("periodSeconds", { from: 1, to: 300, of: "Plinth" }),
];

/** All that is wrong with `spec` by itself; `where` stands in front of the names of fields. */
export function workloadProblems(where: string, spec: WorkloadSpec): Problem[] {
    return [
        ...violations(where, spec, rules),
        ...violations(
            `${where}.replicas`,
            { ...spec.replicas, wakes: spec.scaling.queueDepth !== undefined },
            replicaRules,
        ),
        ...violations(`${where}.scaling`, spec.scaling, scalingRules),
        ...violations(`${where}.resources`, spec.resources, resourceRules),
        ...Object.entries(spec.environment).flatMap(([name, value]) => environmentProblems(where, name, value)),
        ...Object.entries(spec.secrets).flatMap(([name, key]) => secretProblems(`${where}.secrets`, name, key)),
        ...Object.entries(spec.secretFiles).flatMap(([path, secret]) => fileProblems(where, path, secret)),
        ...violations(`${where}.probes`, spec.probes, probeRules),
        ...depthProblems(where, spec),
    ];
}

function environmentProblems(where: string, name: string, value: string): Problem[] {
    const at = `${where}.environment`;
    if (!variable.test(name))
        return [problemAt(at, `"${name}" is not the name of a variable; give one like LOG_LEVEL`)];
    if (!isSecretName(name) && !hasCredentials(value)) return [];
    return [problemAt(at, `${name} looks like a secret and would be in plain text; give it under secrets`)];
}

function secretProblems(at: string, name: string, { secret, key }: SecretKey): Problem[] {
    if (!variable.test(name))
        return [problemAt(at, `"${name}" is not the name of a variable; give one like DATABASE_URL`)];
    const missing = [...(secret === "" ? ["secret"] : []), ...(key === "" ? ["key"] : [])];
    return missing.map((field) =>
        problemAt(`${at}.${name}`, `names no ${field}; give the Kubernetes secret and its key`),
    );
}

function fileProblems(where: string, path: string, secret: string): Problem[] {
    const at = `${where}.secretFiles`;
    if (!directory.test(path) || path === "/tmp") {
        return [problemAt(at, `"${path}" is no directory for secrets; give one like /run/secrets/database`)];
    }
    return secret === "" ? [problemAt(at, `${path} names no Kubernetes secret; give one`)] : [];
}

function depthProblems(where: string, { scaling, reaches }: WorkloadSpec): Problem[] {
    const queue = scaling.queueDepth?.queue;
    if (queue === undefined || reaches.queues.consume.includes(queue)) return [];
    const mend = reaches.queues.consume.length > 0 ? `give ${listed(reaches.queues.consume)}` : "put it there";
    return [problemAt(`${where}.scaling.queueDepth.queue`, `"${queue}" is not in reaches.queues.consume; ${mend}`)];
}
