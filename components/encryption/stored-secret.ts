import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AwsContext } from "../aws-context";
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
    /**
     * The fields of the JSON that it holds. Left out where `write` says them later: once something exists that has to know
     * the secret first.
     */
    value?: Record<string, pulumi.Input<unknown>>;
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

    private readonly args: StoredSecretArgs;
    private readonly secret: aws.secretsmanager.Secret;
    private version?: aws.secretsmanager.SecretVersion;

    constructor(name: string, args: StoredSecretArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:encryption:StoredSecret", name, args, options);
        this.args = args;
        this.secret = new aws.secretsmanager.Secret(
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
        this.arn = this.secret.arn;
        if (args.value) this.write(args.value);
        this.registerOutputs({ arn: this.arn });
    }

    /** The ARN, once the secret holds a value. */
    get filledArn(): pulumi.Output<string> {
        return this.written.secretId;
    }

    /** Which version of the secret this program stored last. Not a secret; it changes with what the secret holds. */
    get versionId(): pulumi.Output<string> {
        return this.written.versionId;
    }

    /** Gives the secret its value, once. Returns what has to be there before anyone reads it. */
    write(value: Record<string, pulumi.Input<unknown>>): pulumi.Resource {
        this.version = new aws.secretsmanager.SecretVersion(
            this.childName("value"),
            {
                secretId: this.secret.id,
                secretString: pulumi.jsonStringify(value),
                versionStages: ["AWSCURRENT", ownLabel],
            },
            {
                ...this.child,
                // A label can be taken off only the version that has it, and a new version takes it over.
                deleteBeforeReplace: true,
                ignoreChanges: this.args.rotated ? ["secretString", "versionStages"] : [],
            },
        );
        return this.version;
    }

    /** Lets a role read the secret, and use its key for that and nothing else. Returns the policy that says so. */
    grantRead(reader: SecretReader): aws.iam.RolePolicy {
        return new aws.iam.RolePolicy(
            this.childName(`read-by-${reader.name}`),
            {
                name: this.physicalName(nameLimits.rolePolicy, `read-${this.args.part}`),
                role: reader.role,
                policy: readingPolicy(this.arn, this.args.keyArn, this.awsContext),
            },
            this.child,
        );
    }

    private get written(): aws.secretsmanager.SecretVersion {
        if (!this.version) throw new Error(`nothing was written to the secret ${this.displayName(this.args.part)}`);
        return this.version;
    }
}

/** What lets a role read a secret, and use the secret's key for that and nothing else. */
export function readingPolicy(
    secretArn: pulumi.Input<string>,
    keyArn: pulumi.Input<string>,
    { region, dnsSuffix }: AwsContext,
): pulumi.Output<string> {
    return policyDocument(
        {
            Sid: "ReadSecret",
            Effect: "Allow",
            Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
            Resource: secretArn,
        },
        {
            Sid: "DecryptSecret",
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: keyArn,
            Condition: {
                StringEquals: { "kms:ViaService": pulumi.interpolate`secretsmanager.${region}.${dnsSuffix}` },
            },
        },
    );
}
