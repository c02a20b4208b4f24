import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { EncryptionKey } from "../encryption";
import type { PolicyStatement } from "../policy-document";

/** How long logs are kept, in plain values. */
export interface LogGroupsSpec {
    /**
     * Days that an event is kept: one of the spans that CloudWatch offers.
     * @remarks Updated in place. A shorter span deletes what is older within 72 hours.
     * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
     */
    retentionDays: number;
    /** Days between the request to delete the logs' key and its deletion, 7 to 30. */
    keyDeletionWindowDays: number;
}

export interface LogGroupsArgs extends LogGroupsSpec, ComponentArgs {
    /** What is logged, for the key's description. */
    purpose: string;
    /** The name of each group, by the part of the component that it is: `{ flow: "/aws/vpc-flow-logs/shop-live-network" }`. */
    names: Record<string, string>;
    /**
     * The key's part of names, where a component has several sets of logs.
     * @default logs
     */
    keyPart?: string;
}

/** The raw resources of {@link LogGroups}. */
export interface LogGroupsNodes<Part extends string = string> {
    key: aws.kms.Key;
    /** Each group, by its part. */
    groups: Record<Part, aws.cloudwatch.LogGroup>;
}

/**
 * CloudWatch log groups with a retention, encrypted with a key of their own, which only CloudWatch Logs uses and only for
 * these groups.
 *
 * Costs one dollar a month for the key, and by the GiB what is written and kept.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class LogGroups<Part extends string = string> extends Component {
    /** The ARN of each group, without `:*` behind it, by its part. */
    public readonly arns: Record<Part, pulumi.Output<string>>;
    /** The name of each group, by its part. An output of the group, so that what uses it is created after the group and deleted before it. */
    public readonly names: Record<Part, pulumi.Output<string>>;
    /** The ARN of the key. */
    public readonly keyArn: pulumi.Output<string>;
    /** The raw resources. */
    public readonly nodes: LogGroupsNodes<Part>;

    constructor(
        name: string,
        args: LogGroupsArgs & { names: Record<Part, string> },
        options?: pulumi.ComponentResourceOptions,
    ) {
        super("plinth:logs:LogGroups", name, args, options);
        const key = new EncryptionKey(
            this.childName("encryption"),
            {
                ...this.shared,
                part: args.keyPart ?? "logs",
                purpose: args.purpose,
                deletionWindowDays: args.keyDeletionWindowDays,
                statements: [this.allowLogs(Object.values(args.names))],
            },
            this.child,
        );
        const groups = Object.entries<string>(args.names).map(([part, group]): [string, aws.cloudwatch.LogGroup] => [
            part,
            new aws.cloudwatch.LogGroup(
                this.childName(part),
                { name: group, kmsKeyId: key.keyArn, retentionInDays: args.retentionDays, tags: this.tags(part) },
                this.child,
            ),
        ]);
        this.arns = Object.fromEntries(groups.map(([part, { arn }]) => [part, arn])) as Record<
            Part,
            pulumi.Output<string>
        >;
        this.names = Object.fromEntries(groups.map(([part, { name }]) => [part, name])) as Record<
            Part,
            pulumi.Output<string>
        >;
        this.keyArn = key.keyArn;
        this.nodes = {
            key: key.nodes.key,
            groups: Object.fromEntries(groups) as Record<Part, aws.cloudwatch.LogGroup>,
        };
        this.registerOutputs({ arns: this.arns, keyArn: this.keyArn });
    }

    private allowLogs(names: string[]): PolicyStatement {
        const { accountId, partition, dnsSuffix, region } = this.awsContext;
        return {
            Sid: "LetCloudWatchLogsEncrypt",
            Effect: "Allow",
            Principal: { Service: pulumi.interpolate`logs.${region}.${dnsSuffix}` },
            Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
            Resource: "*",
            Condition: {
                ArnEquals: {
                    "kms:EncryptionContext:aws:logs:arn": names.map(
                        (name) => pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:${name}`,
                    ),
                },
            },
        };
    }
}
