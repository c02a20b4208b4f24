import { both, set } from "../platform";
import { applied, Computed, ref } from "../stack";
import { always, atFirst, type Cases, something } from "./case";

export const databaseEncryption: Cases = {
    mutations: [
        {
            rule: "database-encrypted-at-rest",
            what: "encryption switched off",
            change: set("database-primary", { storageEncrypted: false }),
            says: /^database-(primary: storageEncrypted is false|replica-1: database-primary → storageEncrypted is false)/,
        },
        {
            rule: "database-encrypted-at-rest",
            what: "storageEncrypted not set",
            change: set("database-primary", { storageEncrypted: undefined }),
            says: /storageEncrypted is not set/,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "no key",
            change: set("database-primary", { kmsKeyId: undefined }),
            says: /kmsKeyId names (no key, so an AWS managed key would be used|a key that is not a resource)/,
            unprovedLater: true,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "an AWS managed key",
            change: set("database-primary", { kmsKeyId: "alias/aws/rds" }),
            says: /kmsKeyId names an AWS managed key/,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "Performance Insights without a key",
            change: set("database-primary", { performanceInsightsKmsKeyId: undefined }),
            says: /performanceInsightsKmsKeyId names (no key, so an AWS managed key would be used|a key that is not a resource)/,
            unprovedLater: true,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "a replica's Performance Insights without a key",
            change: set("database-replica-1", { performanceInsightsKmsKeyId: undefined }),
            says: /^database-replica-1: .*performanceInsightsKmsKeyId names (no key|a key that is not a resource)/,
            unprovedLater: true,
        },
        {
            rule: "database-master-secret-encrypted-with-customer-key",
            what: "a password that RDS manages with an AWS managed key",
            change: set("database-primary", { password: undefined, manageMasterUserPassword: true }),
            says: /masterUserSecretKmsKeyId names no key, so an AWS managed key would be used/,
        },
    ],
    unproved: [
        {
            rule: "database-encrypted-at-rest",
            what: "a flag not known yet",
            change: set("database-primary", { storageEncrypted: something }),
            says: /storageEncrypted is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-encrypted-at-rest",
            what: "a replica of a database outside the stack",
            change: set("database-replica-1", {
                replicateSourceDb: "plinth-prod-database",
                kmsKeyId: ref("database-encryption-key", "arn"),
                parameterGroupName: ref("database-parameter-group", "name"),
                dbSubnetGroupName: ref("database-subnet-group", "name"),
                vpcSecurityGroupIds: [ref("database-access-security-group")],
            }),
            says: /^database-replica-1: cannot be proved: source databases that are not resources of this stack/,
            modes: always,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "a key not known yet that is not a resource of the stack",
            change: set("database-primary", { kmsKeyId: something }),
            says: /kmsKeyId is not known yet, and does not come from a KMS key of this stack alone/,
            modes: atFirst,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "a choice between a key and something else",
            change: set("database-primary", {
                kmsKeyId: applied(["database-encryption-key", "network-nat-0"], ([key]) => key),
            }),
            says: /kmsKeyId is not known yet, and does not come from a KMS key of this stack alone/,
            modes: atFirst,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "another key in the place of the one it was computed from",
            change: set("database-primary", {
                kmsKeyId: new Computed(["database-encryption-key"], () => "arn:aws:kms:eu-west-1:111122223333:key/0"),
            }),
            says: /kmsKeyId names a key that is not a resource of this stack/,
            modes: always,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "an alias of a key or of something else",
            change: both(
                set("database-encryption-alias", {
                    targetKeyId: applied(["database-encryption-key", "network-nat-0"], ([key]) => key),
                }),
                set("database-primary", { kmsKeyId: ref("database-encryption-alias", "arn") }),
            ),
            says: /database-encryption-alias → targetKeyId is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "a literal key, which may be AWS managed",
            change: set("database-primary", { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0" }),
            says: /kmsKeyId names a key that is not a resource of this stack/,
            modes: always,
        },
        {
            rule: "database-encrypted-with-customer-key",
            what: "a replica under another provider, perhaps in another region, without a key",
            change: (resources) =>
                set("database-replica-1", {
                    kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/0",
                    parameterGroupName: ref("database-parameter-group", "name"),
                    dbSubnetGroupName: ref("database-subnet-group", "name"),
                    vpcSecurityGroupIds: [ref("database-access-security-group")],
                })(resources).map((one) =>
                    one.name === "database-replica-1" ? { ...one, provider: "frankfurt" } : one,
                ),
            says: /^database-replica-1: cannot be proved: kmsKeyId names a key that is not a resource/,
            modes: always,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "a key not known yet that is not a resource of the stack",
            change: set("database-primary", { performanceInsightsKmsKeyId: something }),
            says: /performanceInsightsKmsKeyId is not known yet, and does not come from a KMS key of this stack alone/,
            modes: atFirst,
        },
        {
            rule: "database-insights-encrypted-with-customer-key",
            what: "a literal key while it is unknown whether Performance Insights is on",
            change: set("database-primary", {
                performanceInsightsEnabled: something,
                performanceInsightsKmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0",
            }),
            says: /performanceInsightsKmsKeyId names a key that is not a resource of this stack/,
            modes: atFirst,
        },
        {
            rule: "database-master-secret-encrypted-with-customer-key",
            what: "a key not known yet that is not a resource of the stack",
            change: set("database-primary", { manageMasterUserPassword: true, masterUserSecretKmsKeyId: something }),
            says: /masterUserSecretKmsKeyId is not known yet, and does not come from a KMS key of this stack alone/,
            modes: atFirst,
        },
        {
            rule: "database-master-secret-encrypted-with-customer-key",
            what: "a literal key, which may be AWS managed",
            change: set("database-primary", {
                manageMasterUserPassword: true,
                masterUserSecretKmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0",
            }),
            says: /masterUserSecretKmsKeyId names a key that is not a resource of this stack/,
            modes: always,
        },
    ],
};
