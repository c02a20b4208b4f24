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
// At the first preview neither the document nor an edge to what it is made of is known.
if (config.getBoolean("invoked")) {
    const role = new aws.iam.Role("caller", { assumeRolePolicy: '{"Version":"2012-10-17","Statement":[]}' });
    const open = { actions: ["sqs:*"], principals: [{ type: "*", identifiers: ["*"] }], resources: [role.arn] };
    const { json } = aws.iam.getPolicyDocumentOutput({ statements: [open] });
    new aws.sqs.QueuePolicy("invoked", { queueUrl: "https://sqs.eu-west-1.amazonaws.com/1/other", policy: json });
}
// At the first preview the document is not known, and comes from the queue. It admits the sender that the configuration names.
const sender = config.get("sender");
if (sender) {
    const queue = new aws.sqs.Queue("named", { sqsManagedSseEnabled: true });
    const send = { Effect: "Allow", Principal: { AWS: sender }, Action: "sqs:SendMessage" };
    const insecure = { Bool: { "aws:SecureTransport": "false" } };
    const deny = { Effect: "Deny", Principal: "*", Action: "sqs:*", Condition: insecure };
    const statements = (Resource: string) => [send, deny].map((one) => ({ ...one, Resource }));
    const policy = queue.arn.apply((arn) => JSON.stringify({ Version: "2012-10-17", Statement: statements(arn) }));
    new aws.sqs.QueuePolicy("named", { queueUrl: queue.url, policy });
}

export const queueUrl = new Queue("orders", args).queueUrl;
