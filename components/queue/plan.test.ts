import { describe, expect, it } from "vitest";
import { queueSpec } from "../testing/specs";
import { checkQueue, queueProblems } from "./plan";
import type { QueueSpec } from "./spec";

const textsOf = (change: Partial<QueueSpec>) =>
    queueProblems("q", { ...queueSpec, ...change }).map((problem) => problem.text);

describe("what is refused", () => {
    it.each<[Partial<QueueSpec>, string]>([
        [{ visibilityTimeoutSeconds: 43_201 }, "q.visibilityTimeoutSeconds: 43201 is out of range; give 0 to 43200"],
        [{ receiveWaitTimeSeconds: 21 }, "q.receiveWaitTimeSeconds: 21 is out of range; give 0 to 20"],
        [{ delaySeconds: -1 }, "q.delaySeconds: -1 is out of range; give 0 to 900"],
        [{ maximumMessageBytes: 1_023 }, "q.maximumMessageBytes: 1023 is out of range; give 1024 to 1048576"],
        [{ retentionSeconds: 59 }, "q.retentionSeconds: 59 is out of range; give 60 to 1209600"],
        [
            { deadLetterRetentionSeconds: 345_599 },
            "q.deadLetterRetentionSeconds: 345599 is under retentionSeconds, so a message could be gone before anyone sees that it failed; give 345600 or more",
        ],
        [{ maxReceiveCount: 0 }, "q.maxReceiveCount: 0 is out of range; give 1 to 1000"],
        [
            { contentBasedDeduplication: true },
            "q.contentBasedDeduplication: true is for FIFO queues only; leave it out, or give fifo: true",
        ],
        [
            { deduplicationScope: "messageGroup" },
            "q.deduplicationScope: messageGroup is for FIFO queues only; leave it out, or give fifo: true",
        ],
        [
            { fifo: true, fifoThroughputLimit: "perMessageGroupId" },
            "q.fifoThroughputLimit: perMessageGroupId needs duplicates to be looked for in each group; give deduplicationScope: messageGroup",
        ],
        [{ kmsDataKeyReuseSeconds: 59 }, "q.kmsDataKeyReuseSeconds: 59 is out of range; give 60 to 86400"],
        [{ keyDeletionWindowDays: 6 }, "q.keyDeletionWindowDays: 6 is out of range; give 7 to 30"],
    ])("%j", (change, text) => {
        expect(textsOf(change)).toEqual([text]);
    });

    it.each<Partial<QueueSpec>>([
        { fifo: true, contentBasedDeduplication: true },
        { fifo: true, deduplicationScope: "messageGroup", fifoThroughputLimit: "perMessageGroupId" },
        { retentionSeconds: 1_209_600 },
        { deadLetterRetentionSeconds: 345_600 },
        { encryption: "sqs" },
    ])("but not %j", (change) => {
        expect(textsOf(change)).toEqual([]);
    });

    it("is refused all at once", () => {
        const wrong = { ...queueSpec, receiveWaitTimeSeconds: 21, maxReceiveCount: 0 };
        expect(() => checkQueue("orders", wrong)).toThrow(
            /^Queue "orders" has 2 problems:\n.*receiveWaitTimeSeconds.*\n.*maxReceiveCount/,
        );
    });
});
