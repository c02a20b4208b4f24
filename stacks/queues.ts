import { type Problem, problemAt, type QueueSpec, queueProblems } from "@plinth/components";
import type { Settings } from "./schema";
import { settingName } from "./settings";
import type { PlatformSpec } from "./spec";
import type { Tier } from "./tiers";

/** Names that components of the platform have or will have, and that no queue can have beside them. */
const componentNames = ["network", "database", "backup", "cache", "cluster", "registry", "workload", "observability"];

/** The queues that a stack asks for, each over its tier's. */
export function queuesOf({ queues = {} }: Settings, tier: Tier): Record<string, QueueSpec> {
    return Object.fromEntries(Object.entries(queues).map(([name, queue]) => [name, { ...tier.queue, ...queue }]));
}

export function queueSettingProblems({ queues }: PlatformSpec): Problem[] {
    return Object.entries(queues).flatMap(([name, queue]) => [
        ...nameProblems(name),
        ...queueProblems(settingName(["queues", name]), queue),
    ]);
}

function nameProblems(name: string): Problem[] {
    const at = settingName(["queues", name]);
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
        return [
            problemAt(
                at,
                `"${name}" is not a queue's name; give lower-case letters, digits and single hyphens, a letter first`,
            ),
        ];
    }
    if (componentNames.includes(name)) {
        return [
            problemAt(at, `"${name}" is the name of another part of the platform; give another, such as ${name}-jobs`),
        ];
    }
    if (name.endsWith("-dead-letter")) {
        return [problemAt(at, `"${name}" ends as dead-letter queues do; give another name`)];
    }
    return [];
}
