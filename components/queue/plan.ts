import { keyDeletionWindow } from "../encryption";
import { oneOf, type Problem, type Rule, range, throwIfInvalid, violations } from "../validation";
import type { QueueSpec } from "./spec";

/**
 * What SQS takes.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const queueRules: Rule<QueueSpec>[] = [
    range("visibilityTimeoutSeconds", { from: 0, to: 43_200, of: "SQS" }),
    range("receiveWaitTimeSeconds", { from: 0, to: 20, of: "SQS" }),
    range("delaySeconds", { from: 0, to: 900, of: "SQS" }),
    range("maximumMessageBytes", { from: 1_024, to: 1_048_576, of: "SQS" }),
    range("retentionSeconds", { from: 60, to: 1_209_600, of: "SQS" }),
    range("deadLetterRetentionSeconds", { from: 60, to: 1_209_600, of: "SQS" }),
    {
        at: "deadLetterRetentionSeconds",
        when: (spec) => spec.deadLetterRetentionSeconds < spec.retentionSeconds,
        say: (spec) =>
            `${spec.deadLetterRetentionSeconds} is under retentionSeconds, so a message could be gone before anyone sees that it failed; give ${spec.retentionSeconds} or more`,
    },
    range("maxReceiveCount", { from: 1, to: 1_000, of: "SQS" }),
    oneOf("encryption", ["kms", "sqs"], "a kind of encryption"),
    {
        at: "contentBasedDeduplication",
        when: ({ contentBasedDeduplication, fifo }) => contentBasedDeduplication && !fifo,
        say: () => "true is for FIFO queues only; leave it out, or give fifo: true",
    },
    oneOf("deduplicationScope", ["queue", "messageGroup"], "a scope"),
    oneOf("fifoThroughputLimit", ["perQueue", "perMessageGroupId"], "a limit"),
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
    range("kmsDataKeyReuseSeconds", { from: 60, to: 86_400, of: "SQS" }),
    keyDeletionWindow,
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function queueProblems(where: string, spec: QueueSpec): Problem[] {
    return violations(where, spec, queueRules);
}

/**
 * Refuses what SQS would.
 * @throws InvalidSpecError with every problem of `spec`
 */
export function checkQueue(name: string, spec: QueueSpec): void {
    throwIfInvalid(`Queue "${name}"`, queueProblems(name, spec));
}
