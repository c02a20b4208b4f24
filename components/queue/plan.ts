import { specProblems } from "../settings";
import { type Problem, type Rule, throwIfInvalid } from "../validation";
import { type QueueSpec, queueSettings } from "./spec";

/** What depends on several settings. */
const queueRules: Rule<QueueSpec>[] = [
    {
        at: "deadLetterRetentionSeconds",
        when: (spec) => spec.deadLetterRetentionSeconds < spec.retentionSeconds,
        say: (spec) =>
            `${spec.deadLetterRetentionSeconds} is under retentionSeconds, so a message could be gone before anyone sees that it failed; give ${spec.retentionSeconds} or more`,
    },
    {
        at: "contentBasedDeduplication",
        when: ({ contentBasedDeduplication, fifo }) => contentBasedDeduplication && !fifo,
        say: () => "true is for FIFO queues only; leave it out, or give fifo: true",
    },
    {
        at: "deduplicationScope",
        when: ({ deduplicationScope, fifo }) => deduplicationScope === "messageGroup" && !fifo,
        say: () => "messageGroup is for FIFO queues only; leave it out, or give fifo: true",
    },
    {
        at: "fifoThroughputLimit",
        when: ({ fifoThroughputLimit, fifo }) => fifoThroughputLimit === "perMessageGroupId" && !fifo,
        say: () => "perMessageGroupId is for FIFO queues only; leave it out, or give fifo: true",
    },
    {
        at: "fifoThroughputLimit",
        when: ({ fifoThroughputLimit, deduplicationScope }) =>
            fifoThroughputLimit === "perMessageGroupId" && deduplicationScope === "queue",
        say: () =>
            "perMessageGroupId needs duplicates to be looked for in each group; give deduplicationScope: messageGroup",
    },
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function queueProblems(where: string, spec: QueueSpec): Problem[] {
    return specProblems(where, queueSettings, spec, queueRules);
}

/**
 * Refuses what SQS would.
 * @throws InvalidSpecError with every problem of `spec`
 */
export function checkQueue(name: string, spec: QueueSpec): void {
    throwIfInvalid(`Queue "${name}"`, queueProblems(name, spec));
}
