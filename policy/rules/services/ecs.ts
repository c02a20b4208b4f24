import type { View } from "../../graph/graph";
import { absent, elements, field, type Reading, readProperty, text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { all, satisfied, through, unknown, type Verdict, violated } from "../../verdict";
import { aws, isNoneOf, isNotTrue, isOneOf, isTrue, must, onInputs, whenSet } from "../inputs";
import { listOf } from "../kubernetes-objects";
import { judgePlainVariable } from "../literal-secrets";

const tasks = [aws("ecs/taskDefinition"), aws("ecs/daemonTaskDefinition")];

/** The containers of a task definition, each with its name; undefined when they are not known or not readable. */
function containersOf(task: View): { name: string; container: Reading }[] | undefined {
    const source = text(task.read("containerDefinitions"));
    if (source === undefined) return undefined;
    try {
        const parsed: unknown = JSON.parse(source);
        const list = elements(readProperty({ parsed }, "parsed"));
        return list?.map((container) => ({ name: text(field(container, "name")) ?? "a container", container }));
    } catch {
        return undefined;
    }
}

/** Judges each container. A definition that cannot be read is reported by one rule of those that judge it. */
const inContainers =
    (judge: (container: Reading, task: View) => Verdict, whenUnreadable: Verdict = satisfied) =>
    (task: View): Verdict => {
        const containers = containersOf(task);
        if (!containers) return whenUnreadable;
        return all(containers.map(({ name, container }) => through(name, judge(container, task))));
    };

const notPrivileged: Rule = {
    id: "task-not-privileged",
    title: "Containers of tasks are not privileged",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["ECS.4"], checkov: ["CKV_AWS_334"] },
    remedy: "Leave out privileged, and linuxParameters.capabilities.add. Give what is known at preview in containerDefinitions, so that it can be read.",
    appliesTo: [aws("ecs/taskDefinition")],
    judge: inContainers((container) => {
        const added = listOf(field(field(container, "linuxParameters"), "capabilities"), "add") ?? [];
        const strong = added
            .flatMap((one) => text(one) ?? [])
            .filter((name) => /^(ALL|SYS_ADMIN|NET_ADMIN|SYS_MODULE)$/.test(name));
        return all([
            text(field(container, "privileged")) === "true" ? violated("privileged is true") : satisfied,
            ...strong.map((name) => violated(`it has the capability ${name}`)),
        ]);
    }, unknown("containerDefinitions is not known yet")),
};

const withoutSecrets: Rule = {
    id: "task-variables-without-secrets",
    title: "Environment variables of tasks contain no secrets",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ECS.8"] },
    remedy: "Keep the secret in Secrets Manager, and name it in secrets instead of environment.",
    appliesTo: [aws("ecs/taskDefinition")],
    judge: inContainers((container, task) =>
        all(
            (listOf(container, "environment") ?? []).map((one) =>
                judgePlainVariable(task, "containerDefinitions", text(field(one, "name")) ?? "", field(one, "value")),
            ),
        ),
    ),
};

const networkSeparate = onInputs({
    id: "task-apart-from-host",
    title: "Tasks do not share the network or the processes of their host",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ECS.1", "ECS.3"], checkov: ["CKV_AWS_335"] },
    remedy: 'Set networkMode: "awsvpc", and leave out pidMode and ipcMode, or set them to "task".',
    appliesTo: tasks,
    inputs: { networkMode: isNoneOf("host"), pidMode: isNoneOf("host"), ipcMode: isNoneOf("host") },
});

const volumesEncrypted = onInputs({
    id: "task-volumes-encrypted-in-transit",
    title: "Tasks use TLS to their file systems",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_97"] },
    remedy: 'Set efsVolumeConfiguration.transitEncryption: "ENABLED" for each of volumes.',
    appliesTo: [aws("ecs/taskDefinition")],
    inputs: {
        "volumes[].efsVolumeConfiguration": (volume, what) => {
            if (volume.is !== "known") return volume.is === "absent" ? satisfied : unknown(`${what} is not known yet`);
            const transit = field(volume, "transitEncryption");
            return isOneOf("ENABLED")(transit, `${what}.transitEncryption`);
        },
    },
});

const rootReadOnly: Rule = {
    id: "task-root-read-only",
    title: "Containers of tasks cannot write to their root file system",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["ECS.5"], checkov: ["CKV_AWS_336"] },
    remedy: "Set readonlyRootFilesystem: true, and mount a volume where the application writes.",
    appliesTo: [aws("ecs/taskDefinition")],
    judge: inContainers((container) => isTrue(field(container, "readonlyRootFilesystem"), "readonlyRootFilesystem")),
};

const notRoot: Rule = {
    id: "task-not-root",
    title: "Containers of tasks do not run as root",
    severity: "medium",
    enforcement: "advisory",
    controls: {},
    remedy: "Set user to a name or number other than root, or build the image with one.",
    appliesTo: [aws("ecs/taskDefinition")],
    judge: inContainers((container) =>
        whenSet(
            must(
                (user) => !/^(root|0)(:|$)/.test(user),
                () => "is root",
            ),
        )(field(container, "user"), "user"),
    ),
};

const logged: Rule = {
    id: "task-logged",
    title: "Containers of tasks have a log",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["ECS.9"] },
    remedy: "Set logConfiguration, for example with the driver awslogs.",
    appliesTo: [aws("ecs/taskDefinition")],
    judge: inContainers((container) =>
        must(Boolean, () => "is empty")(
            field(field(container, "logConfiguration"), "logDriver"),
            "logConfiguration.logDriver",
        ),
    ),
};

const servicePrivate = onInputs({
    id: "task-without-public-address",
    title: "Tasks of services have no public IP address",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ECS.2"], checkov: ["CKV_AWS_333"] },
    remedy: "Leave out networkConfiguration.assignPublicIp, and give the service private subnets behind a load balancer.",
    appliesTo: [aws("ecs/service"), aws("ecs/taskSet")],
    inputs: { "networkConfiguration.assignPublicIp": isNotTrue },
});

const commandsLogged = onInputs({
    id: "task-commands-logged",
    title: "Commands that are run in tasks are logged",
    severity: "medium",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_223"] },
    remedy: 'Set configuration.executeCommandConfiguration.logging to "DEFAULT" or "OVERRIDE".',
    appliesTo: [aws("ecs/cluster")],
    inputs: { "configuration.executeCommandConfiguration.logging": isNoneOf("NONE") },
});

const insights: Rule = {
    id: "task-cluster-observed",
    title: "Clusters of tasks have Container Insights",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["ECS.12"], checkov: ["CKV_AWS_65"] },
    remedy: 'Set settings to [{ name: "containerInsights", value: "enabled" }].',
    judges: "inputs",
    appliesTo: [aws("ecs/cluster")],
    judge: (cluster) => {
        const settings = cluster.read("settings");
        if (settings.is === "unknown") return unknown("settings is not known yet");
        const setting = (elements(settings) ?? []).find((one) => text(field(one, "name")) === "containerInsights");
        return isOneOf("enabled", "enhanced")(field(setting ?? absent, "value"), "containerInsights");
    },
};

export const ecsRules: readonly Rule[] = [
    notPrivileged,
    withoutSecrets,
    networkSeparate,
    volumesEncrypted,
    rootReadOnly,
    notRoot,
    logged,
    servicePrivate,
    commandsLogged,
    insights,
];
