import type { View } from "../../graph/graph";
import { elements, text } from "../../graph/reading";
import { types } from "../../graph/types";
import type { Rule } from "../../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../../verdict";
import { aws, customerKey, isAtLeast, isNoneOf, isSet, isTrue, judgeInputs, onInputs, whenSet } from "../inputs";
import { trustedAccounts } from "./ec2";

const snapshotCopies = [aws("rds/snapshotCopy"), aws("rds/clusterSnapshotCopy")];
const shared = [aws("rds/snapshot"), aws("rds/clusterSnapshot"), ...snapshotCopies];

const snapshotsNotShared: Rule = {
    id: "database-snapshot-not-shared",
    title: "Database snapshots are shared with accounts of the owner only",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["RDS.1"], checkov: ["CKV_AWS_302"] },
    remedy: "Leave out sharedAccounts, or list the accounts under accountIds in the policy's configuration.",
    judges: "inputs",
    appliesTo: shared,
    trustedIds: [trustedAccounts],
    judge: (snapshot, trusted) => {
        const accounts = snapshot.read("sharedAccounts");
        if (accounts.is === "unknown") return unknown("sharedAccounts is not known yet");
        return all(
            (elements(accounts) ?? []).map((account): Verdict => {
                if (account.is === "unknown") return unknown("sharedAccounts is not known yet");
                const id = text(account) ?? "";
                if (id === "all") return violated("everybody may restore it");
                return trusted.has(id) ? satisfied : violated(`the account ${id} may restore it`);
            }),
        );
    },
};

const globalEncrypted = onInputs({
    id: "global-database-encrypted",
    title: "Global databases are encrypted",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_140"] },
    remedy: "Set storageEncrypted: true, unless sourceDbClusterIdentifier names an encrypted cluster.",
    appliesTo: [aws("rds/globalCluster"), aws("docdb/globalCluster"), aws("neptune/globalCluster")],
    inputs: { storageEncrypted: isTrue },
});

/** A global database made of a cluster has the encryption of that one. */
const globalOfCluster: Rule = {
    ...globalEncrypted,
    judge: (view) =>
        view.read("sourceDbClusterIdentifier").is === "absent" ? globalEncrypted.judge(view, new Set()) : satisfied,
};

/** A read replica and an instance of a cluster leave this to their source. */
const isMember = (view: View) =>
    ["replicateSourceDb", "clusterIdentifier"].some(
        (key) => view.type === types.databaseInstance && view.read(key).is !== "absent",
    );

/** An advisory rule on the inputs of databases, but for those that leave it to another. */
function operational(rule: Omit<Parameters<typeof onInputs>[0], "severity" | "enforcement">): Rule {
    const { inputs } = rule;
    return {
        ...onInputs({ ...rule, severity: "low", enforcement: "advisory" }),
        judge: (view) => (isMember(view) ? satisfied : judgeInputs(view, inputs)),
    };
}

const databases = [types.databaseInstance, types.databaseCluster];

export const rdsRules: readonly Rule[] = [
    snapshotsNotShared,
    globalOfCluster,
    operational({
        id: "database-backed-up",
        title: "Databases keep backups for at least 7 days",
        controls: { securityHub: ["RDS.11"], checkov: ["CKV_AWS_133"] },
        remedy: "Set backupRetentionPeriod to 7 or more.",
        appliesTo: databases,
        inputs: { backupRetentionPeriod: isAtLeast(7) },
    }),
    operational({
        id: "database-deletion-protected",
        title: "Databases are protected from deletion",
        controls: { securityHub: ["RDS.7", "RDS.8"], checkov: ["CKV_AWS_139", "CKV_AWS_293"] },
        remedy: "Set deletionProtection: true.",
        appliesTo: databases,
        inputs: { deletionProtection: isTrue },
    }),
    operational({
        id: "database-in-several-zones",
        title: "Databases have a standby in another zone",
        controls: {
            securityHub: ["RDS.5"],
            cis: ["AWS Foundations 5.0 §2.2.4", "AWS Foundations 7.0 §3.2.4"],
            checkov: ["CKV_AWS_157"],
        },
        remedy: "Set multiAz: true.",
        appliesTo: [types.databaseInstance],
        inputs: { multiAz: isTrue },
    }),
    operational({
        id: "database-upgraded",
        title: "Databases get minor versions by themselves",
        controls: {
            securityHub: ["RDS.13", "RDS.35"],
            cis: ["AWS Foundations 5.0 §2.2.2", "AWS Foundations 7.0 §3.2.2"],
            checkov: ["CKV_AWS_226"],
        },
        remedy: "Leave out autoMinorVersionUpgrade, or set it to true.",
        appliesTo: [types.databaseInstance, types.databaseClusterInstance],
        inputs: { autoMinorVersionUpgrade: whenSet(isTrue) },
    }),
    operational({
        id: "database-logged",
        title: "Databases send their logs to CloudWatch",
        controls: { securityHub: ["RDS.9", "RDS.34", "RDS.36", "RDS.37"], checkov: ["CKV_AWS_129", "CKV_AWS_324"] },
        remedy: "Set enabledCloudwatchLogsExports to the logs of the engine.",
        appliesTo: databases,
        inputs: { enabledCloudwatchLogsExports: isSet },
    }),
    operational({
        id: "database-snapshots-tagged",
        title: "Databases copy their tags to their snapshots",
        controls: { securityHub: ["RDS.16", "RDS.17"], checkov: ["CKV_AWS_313", "CKV2_AWS_60"] },
        remedy: "Set copyTagsToSnapshot: true.",
        appliesTo: databases,
        inputs: { copyTagsToSnapshot: isTrue },
    }),
    operational({
        id: "database-certificate-modern",
        title: "Databases have a certificate of a current authority",
        controls: { checkov: ["CKV_AWS_211"] },
        remedy: "Leave out caCertIdentifier, or name one such as rds-ca-rsa2048-g1.",
        appliesTo: [types.databaseInstance, types.databaseClusterInstance],
        inputs: { caCertIdentifier: isNoneOf("rds-ca-2015", "rds-ca-2019") },
    }),
    customerKey({
        id: "database-snapshot-copy-encrypted-with-customer-key",
        of: "Copies of database snapshots",
        types: snapshotCopies,
        input: "kmsKeyId",
        controls: { checkov: ["CKV_AWS_266"] },
    }),
    customerKey({
        id: "database-backup-copy-encrypted-with-customer-key",
        of: "Backups of databases in other regions",
        types: [aws("rds/instanceAutomatedBackupsReplication")],
        input: "kmsKeyId",
        controls: { checkov: ["CKV_AWS_245"] },
    }),
];
