import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AwsContext } from "../aws-context";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import { ownLabel, SecretValue, type StoreOptions } from "./secret-value";

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
    /** Days in which a deleted secret can be restored: 7 to 30, or 0 to delete immediately. */
    recoveryWindowDays: number;
}

/** A role that may read a secret. */
export interface SecretReader {
    /** Names the grant. */
    name: string;
    /** The role, or its name. */
    role: aws.iam.RolePolicyArgs["role"];
}

/** The raw resources of a {@link StoredSecret}. */
export interface StoredSecretNodes {
    secret: aws.secretsmanager.Secret;
}

/**
 * A secret in Secrets Manager, encrypted with its owner's key. It is created without a value, so that a component can name
 * it which the value depends on: a database's proxy reads the secrets that hold the proxy's own host. `store` gives the value.
 *
 * Costs 40 cents a month.
 * @see https://aws.amazon.com/secrets-manager/pricing/
 */
export class StoredSecret extends Component {
    public readonly arn: pulumi.Output<string>;
    /** The raw resources; the version with the value is the `SecretValue`'s. */
    public readonly nodes: StoredSecretNodes;

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
        this.nodes = { secret };
        this.arn = secret.arn;
        this.registerOutputs({ arn: this.arn });
    }

    /** Stores the fields of `value` in the secret, as JSON. A secret holds one value. */
    store(value: Record<string, pulumi.Input<unknown>>, options: StoreOptions = {}): SecretValue {
        const version = new aws.secretsmanager.SecretVersion(
            this.childName("value"),
            {
                secretId: this.nodes.secret.id,
                secretString: pulumi.jsonStringify(value),
                versionStages: ["AWSCURRENT", ownLabel],
            },
            {
                ...this.child,
                // A label can be removed only from the version that has it; a new version takes it over.
                deleteBeforeReplace: true,
                ignoreChanges: options.rotated ? ["secretString", "versionStages"] : [],
            },
        );
        return new SecretValue(this, { version });
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
}

/** The policy that lets a role read a secret, and use the secret's key only for that. */
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
