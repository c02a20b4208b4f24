import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { EncryptionKey } from "../encryption";
import { nameLimits, physicalName, shortHash } from "../naming";
import { denyWithoutTls, type PolicyStatement, policyDocument } from "../policy-document";
import { type Transform, transformed } from "../transform";
import { throwIfInvalid } from "../validation";
import { type ChatNodes, createChat } from "./chat";
import { notificationsProblems } from "./rules";
import type { NotificationsSpec } from "./spec";

export interface NotificationsArgs extends NotificationsSpec, ComponentArgs {
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: { topic?: Transform<aws.sns.TopicArgs> };
}

/** The raw resources of {@link Notifications}; none where the topic was given. */
export interface NotificationsNodes {
    topic?: aws.sns.Topic;
    key?: aws.kms.Key;
    /** By e-mail address or URL. */
    subscriptions: Record<string, aws.sns.TopicSubscription>;
    /** What brings the topic to channels of chats. */
    chat: ChatNodes;
}

/** The services of AWS that publish for an account that they name: alarms, events of RDS, budgets. */
const publishers = ["cloudwatch", "events.rds", "budgets"];

/**
 * EventBridge, whose rules publish too. It names no account: neither the policy of a topic nor that of its key may have a
 * condition for it, or its events are lost without a word.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
const eventBridge: Pick<PolicyStatement, "Effect" | "Principal"> = {
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
};

/**
 * Whom the platform notifies: an SNS topic, encrypted with its own key, that the account's alarms and events publish to, with
 * its subscriptions. Or a topic that exists already.
 *
 * Costs one dollar a month for the key; the first thousand e-mails a month are free, and so are messages to chats.
 * @see https://aws.amazon.com/sns/pricing/
 */
export class Notifications extends Component {
    public readonly topicArn: pulumi.Output<string>;
    /** The name of the stack's own topic; undefined where one was given. */
    public readonly topicName?: pulumi.Output<string>;
    /** The key of the stack's own topic; undefined where one was given. */
    public readonly keyArn?: pulumi.Output<string>;
    /** What has to exist before anything publishes. */
    public readonly ready: pulumi.Resource[];
    /** The raw resources. */
    public readonly nodes: NotificationsNodes;

    constructor(name: string, args: NotificationsArgs, options?: pulumi.ComponentResourceOptions) {
        throwIfInvalid(`Notifications "${name}"`, notificationsProblems(name, args));
        super("plinth:notifications:Notifications", name, args, options);
        if (args.topicArn !== undefined) {
            this.topicArn = pulumi.output(args.topicArn);
            this.ready = [];
            this.nodes = { subscriptions: {}, chat: { slack: {}, teams: {} } };
            this.registerOutputs({ topicArn: this.topicArn });
            return;
        }
        const key = this.createKey(args);
        const topic = new aws.sns.Topic(
            this.childName("topic"),
            transformed(args.transform?.topic, {
                name: this.physicalName(nameLimits.topic),
                kmsMasterKeyId: key.keyArn,
                tags: this.tags(),
            }),
            this.child,
        );
        const policy = this.createPolicy(topic);
        const addresses = [
            ...args.emails.map((address) => ["email", address] as const),
            ...args.httpsEndpoints.map((address) => ["https", address] as const),
        ];
        const subscriptions = addresses.map(([protocol, endpoint]): [string, aws.sns.TopicSubscription] => [
            endpoint,
            new aws.sns.TopicSubscription(
                this.childName(subscriptionPart(protocol, endpoint)),
                { topic: topic.arn, protocol, endpoint: protocol === "https" ? pulumi.secret(endpoint) : endpoint },
                { ...this.child, dependsOn: [policy] },
            ),
        ]);
        const chat = createChat(this.asParent, args, { topicArn: topic.arn, awsContext: this.awsContext });
        this.topicArn = topic.arn;
        this.topicName = topic.name;
        this.keyArn = key.keyArn;
        this.ready = [policy];
        this.nodes = { topic, key: key.nodes.key, subscriptions: Object.fromEntries(subscriptions), chat };
        this.registerOutputs({ topicArn: this.topicArn });
    }

    /** What AWS's services publish, they encrypt with the topic's key. */
    private createKey({ keyDeletionWindowDays }: NotificationsSpec): EncryptionKey {
        const encrypt = { Action: ["kms:GenerateDataKey*", "kms:Decrypt"], Resource: "*" };
        return new EncryptionKey(
            this.childName("encryption"),
            {
                ...this.shared,
                purpose: `the notifications of ${this.displayName()}`,
                deletionWindowDays: keyDeletionWindowDays,
                statements: [
                    { Sid: "LetPublishersEncrypt", ...this.fromThisAccount(), ...encrypt },
                    { Sid: "LetEventBridgeEncrypt", ...eventBridge, ...encrypt },
                ],
            },
            this.child,
        );
    }

    private createPolicy(topic: aws.sns.Topic): aws.sns.TopicPolicy {
        const publish = { Action: "sns:Publish", Resource: this.createArn() };
        return new aws.sns.TopicPolicy(
            this.childName("policy"),
            {
                arn: topic.arn,
                policy: policyDocument(
                    { Sid: "LetThisAccountPublish", ...this.fromThisAccount(), ...publish },
                    { Sid: "LetEventBridgePublish", ...eventBridge, ...publish },
                    denyWithoutTls({ Sid: "RefusePlainText", ...publish }),
                ),
            },
            this.child,
        );
    }

    /** The ARN that AWS will give the topic. Known at preview, so that its policy can be checked before the topic exists. */
    private createArn(): pulumi.Output<string> {
        const { accountId, partition, region } = this.awsContext;
        return pulumi.interpolate`arn:${partition}:sns:${region}:${accountId}:${this.physicalName(nameLimits.topic)}`;
    }

    /** Publishers act for this account, and no other may send them here. */
    private fromThisAccount(): Pick<PolicyStatement, "Effect" | "Principal" | "Condition"> {
        return {
            Effect: "Allow",
            // Services that alarms and events belong to have the same name in every partition.
            Principal: { Service: publishers.map((service) => `${service}.amazonaws.com`) },
            Condition: { StringEquals: { "aws:SourceAccount": this.awsContext.accountId } },
        };
    }
}

/** A subscription's part of names. What an HTTPS address says stays out of it: there are keys in those. */
function subscriptionPart(protocol: "email" | "https", endpoint: string): string {
    if (protocol === "email") return physicalName(endpoint, nameLimits.topic);
    return `https-${shortHash(endpoint)}`;
}
