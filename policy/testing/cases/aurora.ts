import { both, set } from "../platform";
import { ref } from "../stack";
import { always, atFirst, on, something } from "./case";

export const aurora = on("aurora", {
    mutations: [
        {
            rule: "database-encrypted-at-rest",
            what: "a cluster with encryption switched off",
            change: set("database-cluster", { storageEncrypted: false }),
            says: /^database-(cluster|writer|reader-1): (database-cluster → )?storageEncrypted is false/,
        },
        {
            rule: "database-encrypted-at-rest",
            what: "a cluster without storageEncrypted",
            change: set("database-cluster", { storageEncrypted: undefined }),
            says: /storageEncrypted is (not set|false)/,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "a cluster without a key",
            change: set("database-cluster", { kmsKeyId: undefined }),
            says: /^database-cluster: .*kmsKeyId names (no key, so an AWS managed key would be used|a key that is not a resource)/,
            unprovedLater: true,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "a cluster with an AWS managed key",
            change: set("database-cluster", { kmsKeyId: "alias/aws/rds" }),
            says: /^database-cluster: kmsKeyId names an AWS managed key/,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "a cluster's Performance Insights with an AWS managed key",
            change: set("database-cluster", { performanceInsightsKmsKeyId: "alias/aws/rds" }),
            says: /performanceInsightsKmsKeyId names an AWS managed key/,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "an instance of a cluster with an AWS managed key",
            change: set("database-writer", {
                performanceInsightsEnabled: true,
                performanceInsightsKmsKeyId: "alias/aws/rds",
            }),
            says: /^database-writer: performanceInsightsKmsKeyId names an AWS managed key/,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "an instance that enables Performance Insights by itself",
            change: both(
                set("database-cluster", { performanceInsightsEnabled: false, performanceInsightsKmsKeyId: undefined }),
                set("database-writer", { performanceInsightsEnabled: true, performanceInsightsKmsKeyId: undefined }),
                set("database-reader-1", { performanceInsightsEnabled: false }),
            ),
            says: /^database-writer: .*performanceInsightsKmsKeyId names (no key|a key that is not a resource)/,
            unprovedLater: true,
        },
        {
            rule: "database-master-secret-encrypted-with-customer-key",
            what: "a cluster whose password RDS manages with an AWS managed key",
            change: set("database-cluster", { masterPassword: undefined, manageMasterUserPassword: true }),
            says: /^database-cluster: .*masterUserSecretKmsKeyId names (no key|a key that is not a resource)/,
        },
        {
            rule: "database-forces-tls",
            what: "a cluster that does not force TLS",
            change: set("database-cluster-parameter-group", {
                parameters: [{ name: "require_secure_transport", value: "OFF" }],
            }),
            says: /^database-cluster: database-cluster-parameter-group → require_secure_transport is off/,
        },
        {
            rule: "database-forces-tls",
            what: "MySQL's parameter for Aurora PostgreSQL",
            change: set("database-cluster-parameter-group", { family: "aurora-postgresql16" }),
            says: /^database-cluster: database-cluster-parameter-group → rds\.force_ssl is not set/,
        },
        {
            rule: "database-forces-tls",
            what: "a cluster with its engine's default group",
            change: set("database-cluster", { dbClusterParameterGroupName: undefined }),
            says: /^database-cluster: dbClusterParameterGroupName is not set, so the engine's default group would be used/,
        },
        {
            rule: "database-not-public",
            what: "a reader with a public address",
            change: set("database-reader-1", { publiclyAccessible: true }),
            says: /^database-reader-1: publiclyAccessible is true/,
        },
        {
            rule: "database-in-isolated-subnets",
            what: "a cluster without a subnet group",
            change: set("database-cluster", { dbSubnetGroupName: undefined }),
            says: /^database-cluster: .*no subnet group \(dbSubnetGroupName\), so it would be placed in the default VPC/,
        },
        {
            rule: "database-behind-own-security-group",
            what: "a cluster behind the VPC's default group",
            change: set("database-cluster", {
                vpcSecurityGroupIds: [ref("database-access-security-group"), ref("network-default-security-group")],
            }),
            says: /^database-cluster: network-default-security-group → the VPC's default security group/,
        },
    ],
    unproved: [
        {
            rule: "database-encrypted-at-rest",
            what: "an instance of a cluster outside the stack",
            change: set("database-reader-1", {
                clusterIdentifier: "plinth-prod-database",
                performanceInsightsEnabled: false,
            }),
            says: /^database-reader-1: cannot be proved: clusters that are not resources of this stack/,
            modes: always,
        },
        {
            rule: "database-encrypted-at-rest",
            what: "a cluster whose flag is not known yet",
            change: set("database-cluster", { storageEncrypted: something }),
            says: /storageEncrypted is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "a cluster's literal key, which may be AWS managed",
            change: set("database-cluster", { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0" }),
            says: /^database-cluster: cannot be proved: kmsKeyId names a key that is not a resource of this stack/,
            modes: always,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "a cluster's key not known yet that is not a resource of the stack",
            change: set("database-cluster", { performanceInsightsKmsKeyId: something }),
            says: /performanceInsightsKmsKeyId is not known yet, and does not come from a KMS key of this stack alone/,
            modes: atFirst,
        },
        {
            rule: "database-forces-tls",
            what: "a cluster parameter group by a literal name",
            change: set("database-cluster", { dbClusterParameterGroupName: "shared" }),
            says: /^database-cluster: cannot be proved: parameter groups that are not resources of this stack/,
            modes: always,
        },
        {
            rule: "database-not-public",
            what: "a server whose flag is not known yet",
            change: set("database-writer", { publiclyAccessible: something }),
            says: /^database-writer: cannot be proved: publiclyAccessible is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-in-isolated-subnets",
            what: "a cluster's subnet group by a literal name",
            change: set("database-cluster", { dbSubnetGroupName: "shared" }),
            says: /^database-cluster: cannot be proved: database-cluster → subnet groups that are not resources of this stack/,
            modes: always,
        },
        {
            rule: "database-behind-own-security-group",
            what: "a cluster behind a literal security group",
            change: set("database-cluster", {
                vpcSecurityGroupIds: [ref("database-access-security-group"), "sg-0123"],
            }),
            says: /^database-cluster: cannot be proved: security groups that are not resources of this stack/,
            modes: always,
        },
    ],
});
