import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { User } from "./credentials";

/** What an instance is told of its master user's password: which it is, or that RDS is to keep one. */
export function passwordArgs(master: User, keyArn: pulumi.Input<string>) {
    return master.password ? { password: master.password.result } : kept(keyArn);
}

/** The same of a cluster. */
export function clusterPasswordArgs(master: User, keyArn: pulumi.Input<string>) {
    return master.password ? { masterPassword: master.password.result } : kept(keyArn);
}

function kept(keyArn: pulumi.Input<string>) {
    return { manageMasterUserPassword: true, masterUserSecretKmsKeyId: keyArn };
}

/**
 * The secret that RDS keeps of the master user of an instance or a cluster. Before RDS is told to keep one, a preview has the answer of
 * before, that there is none: then it is not known yet.
 */
export function managedSecretArn({ masterUserSecrets }: aws.rds.Instance | aws.rds.Cluster): pulumi.Output<string> {
    return masterUserSecrets.apply(([secret]) => {
        if (secret) return secret.secretArn;
        if (!pulumi.runtime.isDryRun()) throw new Error("RDS keeps no secret of the master user's");
        return pulumi.unknown as unknown as string;
    });
}

/** The password that a secret holds when the update begins, for what can't be told of a later one. */
export function currentPassword(secretArn: pulumi.Input<string>, options: pulumi.InvokeOptions): pulumi.Output<string> {
    const { secretString } = aws.secretsmanager.getSecretVersionOutput({ secretId: secretArn }, options);
    return pulumi.secret(secretString.apply((text) => (JSON.parse(text) as { password: string }).password));
}
