import { imageFault } from "../kubernetes/image";
import { charactersOf, mostCharacters, tooLong } from "../kubernetes/variables";
import { hasCredentials, isSecretName } from "../secret-names";
import { specProblems } from "../settings";
import { listed, type Problem, problemAt, type Rule, violations } from "../validation";
import { amountOf } from "./quantity";
import { defaultImage, type ReplicaRange, type ResourceSpec, type WorkloadSpec, workloadSettings } from "./spec";

/** A DNS label, short enough to have a part put behind it: what Kubernetes takes as the name of a Service. */
export const workloadName = /^(?=.{1,50}$)[a-z]([a-z0-9-]*[a-z0-9])?$/;

const variable = /^[A-Za-z_][A-Za-z0-9_]*$/;
const directory = /^(\/[A-Za-z0-9._-]+)+$/;
/** What a mount would hide of the image or of the kernel: directories with a program's own files, and `/tmp`, which is mounted. */
const ofImage =
    /^\/(tmp|app|etc|home|media|mnt|opt|root|run|srv|var|(bin|boot|dev|lib|lib64|proc|sbin|sys|usr)(\/.*)?)$/;

const rules: Rule<WorkloadSpec>[] = [
    {
        at: "image",
        when: ({ image }) => imageFault(image) !== undefined,
        say: ({ image }) => imageFault(image) ?? "",
    },
    {
        at: "port",
        when: ({ image, port, command }) =>
            image === defaultImage.name && command === undefined && port !== undefined && port !== defaultImage.port,
        say: ({ port }) =>
            `${port} is not served by the default image, which serves ${defaultImage.port}; give the service's own image too, or ${defaultImage.port} until there is one`,
    },
    {
        at: "environment",
        when: ({ environment }) => charactersOf(environment) > mostCharacters,
        say: ({ environment }) => tooLong(environment),
    },
    {
        at: "terminationGraceSeconds",
        when: ({ terminationGraceSeconds, drainSeconds, port }) =>
            port !== undefined && terminationGraceSeconds <= drainSeconds,
        say: ({ terminationGraceSeconds, drainSeconds }) =>
            `${terminationGraceSeconds} leaves no time to end after ${drainSeconds} seconds of draining; give more than drainSeconds`,
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
        when: ({ minimum, wakes }) => minimum === 0 && !wakes,
        say: () => "0 leaves no pod running; give 1 or more, or 0 with scaling.queueDepth",
    },
    {
        at: "maximum",
        when: ({ minimum, maximum }) => maximum < minimum,
        say: ({ minimum, maximum }) => `${maximum} is under the minimum of ${minimum}; give ${minimum} or more`,
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

/**
 * All that is wrong with `spec` by itself; `where` stands in front of the names of fields.
 * @param secretValues whether the variables of `environment` are kept secret
 */
export function workloadProblems(where: string, spec: WorkloadSpec, secretValues = false): Problem[] {
    return [
        ...specProblems(where, workloadSettings, spec, rules),
        ...violations(
            `${where}.replicas`,
            { ...spec.replicas, wakes: spec.scaling.queueDepth !== undefined },
            replicaRules,
        ),
        ...violations(`${where}.resources`, spec.resources, resourceRules),
        ...Object.entries(spec.environment).flatMap(([name, value]) =>
            environmentProblems(where, name, value, secretValues),
        ),
        ...Object.keys(spec.environment)
            .filter((name) => Object.hasOwn(spec.secrets, name))
            .map((name) => problemAt(`${where}.environment.${name}`, "is given under secrets too; leave one out")),
        ...Object.keys(spec.secrets).flatMap((name) => secretProblems(`${where}.secrets`, name)),
        ...Object.keys(spec.secretFiles).flatMap((path) => fileProblems(where, path)),
        ...depthProblems(where, spec),
    ];
}

function environmentProblems(where: string, name: string, value: string, secretValues: boolean): Problem[] {
    const at = `${where}.environment`;
    if (!variable.test(name))
        return [problemAt(at, `"${name}" is not the name of a variable; give one like LOG_LEVEL`)];
    if (secretValues || (!isSecretName(name) && !hasCredentials(value))) return [];
    return [problemAt(at, `${name} looks like a secret and would be in plain text; give it under secrets`)];
}

function secretProblems(at: string, name: string): Problem[] {
    if (variable.test(name)) return [];
    return [problemAt(at, `"${name}" is not the name of a variable; give one like DATABASE_URL`)];
}

function fileProblems(where: string, path: string): Problem[] {
    const at = `${where}.secretFiles`;
    if (directory.test(path) && !/(^|\/)\.{1,2}(\/|$)/.test(path) && !ofImage.test(path)) return [];
    return [problemAt(at, `"${path}" is not a directory for secrets; give one like /run/secrets/database`)];
}

function depthProblems(where: string, { scaling, reaches }: WorkloadSpec): Problem[] {
    const queue = scaling.queueDepth?.queue;
    if (queue === undefined || reaches.queues.consume.includes(queue)) return [];
    const mend = reaches.queues.consume.length > 0 ? `give ${listed(reaches.queues.consume)}` : "put it there";
    return [problemAt(`${where}.scaling.queueDepth.queue`, `"${queue}" is not in reaches.queues.consume; ${mend}`)];
}
