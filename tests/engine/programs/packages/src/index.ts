// Somebody else's program, with Plinth's components from npm: tests/packages.test.ts runs it.
import { Queue, type QueueArgs } from "@plinth/components/queue";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const args: QueueArgs = {
    platform: { namePrefix: "shop-dev", tags: { Project: "shop" }, protect: false },
    fifo: false,
    contentBasedDeduplication: false,
    deduplicationScope: "queue",
    fifoThroughputLimit: "perQueue",
    visibilityTimeoutSeconds: 300,
    receiveWaitTimeSeconds: 20,
    delaySeconds: 0,
    maximumMessageBytes: 1_048_576,
    retentionSeconds: 345_600,
    deadLetterRetentionSeconds: 1_209_600,
    maxReceiveCount: 3,
    redriveAllowPolicy: true,
    encryption: "kms",
    kmsDataKeyReuseSeconds: 300,
    keyDeletionWindowDays: 7,
};
// @ts-expect-error the package's declarations are found, and refuse this
const wrong: QueueArgs = { ...args, fifo: "no" };
if (config.getBoolean("wrong")) new Queue("wrong", wrong);
// The policy pack refuses it.
if (config.getBoolean("plain")) new aws.sqs.Queue("plain", {});

export const queueUrl = new Queue("orders", args).queueUrl;
