import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all } from "../verdict";
import { copiesMustNameCustomerKey, mustNameCustomerKey, mustNotBePublic, onDocuments, trustedKeys } from "./checks";

const secretEncryptedWithCustomerKey: Rule = {
    id: "secret-encrypted-with-customer-key",
    title: "Secrets are encrypted with a customer managed key",
    severity: "medium",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_149"] },
    remedy: "Set kmsKeyId to the arn of an aws.kms.Key of the stack, on the secret and on each of its replicas.",
    appliesTo: [types.secret],
    trustedIds: [trustedKeys],
    judge: (secret, trusted) =>
        all([mustNameCustomerKey(secret, "kmsKeyId", trusted), copiesMustNameCustomerKey(secret, "replicas", trusted)]),
};

const secretPolicyNotPublic = onDocuments({
    id: "secret-policy-not-public",
    title: "Secret policies do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: {},
    remedy: "Name principals, or limit the statement by aws:PrincipalAccount or aws:PrincipalOrgID.",
    appliesTo: [types.secret, types.secretPolicy],
    judge: (view) => mustNotBePublic(view),
});

export const secretRules: readonly Rule[] = [secretEncryptedWithCustomerKey, secretPolicyNotPublic];
