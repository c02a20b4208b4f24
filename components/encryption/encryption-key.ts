import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type PolicyStatement, policyDocument } from "../policy-document";

export interface EncryptionKeyArgs extends ComponentArgs {
    /** What it encrypts; part of the description. */
    purpose: string;
    /** Days between the request to delete the key and its deletion, 7 to 30. Until then the deletion can be cancelled. */
    deletionWindowDays: number;
    /** Which of a component's keys it is, where it has several. */
    part?: string;
    /** More statements of the key's policy, for AWS services that use the key and that no IAM policy can allow. */
    statements?: PolicyStatement[];
}

/** The raw resources of an {@link EncryptionKey}. */
export interface EncryptionKeyNodes {
    key: aws.kms.Key;
    alias: aws.kms.Alias;
}

/**
 * A customer managed KMS key that rotates every year, with an alias. Its policy delegates access to the account's IAM
 * policies, so a grant is a statement in a role's policy; only AWS services need `statements` here.
 *
 * Costs one dollar a month, and one more for each of its first two rotations.
 * @see https://aws.amazon.com/kms/pricing/
 */
export class EncryptionKey extends Component {
    public readonly keyArn: pulumi.Output<string>;
    /** The raw resources. */
    public readonly nodes: EncryptionKeyNodes;

    constructor(name: string, args: EncryptionKeyArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:encryption:EncryptionKey", name, args, options);
        const key = new aws.kms.Key(
            this.childName("key"),
            {
                description: `Encrypts ${args.purpose}`,
                enableKeyRotation: true,
                deletionWindowInDays: args.deletionWindowDays,
                policy: this.policy(args.statements ?? []),
                tags: this.tags(args.part),
            },
            this.stateful,
        );
        const alias = new aws.kms.Alias(
            this.childName("alias"),
            { name: `alias/${this.physicalName(nameLimits.keyAlias, args.part)}`, targetKeyId: key.keyId },
            this.child,
        );
        this.keyArn = key.arn;
        this.nodes = { key, alias };
        this.registerOutputs({ keyArn: this.keyArn });
    }

    private policy(others: PolicyStatement[]): pulumi.Output<string> {
        const { accountId, partition } = this.awsContext;
        const own: PolicyStatement = {
            Sid: "EnableIamPolicies",
            Effect: "Allow",
            Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
        };
        return policyDocument(own, ...others);
    }
}
