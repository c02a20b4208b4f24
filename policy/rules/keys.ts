import type { View } from "../graph/graph";
import { text } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { satisfied, type Verdict } from "../verdict";
import { mustBeTrue, mustNotBePublic, onDocuments } from "./checks";

const keyRotated: Rule = {
    id: "key-rotated",
    title: "KMS keys are rotated",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["KMS.4"], cis: ["AWS Foundations 5.0 §3.6"], checkov: ["CKV_AWS_7"] },
    remedy: "Set enableKeyRotation: true.",
    appliesTo: [types.key],
    judge: (key) => (canRotate(key) ? mustBeTrue(key, "enableKeyRotation") : satisfied),
};

/**
 * KMS rotates only symmetric encryption keys with key material that it created.
 * https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
function canRotate(key: View): boolean {
    const spec = text(key.read("customerMasterKeySpec")) ?? "SYMMETRIC_DEFAULT";
    return spec === "SYMMETRIC_DEFAULT" && key.read("customKeyStoreId").is === "absent";
}

const keyEnabled: Rule = {
    id: "key-enabled",
    title: "KMS keys are enabled",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_227"] },
    remedy: "Set isEnabled: true, or leave it out: data that was encrypted with a disabled key cannot be read.",
    appliesTo: [types.key],
    judge: (key): Verdict => (key.read("isEnabled").is === "absent" ? satisfied : mustBeTrue(key, "isEnabled")),
};

const keyPolicyNotPublic = onDocuments({
    id: "key-policy-not-public",
    title: "KMS key policies do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: {
        securityHub: ["KMS.5"],
        cis: ["AWS Foundations 7.0 §2.21"],
        checkov: ["CKV_AWS_33"],
    },
    remedy: "Name principals, or limit the statement by kms:CallerAccount, aws:SourceAccount or aws:PrincipalOrgID.",
    appliesTo: [types.key, types.replicaKey, types.externalKey, types.replicaExternalKey, types.keyPolicy],
    judge: (view) => mustNotBePublic(view),
});

export const keyRules: readonly Rule[] = [keyRotated, keyEnabled, keyPolicyNotPublic];
