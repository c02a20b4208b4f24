import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { User } from "./credentials";

/** The arguments of an instance for its master user's password: the password, or that RDS manages one. */
export function passwordArgs(master: User, keyArn: pulumi.Input<string>) {
    return master.password ? { password: master.password.result } : managed(keyArn);
}

/** The same for a cluster. */
export function clusterPasswordArgs(master: User, keyArn: pulumi.Input<string>) {
    return master.password ? { masterPassword: master.password.result } : managed(keyArn);
}

function managed(keyArn: pulumi.Input<string>) {
    return { manageMasterUserPassword: true, masterUserSecretKmsKeyId: keyArn };
}

/**
 * The secret that RDS manages for the master user of an instance or a cluster. When RDS management is being switched on, a preview still
 * sees the old state without a secret: the ARN is then unknown.
 */
export function managedSecretArn({ masterUserSecrets }: aws.rds.Instance | aws.rds.Cluster): pulumi.Output<string> {
    return masterUserSecrets.apply(([secret]) => {
        if (secret) return secret.secretArn;
        if (!pulumi.runtime.isDryRun()) throw new Error("RDS has no managed secret of the master user");
        return pulumi.unknown as unknown as string;
    });
}

/** The password that a secret holds when the update begins. Later rotations do not change this output. */
export function currentPassword(secretArn: pulumi.Input<string>, options: pulumi.InvokeOptions): pulumi.Output<string> {
    const { secretString } = aws.secretsmanager.getSecretVersionOutput({ secretId: secretArn }, options);
    return pulumi.secret(secretString.apply((text) => (JSON.parse(text) as { password: string }).password));
}
