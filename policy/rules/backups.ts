import { deniesAlways, parseDocument } from "../graph/document";
import type { View } from "../graph/graph";
import { elements, field, type Reading, text } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../verdict";
import { mustNameCustomerKey, mustNotBePublic, trustedKeys, unreadable } from "./checks";

/** The shortest retention that the rules accept. */
const fewestDays = 7;

const vaultEncrypted: Rule = {
    id: "backup-vault-encrypted-with-customer-key",
    title: "Backup vaults are encrypted with a customer managed key",
    severity: "high",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_166"] },
    remedy: "Set kmsKeyArn to the arn of an aws.kms.Key of the stack, in the vault's region. On an existing vault this replaces it.",
    appliesTo: [types.backupVault],
    trustedIds: [trustedKeys],
    judge: (vault, trusted) => mustNameCustomerKey(vault, "kmsKeyArn", trusted),
};

const vaultPolicyNotPublic: Rule = {
    id: "backup-vault-policy-not-public",
    title: "Backup vault policies do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: {},
    remedy: "Name principals, or limit the statement by aws:PrincipalAccount or aws:PrincipalOrgID.",
    appliesTo: [types.backupVaultPolicy],
    judge: (policy) => mustNotBePublic(policy),
};

const backupsKept: Rule = {
    id: "backup-vault-refuses-deletion",
    title: "Backup vaults deny the early deletion of backups",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy:
        "Give the vault an aws.backup.VaultPolicy that denies backup:DeleteRecoveryPoint and " +
        'backup:UpdateRecoveryPointLifecycle on "*" to everyone, or an aws.backup.VaultLockConfiguration.',
    appliesTo: [types.backupVault],
    judge: (vault) => {
        const [lock] = vault.referrers([types.backupVaultLock], "backupVaultName");
        if (lock)
            return lock.naming("backupVaultName", vault) === "certain"
                ? satisfied
                : unknown(`${lock.name} may be another vault's lock`);
        const policies = vault.referrers([types.backupVaultPolicy], "backupVaultName");
        const [policy] = policies;
        if (policies.length > 1) return violated("it has several policies, of which AWS keeps the last one written");
        if (!policy) return violated("it has neither a policy nor a lock");
        if (policy.naming("backupVaultName", vault) === "possible")
            return unknown(`${policy.name} may be another vault's policy`);
        return judgeDeletion(policy);
    },
};

function judgeDeletion(policy: View): Verdict {
    const document = parseDocument(policy.read("policy"));
    if (document.is === "absent") return violated("its policy is empty");
    if (document.is !== "known") return unreadable(document, policy, "policy");
    const actions = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"];
    const allowed = actions.filter((action) => !deniesAlways(document.statements, action));
    return allowed.length === 0 ? satisfied : violated(`its policy does not deny ${allowed.join(" and ")} to everyone`);
}

const retentionStated: Rule = {
    id: "backup-retention-stated",
    title: "Backup plans set a retention of at least 7 days for each backup and each copy",
    severity: "medium",
    enforcement: "mandatory",
    controls: {},
    remedy: `Set lifecycle.deleteAfter of each of rules, and of each of its copyActions, to ${fewestDays} or more.`,
    appliesTo: [types.backupPlan],
    judge: (plan: View) => {
        const rules = plan.read("rules");
        if (rules.is === "unknown") return unknown("rules is not known yet");
        return all(
            (elements(rules) ?? []).flatMap((rule) => {
                const name = text(field(rule, "ruleName")) ?? "a rule";
                const copies = field(rule, "copyActions");
                return [
                    judgeLifecycle(rule, name),
                    ...(copies.is === "unknown"
                        ? [unknown(`copyActions of ${name} is not known yet`)]
                        : (elements(copies) ?? []).map((copy) => judgeLifecycle(copy, `a copy of ${name}`))),
                ];
            }),
        );
    },
};

function judgeLifecycle(of: Reading, name: string): Verdict {
    const days = field(field(of, "lifecycle"), "deleteAfter");
    if (days.is === "unknown") return unknown(`deleteAfter of ${name} is not known yet`);
    const given = Number(text(days) ?? 0);
    // The AWS provider writes 0 when it is not set.
    if (given === 0) return violated(`${name} is kept forever`);
    return given < fewestDays ? violated(`${name} is kept for ${given} days`) : satisfied;
}

export const backupRules: readonly Rule[] = [vaultEncrypted, vaultPolicyNotPublic, backupsKept, retentionStated];
