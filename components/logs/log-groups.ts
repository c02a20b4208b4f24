import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { EncryptionKey } from "../encryption";
import type { PolicyStatement } from "../policy-document";
import { listed, type Rule } from "../validation";

/** How long logs are kept, in plain values. */
export interface LogGroupsSpec {
    /**
     * Days that an event is kept: one of the spans that CloudWatch offers.
     * @remarks Updated in place. A shorter span deletes what is older within 72 hours.
     * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
     */
    retentionDays: number;
    /** Days between asking AWS to delete the logs' key and its end, 7 to 30. */
    keyDeletionWindowDays: number;
}

export interface LogGroupsArgs extends LogGroupsSpec, ComponentArgs {
    /** What is logged, for the key's description. */
    purpose: string;
    /**
     * The key's part of names.
     * @default logs
     */
    part?: string;
    /** The name of each group, by the part of the component that it is: `{ flow: "/aws/vpc-flow-logs/shop-live-network" }`. */
    names: Record<string, string>;
    /**
     * The key's part of names, where a component has several sets of logs.
     * @default logs
     */
    keyPart?: string;
}

/** The spans that CloudWatch offers, in days. */
const retentions = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The rule on how long logs are kept, for the components that keep some. */
export function logRetention<Field extends string>(field: Field): Rule<Record<Field, number>> {
    return {
        at: field,
        when: (spec) => !retentions.includes(spec[field]),
        say: (spec) => `${spec[field]} is not a span that CloudWatch offers; give ${listed(retentions.map(String))}`,
    };
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
    /** The name of each group by its part, from the group itself, so that what takes it comes later and goes earlier. */
    public readonly names: Record<Part, pulumi.Output<string>>;
    /** The ARN of the key. */
    public readonly keyArn: pulumi.Output<string>;

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
