import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { StoredSecret } from "./stored-secret";

/** How a value is stored in a secret. */
export interface StoreOptions {
    /**
     * Whether something else, such as a rotation function, writes later versions. Then the value is written only with the
     * secret, and never over a later version.
     * @default false
     */
    rotated?: boolean;
}

/**
 * Keeps the version that was written with the secret. AWS deletes a version that has no label, which is so after two
 * rotations; a refresh would then find it gone, and the next update would write its password again.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
 */
export const ownLabel = "FIRST";

/** A secret that holds a value: what reads the secret depends on this, not on the secret alone. Made by `StoredSecret.store`. */
export class SecretValue {
    constructor(
        /** The secret that holds it. */
        readonly secret: StoredSecret,
        /** The raw resources: the version of the secret that this program stored. */
        readonly nodes: { version: aws.secretsmanager.SecretVersion },
    ) {}

    /** ARN of the secret, known once it holds the value. */
    get secretArn(): pulumi.Output<string> {
        return this.nodes.version.secretId;
    }

    /** Id of the version that this program stored last. Not a secret; it changes with the value. */
    get versionId(): pulumi.Output<string> {
        return this.nodes.version.versionId;
    }
}
