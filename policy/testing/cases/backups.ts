import { types } from "../../graph/types";
import { adding, both, patch, set, statements, without } from "../platform";
import { applied, find, repeated } from "../stack";
import { always, anyone, atFirst, type Cases, publicPolicy, something } from "./case";

const policy = (change: Parameters<typeof statements>[1]) => statements("backup-eu-central-1-policy", change);
/** Changes the plan's first rule, the daily one. */
const daily = (parts: object) => patch("backup-plan", { rules: { 0: parts } });
const copies = (lifecycle: unknown) => ({ copyActions: { 0: { lifecycle } } });

export const backups: Cases = {
    mutations: [
        {
            rule: "backup-vault-encrypted-with-customer-key",
            what: "no key",
            change: set("backup-vault", { kmsKeyArn: undefined }),
            says: /^backup-vault: (kmsKeyArn names no key|cannot be proved: kmsKeyArn names a key that is not a resource)/,
            unprovedLater: true,
        },
        {
            rule: "backup-vault-encrypted-with-customer-key",
            what: "AWS's key for the copies in the other region",
            change: set("backup-eu-central-1", { kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/aws/backup" }),
            says: /^backup-eu-central-1: kmsKeyArn names an AWS managed key/,
        },
        {
            rule: "backup-vault-policy-not-public",
            what: "a public permission beside the denial",
            change: policy((denial) => [denial ?? {}, anyone]),
            says: publicPolicy,
        },
        {
            rule: "backup-vault-refuses-deletion",
            what: "a vault without a policy",
            change: without("backup-vault-policy"),
            says: /^backup-vault: it has neither a policy nor a lock/,
        },
        {
            rule: "backup-vault-refuses-deletion",
            what: "a denial for some principals only",
            change: policy((denial) => [{ ...denial, Principal: { AWS: "arn:aws:iam::111122223333:role/trainee" } }]),
            says: /^backup-eu-central-1: its policy does not deny backup:DeleteRecoveryPoint and backup:Update/,
        },
        {
            rule: "backup-vault-refuses-deletion",
            what: "a denial with a condition",
            change: policy((denial) => [{ ...denial, Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }]),
            says: /its policy does not deny backup:DeleteRecoveryPoint and/,
        },
        {
            rule: "backup-vault-refuses-deletion",
            what: "a retention that may be shortened",
            change: policy((denial) => [{ ...denial, Action: "backup:DeleteRecoveryPoint" }]),
            says: /its policy does not deny backup:UpdateRecoveryPointLifecycle to everyone/,
        },
        {
            rule: "backup-vault-refuses-deletion",
            what: "a second policy, which replaces the first",
            change: (resources) =>
                adding({ ...find(resources, "backup-vault-policy"), name: "second-policy" })(resources),
            says: /several policies/,
        },
        {
            rule: "backup-retention-stated",
            what: "backups that are kept forever",
            change: daily({ lifecycle: undefined }),
            says: /^backup-plan: daily is kept forever/,
        },
        {
            rule: "backup-retention-stated",
            what: "backups that are kept for less than a week",
            change: daily({ lifecycle: { deleteAfter: 6 } }),
            says: /daily is kept for 6 days/,
        },
        {
            rule: "backup-retention-stated",
            what: "copies without a lifecycle, which are kept forever",
            change: daily(copies(undefined)),
            says: /a copy of daily is kept forever/,
        },
    ],
    unproved: [
        {
            rule: "backup-vault-encrypted-with-customer-key",
            what: "a key from outside the stack",
            change: set("backup-vault", { kmsKeyArn: "arn:aws:kms:eu-west-1:444455556666:key/0" }),
            says: /kmsKeyArn names a key that is not a resource of this stack/,
            modes: always,
        },
        {
            rule: "backup-vault-policy-not-public",
            what: "a policy not known yet, of a vault that is locked",
            postponed: true,
            change: both(
                adding({
                    type: types.backupVaultLock,
                    name: "lock",
                    props: { backupVaultName: repeated("backup-vault", "plinth-platform-backup") },
                }),
                set("backup-vault-policy", { policy: something }),
            ),
            says: /its policy is not known yet/,
            modes: atFirst,
        },
        {
            rule: "backup-vault-refuses-deletion",
            what: "a policy of one vault or another",
            change: both(
                without("backup-eu-central-1-policy"),
                set("backup-vault-policy", {
                    backupVaultName: applied(["backup-vault", "backup-eu-central-1"], ([first]) => first),
                }),
            ),
            says: /backup-vault-policy may be another vault's policy/,
            modes: atFirst,
        },
        {
            rule: "backup-retention-stated",
            what: "rules not known yet",
            change: set("backup-plan", { rules: something }),
            says: /rules is not known yet/,
            modes: atFirst,
        },
        {
            rule: "backup-retention-stated",
            what: "a retention not known yet",
            change: daily({ lifecycle: { deleteAfter: something } }),
            says: /deleteAfter of daily is not known yet/,
            modes: atFirst,
        },
        {
            rule: "backup-retention-stated",
            what: "copies not known yet",
            change: daily({ copyActions: something }),
            says: /copyActions of daily is not known yet/,
            modes: atFirst,
        },
    ],
};
