import { types } from "../graph/types";
import type { Rule } from "../rule";
import { mustNameCustomerKey, trustedKeys } from "./checks";

const logGroupEncryptedWithCustomerKey: Rule = {
    id: "log-group-encrypted-with-customer-key",
    title: "Log groups are encrypted with a customer managed key",
    severity: "medium",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_158"] },
    remedy: "Set kmsKeyId to the arn of an aws.kms.Key of the stack whose policy lets CloudWatch Logs use it.",
    appliesTo: [types.logGroup],
    trustedIds: [trustedKeys],
    judge: (group, trusted) => mustNameCustomerKey(group, "kmsKeyId", trusted),
};

export const logRules: readonly Rule[] = [logGroupEncryptedWithCustomerKey];
