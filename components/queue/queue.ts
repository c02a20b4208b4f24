import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AccessGrant } from "../client";
import { Component, type ComponentArgs } from "../component";
import { EncryptionKey } from "../encryption";
import { nameLimits } from "../naming";
import { denyWithoutTls, policyDocument } from "../policy-document";
import { type Transform, transformed } from "../transform";
import { type GrantedQueue, type QueueUse, queueStatements } from "./grant";
import { checkQueue } from "./plan";
import type { QueueSpec } from "./spec";

export interface QueueArgs extends QueueSpec, ComponentArgs {
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        queue?: Transform<aws.sqs.QueueArgs>;
        deadLetterQueue?: Transform<aws.sqs.QueueArgs>;
    };
}

/** A role that uses the queue. */
export interface QueueClient {
    /** Names the grant. */
    name: string;
    /** The role, or its name. */
    role: aws.iam.RolePolicyArgs["role"];
}

/** The raw resources of a {@link Queue}. */
export interface QueueNodes {
    queue: aws.sqs.Queue;
    deadLetterQueue: aws.sqs.Queue;
    /** The key of both queues; undefined where SQS keeps the key. */
    key?: aws.kms.Key;
}

const deadLetter = "dead-letter";

/**
 * An SQS queue with its dead-letter queue, both encrypted and closed to calls without TLS. No role may use it until
 * granted: `grantSend`, `grantConsume`, or `queueStatements` for a role that uses many queues.
 */
export class Queue extends Component implements GrantedQueue {
    public readonly queueUrl: pulumi.Output<string>;
    public readonly queueArn: pulumi.Output<string>;
    public readonly queueName: pulumi.Output<string>;
    public readonly deadLetterQueueUrl: pulumi.Output<string>;
    public readonly deadLetterQueueArn: pulumi.Output<string>;
    /** ARN of the key that encrypts both queues; undefined where SQS keeps the key. */
    public readonly kmsKeyId: pulumi.Output<string> | undefined;
    /** The raw resources. */
    public readonly nodes: QueueNodes;

    /** Who was granted what, in the order of the calls. */
    public readonly accessGrants: AccessGrant[] = [];

    private readonly args: QueueArgs;

    constructor(name: string, args: QueueArgs, options?: pulumi.ComponentResourceOptions) {
        checkQueue(name, args);
        super("plinth:queue:Queue", name, args, options);
        this.args = args;

        const key = args.encryption === "kms" ? this.createKey() : undefined;
        this.kmsKeyId = key?.keyArn;
        const deadLetterQueue = this.createDeadLetterQueue();
        const queue = this.createQueue();
        this.redrive(queue, deadLetterQueue);
        this.refusePlainText("policy", queue);
        this.refusePlainText(`${deadLetter}-policy`, deadLetterQueue);

        this.nodes = { queue, deadLetterQueue, key: key?.nodes.key };
        this.queueUrl = queue.url;
        this.queueArn = queue.arn;
        this.queueName = queue.name;
        this.deadLetterQueueUrl = deadLetterQueue.url;
        this.deadLetterQueueArn = deadLetterQueue.arn;
        this.registerOutputs({
            queueUrl: this.queueUrl,
            queueArn: this.queueArn,
            deadLetterQueueUrl: this.deadLetterQueueUrl,
            deadLetterQueueArn: this.deadLetterQueueArn,
        });
    }

    /** Lets `client` receive messages, hide them for longer and delete them. */
    grantConsume(client: QueueClient): void {
        this.grant("consume", client, { consume: [this], send: [] });
    }

    /** Lets `client` send messages. */
    grantSend(client: QueueClient): void {
        this.grant("send", client, { consume: [], send: [this] });
    }

    private createKey(): EncryptionKey {
        const args = {
            ...this.shared,
            purpose: `the queue ${this.displayName()} and its dead-letter queue`,
            deletionWindowDays: this.args.keyDeletionWindowDays,
        };
        return new EncryptionKey(this.childName("encryption"), args, this.child);
    }

