import { types } from "../graph/types";
import type { Rule } from "../rule";
import { mustNameCustomerKey, vouchedKeys } from "./checks";

const logGroupEncryptedWithCustomerKey: Rule = {
    id: "log-group-encrypted-with-customer-key",
    title: "Log groups are encrypted with a key of the customer's",
    severity: "medium",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_158"] },
    remedy: "Set kmsKeyId to the arn of an aws.kms.Key of the stack whose policy lets CloudWatch Logs use it.",
    appliesTo: [types.logGroup],
    vouching: vouchedKeys,
    judge: (group, vouched) => mustNameCustomerKey(group, "kmsKeyId", vouched),
};

export const logRules: readonly Rule[] = [logGroupEncryptedWithCustomerKey];
