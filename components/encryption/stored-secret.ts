import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import type { Rule } from "../validation";

export interface StoredSecretArgs extends ComponentArgs {
    /**
     * Its part of names, after the owner's: `master-credentials`. Never a hyphen and six characters at the end, which
     * Secrets Manager would mistake for its own.
     * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
     */
    part: string;
    /** What it holds. */
    description: string;
    /** The key that encrypts it. */
    keyArn: pulumi.Input<string>;
    /** Days in which a deleted secret can be taken back: 7 to 30, or 0 to delete at once. */
    recoveryWindowDays: number;
    /** The fields of the JSON that it holds. */
    value: Record<string, pulumi.Input<unknown>>;
    /**
     * Whether something else writes new versions. Then `value` is written once, with the secret, and never over what came
     * after it.
     * @default false
     */
    rotated?: boolean;
}

/**
 * Holds on to the version that was written with the secret. AWS deletes a version without a label, as one is after two
 * rotations; a refresh would then find it gone, and the next update write its password anew.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
 */
const ownLabel = "FIRST";

/**
 * The rule on a secret's recovery window, for the components that store secrets.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
 */
export const secretRecoveryWindow: Rule<{ secretRecoveryWindowDays: number }> = {
    at: "secretRecoveryWindowDays",
    when: ({ secretRecoveryWindowDays: days }) => days !== 0 && !(Number.isInteger(days) && days >= 7 && days <= 30),
    say: ({ secretRecoveryWindowDays: days }) =>
        `${days} is not a recovery window that Secrets Manager has; give 7 to 30, or 0 for none`,
};

/** A role that is to read a secret. */
export interface SecretReader {
    /** Names the grant. */
    name: string;
    /** The role, or its name. */
    role: aws.iam.RolePolicyArgs["role"];
}

/** A secret in Secrets Manager, encrypted with its owner's key. Costs 40 cents a month. */
export class StoredSecret extends Component {
    public readonly arn: pulumi.Output<string>;
    /** The same, once the secret holds a value. */
    public readonly filledArn: pulumi.Output<string>;
    /** Which version of the secret this program stored last. Not a secret; it changes with what the secret holds. */
    public readonly versionId: pulumi.Output<string>;

    private readonly args: StoredSecretArgs;

    constructor(name: string, args: StoredSecretArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:encryption:StoredSecret", name, args, options);
        this.args = args;
        const secret = new aws.secretsmanager.Secret(
            this.childName("secret"),
            {
                name: this.physicalName(nameLimits.secret, args.part),
                description: args.description,
                kmsKeyId: args.keyArn,
                recoveryWindowInDays: args.recoveryWindowDays,
                tags: this.tags(args.part),
            },
            this.stateful,
        );
        const version = new aws.secretsmanager.SecretVersion(
            this.childName("value"),
            {
                secretId: secret.id,
                secretString: pulumi.jsonStringify(args.value),
                versionStages: ["AWSCURRENT", ownLabel],
            },
            {
                ...this.child,
                // A label can be taken off only the version that has it, and a new version takes it over.
                deleteBeforeReplace: true,
                ignoreChanges: args.rotated ? ["secretString", "versionStages"] : [],
            },
        );
        this.arn = secret.arn;
        this.filledArn = version.secretId;
        this.versionId = version.versionId;
        this.registerOutputs({ arn: this.arn });
    }

    /** Lets a role read the secret, and use its key for that and nothing else. Returns the policy that says so. */
    grantRead(reader: SecretReader): aws.iam.RolePolicy {
        const { dnsSuffix, region } = this.whereabouts;
        return new aws.iam.RolePolicy(
            this.childName(`read-by-${reader.name}`),
            {
                name: this.physicalName(nameLimits.rolePolicy, `read-${this.args.part}`),
                role: reader.role,
                policy: policyDocument(
                    {
                        Sid: "ReadSecret",
                        Effect: "Allow",
                        Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                        Resource: this.arn,
                    },
                    {
                        Sid: "DecryptSecret",
                        Effect: "Allow",
                        Action: "kms:Decrypt",
                        Resource: this.args.keyArn,
                        Condition: {
                            StringEquals: {
                                "kms:ViaService": pulumi.interpolate`secretsmanager.${region}.${dnsSuffix}`,
                            },
                        },
                    },
                ),
            },
            this.child,
        );
    }
}
