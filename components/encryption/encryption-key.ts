import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type PolicyStatement, policyDocument } from "../policy-document";
import { type Rule, range } from "../validation";

export interface EncryptionKeyArgs extends ComponentArgs {
    /** What it encrypts, for the description. */
    purpose: string;
    /** Days between asking AWS to delete the key and its end, 7 to 30. Until then it can be taken back. */
    deletionWindowDays: number;
    /** Which of a component's keys it is, where it has several. */
    part?: string;
    /** What the key's policy allows besides: services that use the key by themselves, which IAM policies can't let in. */
    statements?: PolicyStatement[];
}

/** The rule on a key's deletion window, for the components that make keys. */
export const keyDeletionWindow: Rule<{ keyDeletionWindowDays: number }> = range("keyDeletionWindowDays", {
    from: 7,
    to: 30,
    of: "KMS",
});

/**
 * A customer-managed KMS key that rotates every year, with an alias. Its policy leaves access to the account's IAM
 * policies, so a grant is a statement in a role's policy; only AWS's services need `statements` here.
 *
 * Costs one dollar a month, and one more for each of its first two rotations.
 * @see https://aws.amazon.com/kms/pricing/
 */
export class EncryptionKey extends Component {
    public readonly keyArn: pulumi.Output<string>;

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
        new aws.kms.Alias(
            this.childName("alias"),
            { name: `alias/${this.physicalName(nameLimits.keyAlias, args.part)}`, targetKeyId: key.keyId },
            this.child,
        );
        this.keyArn = key.arn;
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
