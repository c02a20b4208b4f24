/** Who keeps the key of a queue: its own KMS key, or SQS itself without further cost. */
export type QueueEncryption = "kms" | "sqs";

/** A queue and its dead-letter queue in plain values. */
export interface QueueSpec {
    /**
     * Whether messages are delivered in order and once.
     * @default false
     * @remarks A change replaces both queues and loses what is in them.
     */
    fifo: boolean;
    /**
     * Whether SQS takes two messages of the same content, five minutes apart at most, for one. FIFO queues only.
     * @default false
     */
    contentBasedDeduplication: boolean;
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
     * What encrypts both queues at rest.
     * @default kms
     */
    encryption: QueueEncryption;
    /**
     * Days before a deleted encryption key is gone, 7 to 30.
     * @default by tier: 7 / 7 / 30
     */
    keyDeletionWindowDays: number;
}
