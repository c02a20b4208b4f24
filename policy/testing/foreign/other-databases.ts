import * as aws from "@pulumi/aws";
import { type ForeignCases, keyed, later, on, together } from "./foreign";

const parameter = (name: string, value: string | typeof later) => ({ parameters: [{ name, value }] });

export const otherDatabases: ForeignCases = {
    "cluster-storage-encrypted": together(
        on(aws.docdb.Cluster, {
            sound: [{ storageEncrypted: true }],
            bad: [[/storageEncrypted is not set/, {}]],
            unproved: [
                [/storageEncrypted is not known yet/, { storageEncrypted: later }],
                [/snapshotIdentifier decides this/, { snapshotIdentifier: "before" }],
            ],
        }),
        on(aws.neptune.Cluster, {
            sound: [],
            bad: [[/storageEncrypted is false/, { storageEncrypted: false }]],
            unproved: [],
        }),
    ),
    "cluster-instance-not-public": together(
        on(aws.dms.ReplicationInstance, {
            sound: [{ publiclyAccessible: false }],
            bad: [
                [/publiclyAccessible is true/, { publiclyAccessible: true }],
                [/publiclyAccessible is not set/, {}],
            ],
            unproved: [[/publiclyAccessible is not known/, { publiclyAccessible: later }]],
        }),
        on(aws.neptune.ClusterInstance, {
            sound: [{}],
            bad: [[/is true/, { publiclyAccessible: true }]],
            unproved: [],
        }),
    ),
    "cluster-parameters-force-tls": together(
        on(aws.docdb.ClusterParameterGroup, {
            sound: [{}, parameter("tls", "enabled"), parameter("ttl_monitor", "disabled")],
            bad: [[/tls is disabled/, parameter("tls", "disabled")]],
            unproved: [[/tls is not known yet/, parameter("tls", later)]],
        }),
        on(aws.neptune.ClusterParameterGroup, {
            sound: [],
            bad: [[/is 0/, parameter("neptune_enforce_ssl", "0")]],
            unproved: [],
        }),
    ),
    "migration-endpoint-encrypted": on(aws.dms.Endpoint, {
        sound: [{ engineName: "postgres", sslMode: "require" }, { engineName: "s3" }],
        bad: [
            [/sslMode is not set/, { engineName: "postgres" }],
            [/sslMode is none/, { engineName: "mysql", sslMode: "none" }],
        ],
        unproved: [[/sslMode is not known yet/, { engineName: "mysql", sslMode: later }]],
    }),
    "cluster-backed-up": on(aws.docdb.Cluster, {
        sound: [{ backupRetentionPeriod: 7 }],
        bad: [[/backupRetentionPeriod is 1, less than 7/, { backupRetentionPeriod: 1 }]],
        unproved: [],
    }),
    "cluster-deletion-protected": on(aws.docdb.Cluster, {
        sound: [{ deletionProtection: true }],
        bad: [[/is not set/, {}]],
        unproved: [],
    }),
    "document-database-logged": on(aws.docdb.Cluster, {
        sound: [{ enabledCloudwatchLogsExports: ["audit"] }],
        bad: [[/enabledCloudwatchLogsExports is not set/, {}]],
        unproved: [],
    }),
    "graph-database-logged": on(aws.neptune.Cluster, {
        sound: [{ enableCloudwatchLogsExports: ["audit"] }],
        bad: [[/enableCloudwatchLogsExports is not set/, {}]],
        unproved: [],
    }),
    "graph-database-iam-authenticated": on(aws.neptune.Cluster, {
        sound: [{ iamDatabaseAuthenticationEnabled: true }],
        bad: [[/iamDatabaseAuthenticationEnabled is not set/, {}]],
        unproved: [],
    }),
    "document-database-encrypted-with-customer-key": keyed(aws.docdb.Cluster, "kmsKeyId"),
    "graph-database-encrypted-with-customer-key": keyed(aws.neptune.Cluster, "kmsKeyArn"),
    "migration-encrypted-with-customer-key": keyed(aws.dms.ReplicationInstance, "kmsKeyArn"),
};
