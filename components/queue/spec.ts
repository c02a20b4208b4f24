import type { z } from "zod";
import { byDefault, enumOf, flag, settings, whole } from "../settings";
import { keyDeletionWindowDays } from "../settings/common";

/** A queue and its dead-letter queue. */
export const queueSettings = settings({
    /**
     * Whether messages are delivered in order and once.
     * @remarks A change replaces both queues, under other names, and loses what is in them: drain them first. A protected
     * stack refuses.
     */
    fifo: flag().meta(byDefault(false)),
    /**
     * Whether SQS treats two messages of the same content, sent within five minutes, as one. FIFO queues only.
     * @remarks Updated in place.
     */
    contentBasedDeduplication: flag().meta(byDefault(false)),
    /**
     * Where SQS looks for duplicates: in the whole queue, or in each message group by itself. FIFO queues only.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
     */
    deduplicationScope: enumOf(["queue", "messageGroup"], "a deduplication scope").meta(byDefault("queue")),
    /**
     * What the limit of 300 calls a second and action applies to: the whole queue, or each message group by itself, which
     * makes a high-throughput queue and needs `deduplicationScope` messageGroup. FIFO queues only.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
     */
    fifoThroughputLimit: enumOf(["perQueue", "perMessageGroupId"], "a throughput limit").meta(byDefault("perQueue")),
    /**
     * Seconds that a received message is hidden from other consumers. Give more than it takes to handle one.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
     */
    visibilityTimeoutSeconds: whole(0, 43_200).meta(byDefault(300)),
    /**
     * Seconds that a receive call waits for a message. Long waits cost fewer calls.
     * @remarks Updated in place.
     */
    receiveWaitTimeSeconds: whole(0, 20).meta(byDefault(20)),
    /**
     * Seconds before a sent message can be received.
     * @remarks Updated in place.
     */
    delaySeconds: whole(0, 900).meta(byDefault(0)),
    /**
     * The largest message that is accepted, in bytes.
     * @remarks Updated in place.
     */
    maximumMessageBytes: whole(1_024, 1_048_576).meta(byDefault(1_048_576)),
    /**
     * Seconds that a message is kept. The default is 4 days.
     * @remarks Updated in place; a shorter time deletes what is older.
     */
    retentionSeconds: whole(60, 1_209_600).meta(byDefault(345_600)),
    /**
     * Seconds that a failed message is kept, never less than `retentionSeconds`, since SQS counts from when it was first
     * sent. The default is 14 days.
     * @remarks Updated in place; a shorter time deletes what is older.
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
     */
    deadLetterRetentionSeconds: whole(60, 1_209_600).meta(byDefault(1_209_600)),
    /**
     * How often a message is received before it goes to the dead-letter queue.
     * @remarks Updated in place.
     */
    maxReceiveCount: whole(1, 1_000).meta(byDefault(3)),
    /**
     * Whether the dead-letter queue states that it accepts messages from its queue and from no other. Set it to false where a
     * region's SQS has no redrive-allow policies.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
     */
    redriveAllowPolicy: flag().meta(byDefault(true)),
    /**
     * What encrypts both queues at rest: a KMS key of their own, or SQS itself at no further cost.
     * @remarks Updated in place.
     */
    encryption: enumOf(["kms", "sqs"], "a kind of encryption").meta(byDefault("kms")),
    /**
     * Seconds that SQS uses one data key before it asks KMS for another. Longer costs fewer calls to KMS. Without effect
     * where SQS keeps the key.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
     */
    kmsDataKeyReuseSeconds: whole(60, 86_400).meta(byDefault(300)),
    /**
     * Days between asking AWS to delete the queues' key and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
});

export type QueueSpec = z.output<typeof queueSettings>;

/** What keeps the key of a queue: its own KMS key, or SQS itself. */
export type QueueEncryption = QueueSpec["encryption"];
