import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { problemAt, throwIfInvalid } from "../../validation";

/**
 * The snapshot of that identifier or ARN, once AWS says that it is encrypted: a restored instance has its snapshot's
 * encryption, whatever is asked of it. AWS is asked at preview already.
 * @throws InvalidSpecError where it is not encrypted
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html#Overview.Encryption.Limitations
 */
export function encryptedSnapshot(
    where: string,
    identifier: string,
    options: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
    const shared = identifier.startsWith("arn:");
    const found = aws.rds.getSnapshotOutput({ dbSnapshotIdentifier: identifier, includeShared: shared }, options);
    return found.encrypted.apply((encrypted) => {
        const message = `${identifier} is not encrypted, and RDS restores it so; copy it under a KMS key, and give the copy`;
        throwIfInvalid(
            `Database "${where}"`,
            encrypted ? [] : [problemAt(`${where}.restored.restoreFrom.snapshot`, message)],
        );
        return identifier;
    });
}
