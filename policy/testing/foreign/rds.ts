import * as aws from "@pulumi/aws";
import { type ForeignCases, keyed, later, on, together } from "./foreign";

export const rds: ForeignCases = {
    "database-snapshot-not-shared": together(
        on(aws.rds.Snapshot, {
            sound: [{}, { sharedAccounts: [] }],
            bad: [
                [/everybody may restore it/, { sharedAccounts: ["all"] }],
                [/the account 111122223333 may/, { sharedAccounts: ["111122223333"] }],
            ],
            unproved: [[/sharedAccounts is not known yet/, { sharedAccounts: later }]],
        }),
        on(aws.rds.SnapshotCopy, { sound: [], bad: [[/everybody/, { sharedAccounts: ["all"] }]], unproved: [] }),
    ),
    "global-database-encrypted": on(aws.rds.GlobalCluster, {
        sound: [{ storageEncrypted: true }, { sourceDbClusterIdentifier: later }],
        bad: [[/storageEncrypted is not set/, {}]],
        unproved: [[/storageEncrypted is not known/, { storageEncrypted: later }]],
    }),
    "database-backed-up": on(aws.rds.Instance, {
        sound: [{ backupRetentionPeriod: 7 }, { replicateSourceDb: "orders" }],
        bad: [
            [/backupRetentionPeriod is not set/, {}],
            [/is 1, less than 7/, { backupRetentionPeriod: 1 }],
        ],
        unproved: [],
    }),
    "database-deletion-protected": on(aws.rds.Instance, {
        sound: [{ deletionProtection: true }],
        bad: [[/deletionProtection is not set/, {}]],
        unproved: [],
    }),
    "database-in-several-zones": on(aws.rds.Instance, {
        sound: [{ multiAz: true }],
        bad: [[/multiAz is not set/, {}]],
        unproved: [],
    }),
    "database-upgraded": on(aws.rds.Instance, {
        sound: [{}],
        bad: [[/autoMinorVersionUpgrade is false/, { autoMinorVersionUpgrade: false }]],
        unproved: [],
    }),
    "database-logged": on(aws.rds.Cluster, {
        sound: [{ enabledCloudwatchLogsExports: ["postgresql"] }],
        bad: [[/enabledCloudwatchLogsExports is not set/, {}]],
        unproved: [],
    }),
    "database-snapshots-tagged": on(aws.rds.Cluster, {
        sound: [{ copyTagsToSnapshot: true }],
        bad: [[/copyTagsToSnapshot is not set/, {}]],
        unproved: [],
    }),
    "database-certificate-modern": on(aws.rds.Instance, {
        sound: [{}, { caCertIdentifier: "rds-ca-rsa2048-g1" }],
        bad: [[/caCertIdentifier is rds-ca-2019/, { caCertIdentifier: "rds-ca-2019" }]],
        unproved: [],
    }),
    "database-snapshot-copy-encrypted-with-customer-key": keyed(aws.rds.SnapshotCopy, "kmsKeyId"),
    "database-backup-copy-encrypted-with-customer-key": keyed(aws.rds.InstanceAutomatedBackupsReplication, "kmsKeyId"),
};
