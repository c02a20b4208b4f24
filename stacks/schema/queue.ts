import type { QueueSpec } from "@plinth/components";
import { z } from "zod";
import { type Fields, word } from "./form";

export const queue = z.strictObject({
    fifo: z.boolean(),
    contentBasedDeduplication: z.boolean(),
    deduplicationScope: word(["queue", "messageGroup"], "a scope"),
    fifoThroughputLimit: word(["perQueue", "perMessageGroupId"], "a limit"),
    visibilityTimeoutSeconds: z.number(),
    receiveWaitTimeSeconds: z.number(),
    delaySeconds: z.number(),
    maximumMessageBytes: z.number(),
    retentionSeconds: z.number(),
    deadLetterRetentionSeconds: z.number(),
    maxReceiveCount: z.number(),
    redriveAllowPolicy: z.boolean(),
    encryption: word(["kms", "sqs"], "a kind of encryption"),
    kmsDataKeyReuseSeconds: z.number(),
    keyDeletionWindowDays: z.number(),
} satisfies Fields<QueueSpec>);
