import { partitionOf } from "@plinth/facts";
import type { Request } from "./evaluate";

/** What a service says of itself when it does something for a resource of the account; `null` is what it does not say. */
export function byService(
    service: string,
    source: { arn: string | null; account: string | null },
): Pick<Request, "principal" | "context"> {
    const of = (value: string | null) => (value === null ? null : [value]);
    const context = {
        "aws:principalisawsservice": ["true"],
        "aws:principalservicename": [service],
        "aws:principalarn": null,
        "aws:securetransport": ["true"],
        "aws:sourcearn": of(source.arn),
        "aws:sourceaccount": of(source.account),
    };
    return { principal: { service }, context };
}

/** What CloudWatch Logs does with the key of a group. */
const WITH_KEY = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey"];

/**
 * What CloudWatch Logs asks of a key to encrypt a group with it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logEncryption(group: string, key: string): Request[] {
    const [, , , region = "", account = ""] = group.split(":");
    const { principal, context } = byService(`logs.${region}.${partitionOf(region).dnsSuffix}`, {
        arn: group,
        account,
    });
    const encryption = { ...context, "kms:encryptioncontext:aws:logs:arn": [group] };
    return WITH_KEY.map((action) => ({ principal, action, resource: key, context: encryption }));
}
