/** Who keeps the key of a queue: its own KMS key, or SQS itself without further cost. */
export type QueueEncryption = "kms" | "sqs";

/** A queue and its dead-letter queue in plain values. */
export interface QueueSpec {
    /**
     * Whether messages are delivered in order and once.
     * @default false
     * @remarks A change replaces both queues, under other names, and loses what is in them: drain them first. A protected
     * stack refuses.
     */
    fifo: boolean;
    /**
     * Whether SQS takes two messages of the same content, five minutes apart at most, for one. FIFO queues only.
     * @default false
     */
    contentBasedDeduplication: boolean;
    /**
     * Within what SQS looks for duplicates: the whole queue, or each message group by itself. FIFO queues only.
     * @default queue
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
     */
    deduplicationScope: "queue" | "messageGroup";
    /**
     * What the limit of 300 calls a second and action counts for: the whole queue, or each message group by itself, which
     * makes a high-throughput queue and needs `deduplicationScope` messageGroup. FIFO queues only.
     * @default perQueue
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
     */
    fifoThroughputLimit: "perQueue" | "perMessageGroupId";
    /**
     * Seconds that a received message is hidden from other consumers, 0 to 43200. Give more than handling one takes.
     * @default 300
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
     */
    visibilityTimeoutSeconds: number;
    /**
     * Seconds that a receive call waits for a message, 0 to 20. Long waits cost fewer calls.
     * @default 20
     */
    receiveWaitTimeSeconds: number;
    /**
     * Seconds before a sent message can be received, 0 to 900.
     * @default 0
     */
    delaySeconds: number;
    /**
     * The largest message that is taken, in bytes: 1024 to 1048576.
     * @default 1048576
     */
    maximumMessageBytes: number;
    /**
     * Seconds that a message is kept, 60 to 1209600 (14 days).
     * @default 345600 (4 days)
     */
    retentionSeconds: number;
    /**
     * Seconds that a failed message is kept. SQS counts from when it was first sent, so never less than
     * `retentionSeconds`.
     * @default 1209600 (14 days)
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
     */
    deadLetterRetentionSeconds: number;
    /**
     * How often a message is received before it goes to the dead-letter queue, 1 to 1000.
     * @default 3
     */
    maxReceiveCount: number;
    /**
     * Whether the dead-letter queue states that it takes from its queue and from no other.
     * @default true; false where a region's SQS knows no redrive-allow policies
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
     */
    redriveAllowPolicy: boolean;
    /**
     * What encrypts both queues at rest.
     * @default kms
     */
    encryption: QueueEncryption;
    /**
     * Seconds that SQS uses one data key before it asks KMS for another, 60 to 86400. Longer costs fewer calls to KMS. Of no
     * effect where SQS keeps the key.
     * @default 300
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
     */
    kmsDataKeyReuseSeconds: number;
    /**
     * Days before a deleted encryption key is gone, 7 to 30.
     * @default by tier: 7 / 7 / 30
     */
    keyDeletionWindowDays: number;
}