    private createQueue(): aws.sqs.Queue {
        const spec = this.args;
        const args: aws.sqs.QueueArgs = {
            ...this.queueArgs(),
            messageRetentionSeconds: spec.retentionSeconds,
            visibilityTimeoutSeconds: spec.visibilityTimeoutSeconds,
            delaySeconds: spec.delaySeconds,
            ...(spec.fifo && {
                deduplicationScope: spec.deduplicationScope,
                fifoThroughputLimit: spec.fifoThroughputLimit,
            }),
        };
        return new aws.sqs.Queue(this.childName("queue"), transformed(spec.transform?.queue, args), this.stateful);
    }

    private createDeadLetterQueue(): aws.sqs.Queue {
        const args: aws.sqs.QueueArgs = {
            ...this.queueArgs(deadLetter),
            messageRetentionSeconds: this.args.deadLetterRetentionSeconds,
        };
        return new aws.sqs.Queue(
            this.childName(deadLetter),
            transformed(this.args.transform?.deadLetterQueue, args),
            this.stateful,
        );
    }

    /** What both queues have in common. */
    private queueArgs(part?: string): aws.sqs.QueueArgs {
        const { fifo, contentBasedDeduplication, maximumMessageBytes, receiveWaitTimeSeconds } = this.args;
        const name = this.physicalName(nameLimits.queue, part);
        return {
            name: fifo ? `${name}.fifo` : name,
            ...(fifo ? { fifoQueue: true, contentBasedDeduplication } : {}),
            maxMessageSize: maximumMessageBytes,
            receiveWaitTimeSeconds,
            ...(this.kmsKeyId
                ? { kmsMasterKeyId: this.kmsKeyId, kmsDataKeyReusePeriodSeconds: this.args.kmsDataKeyReuseSeconds }
                : { sqsManagedSseEnabled: true }),
            tags: this.tags(part),
        };
    }

    /** Separate resources, because each queue's policy names the other queue. */
    private redrive(queue: aws.sqs.Queue, deadLetterQueue: aws.sqs.Queue): void {
        new aws.sqs.RedrivePolicy(
            this.childName("redrive"),
            {
                queueUrl: queue.url,
                redrivePolicy: pulumi.jsonStringify({
                    deadLetterTargetArn: deadLetterQueue.arn,
                    maxReceiveCount: this.args.maxReceiveCount,
                }),
            },
            this.child,
        );
        if (!this.args.redriveAllowPolicy) return;
        new aws.sqs.RedriveAllowPolicy(
            this.childName("redrive-allow"),
            {
                queueUrl: deadLetterQueue.url,
                redriveAllowPolicy: pulumi.jsonStringify({
                    redrivePermission: "byQueue",
                    sourceQueueArns: [queue.arn],
                }),
            },
            this.child,
        );
    }

    /** The queue's ARN, made from what is known at preview, so that a policy that names it can be checked before it is applied. */
    private arnByName(queue: aws.sqs.Queue): pulumi.Output<string> {
        const { accountId, partition, region } = this.awsContext;
        return pulumi.interpolate`arn:${partition}:sqs:${region}:${accountId}:${queue.name}`;
    }

    private refusePlainText(part: string, queue: aws.sqs.Queue): void {
        new aws.sqs.QueuePolicy(
            this.childName(part),
            {
                queueUrl: queue.url,
                policy: policyDocument(
                    denyWithoutTls({ Sid: "DenyWithoutTls", Action: "sqs:*", Resource: this.arnByName(queue) }),
                ),
            },
            this.child,
        );
    }

    private grant(use: QueueUse, client: QueueClient, uses: Record<QueueUse, GrantedQueue[]>): void {
        new aws.iam.RolePolicy(
            this.childName(`${use}-by-${client.name}`),
            {
                name: this.physicalName(nameLimits.rolePolicy, use),
                role: client.role,
                policy: policyDocument(...queueStatements(client.name, uses, this.awsContext)),
            },
            this.child,
        );
    }
}
