import { withCluster } from "../aurora";
import { both, type Change, set } from "../platform";
import { ref } from "../stack";
import { always, atFirst, type Cases, something } from "./case";

const clusterChanges: Cases = {
    mutations: [
        {
            rule: "database-encrypted-at-rest",
            what: "a cluster with encryption switched off",
            change: set("aurora", { storageEncrypted: false }),
            says: /^aurora(-writer|-reader-1)?: (aurora → )?storageEncrypted is false/,
        },
        {
            rule: "database-encrypted-at-rest",
            what: "a cluster without encryption asked for",
            change: set("aurora", { storageEncrypted: undefined }),
            says: /storageEncrypted is (not set|false)/,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "a cluster without a key",
            change: set("aurora", { kmsKeyId: undefined }),
            says: /^aurora: .*kmsKeyId names (no key, so one of AWS's own would be used|a key that is no resource)/,
            unprovedLater: true,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "a cluster with a key of AWS's",
            change: set("aurora", { kmsKeyId: "alias/aws/rds" }),
            says: /^aurora: kmsKeyId names a key of AWS's own/,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "a cluster's Performance Insights with a key of AWS's",
            change: set("aurora", { performanceInsightsKmsKeyId: "alias/aws/rds" }),
            says: /performanceInsightsKmsKeyId names a key of AWS's own/,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "an instance of a cluster that names a key of AWS's",
            change: set("aurora-writer", {
                performanceInsightsEnabled: true,
                performanceInsightsKmsKeyId: "alias/aws/rds",
            }),
            says: /^aurora-writer: performanceInsightsKmsKeyId names a key of AWS's own/,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "an instance that turns it on by itself",
            change: both(
                set("aurora", { performanceInsightsEnabled: false, performanceInsightsKmsKeyId: undefined }),
                set("aurora-writer", { performanceInsightsEnabled: true }),
                set("aurora-reader-1", { performanceInsightsEnabled: false }),
            ),
            says: /^aurora-writer: .*performanceInsightsKmsKeyId names (no key|a key that is no resource)/,
            unprovedLater: true,
        },
        {
            rule: "database-master-secret-encrypted-with-customer-key",
            what: "a cluster whose password RDS keeps under a key of AWS's",
            change: set("aurora", { masterPassword: undefined, manageMasterUserPassword: true }),
            says: /^aurora: .*masterUserSecretKmsKeyId names (no key|a key that is no resource)/,
        },
        {
            rule: "database-forces-tls",
            what: "a cluster that does not force TLS",
            change: set("aurora-parameter-group", {
                parameters: [{ name: "require_secure_transport", value: "OFF" }],
            }),
            says: /^aurora: aurora-parameter-group → require_secure_transport is off/,
        },
        {
            rule: "database-forces-tls",
            what: "MySQL's parameter for Aurora PostgreSQL",
            change: set("aurora-parameter-group", { family: "aurora-postgresql16" }),
            says: /^aurora: aurora-parameter-group → rds\.force_ssl is not set/,
        },
        {
            rule: "database-forces-tls",
            what: "a cluster with its engine's default group",
            change: set("aurora", { dbClusterParameterGroupName: undefined }),
            says: /^aurora: dbClusterParameterGroupName is not set, so the engine's default group would be used/,
        },
        {
            rule: "database-not-public",
            what: "a reader with a public address",
            change: set("aurora-reader-1", { publiclyAccessible: true }),
            says: /^aurora-reader-1: publiclyAccessible is true/,
        },
        {
            rule: "database-in-isolated-subnets",
            what: "a cluster without a subnet group",
            change: set("aurora", { dbSubnetGroupName: undefined }),
            says: /^aurora: .*no subnet group \(dbSubnetGroupName\), so it would be put into the default VPC/,
        },
        {
            rule: "database-behind-own-security-group",
            what: "a cluster behind the VPC's default group",
            change: set("aurora", { vpcSecurityGroupIds: [ref("database-server"), ref("network-default")] }),
            says: /^aurora: network-default → the VPC's default security group/,
        },
    ],
    doubts: [
        {
            rule: "database-encrypted-at-rest",
            what: "an instance of a cluster outside the stack",
            change: set("aurora-reader-1", {
                clusterIdentifier: "plinth-prod-database",
                performanceInsightsEnabled: false,
            }),
            says: /^aurora-reader-1: cannot be proved: clusters that are no resources of this stack/,
            modes: always,
        },
        {
            rule: "database-encrypted-at-rest",
            what: "a cluster whose flag is not known yet",
            change: set("aurora", { storageEncrypted: something }),
            says: /storageEncrypted is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "a cluster's literal key, which may be AWS's own",
            change: set("aurora", { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0" }),
            says: /^aurora: cannot be proved: kmsKeyId names a key that is no resource of this stack/,
            modes: always,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "a cluster's key not known yet that is no resource of the stack",
            change: set("aurora", { performanceInsightsKmsKeyId: something }),
            says: /performanceInsightsKmsKeyId is not known yet, and does not come from a KMS key of this stack alone/,
            modes: atFirst,
        },
        {
            rule: "database-forces-tls",
            what: "a cluster parameter group by a literal name",
            change: set("aurora", { dbClusterParameterGroupName: "shared" }),
            says: /^aurora: cannot be proved: parameter groups that are no resources of this stack/,
            modes: always,
        },
        {
            rule: "database-not-public",
            what: "a server whose flag is not known yet",
            change: set("aurora-writer", { publiclyAccessible: something }),
            says: /^aurora-writer: cannot be proved: publiclyAccessible is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-in-isolated-subnets",
            what: "a cluster's subnet group by a literal name",
            change: set("aurora", { dbSubnetGroupName: "shared" }),
            says: /^aurora: cannot be proved: aurora → subnet groups that are no resources of this stack/,
            modes: always,
        },
        {
            rule: "database-behind-own-security-group",
            what: "a cluster behind a literal security group",
            change: set("aurora", { vpcSecurityGroupIds: [ref("database-server"), "sg-0123"] }),
            says: /^aurora: cannot be proved: security groups that are no resources of this stack/,
            modes: always,
        },
    ],
};

/** The platform has no cluster: each of these changes brings one. */
const besideDatabase = <Case extends { change: Change }>(one: Case): Case => ({
    ...one,
    change: both(withCluster, one.change),
});

export const aurora: Cases = {
    mutations: clusterChanges.mutations.map(besideDatabase),
    doubts: clusterChanges.doubts.map(besideDatabase),
};
