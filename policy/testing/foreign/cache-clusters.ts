import * as aws from "@pulumi/aws";
import { type ForeignCases, keyed, later, on, together } from "./foreign";

export const cacheClusters: ForeignCases = {
    "cache-cluster-encrypted-in-transit": together(
        on(aws.elasticache.Cluster, {
            sound: [{ engine: "memcached", transitEncryptionEnabled: true }, { replicationGroupId: later }],
            bad: [
                [/transitEncryptionEnabled is not set/, { engine: "memcached" }],
                [/a cluster of redis has neither TLS nor encryption at rest/, { engine: "redis" }],
            ],
            unproved: [[/engine is not known yet/, { engine: later }]],
        }),
        on(aws.memorydb.Cluster, { sound: [{}], bad: [[/tlsEnabled is false/, { tlsEnabled: false }]], unproved: [] }),
    ),
    "cache-cluster-in-own-subnets": together(
        on(aws.elasticache.Cluster, {
            sound: [{ subnetGroupName: "data" }, { subnetGroupName: later }],
            bad: [
                [/subnetGroupName is not set/, {}],
                [/subnetGroupName is default/, { subnetGroupName: "default" }],
            ],
            unproved: [],
        }),
        on(aws.elasticache.ServerlessCache, {
            sound: [{ subnetIds: [later] }],
            bad: [[/subnetIds is not set/, {}]],
            unproved: [],
        }),
    ),
    "cache-cluster-authenticated": together(
        on(aws.elasticache.ServerlessCache, {
            sound: [{ engine: "valkey", userGroupId: later }, { engine: "memcached" }],
            bad: [[/userGroupId is not set/, { engine: "redis" }]],
            unproved: [[/engine is not known yet/, { engine: later }]],
        }),
        on(aws.memorydb.Cluster, {
            sound: [{ aclName: "app" }],
            bad: [[/aclName is open-access/, { aclName: "open-access" }]],
            unproved: [[/aclName is not known yet/, { aclName: later }]],
        }),
    ),
    "cache-backed-up": on(aws.elasticache.ServerlessCache, {
        sound: [{ engine: "valkey", snapshotRetentionLimit: 7 }, { engine: "memcached" }],
        bad: [[/snapshotRetentionLimit is not set/, { engine: "valkey" }]],
        unproved: [],
    }),
    "cache-cluster-encrypted-with-customer-key": keyed(aws.elasticache.ServerlessCache, "kmsKeyId"),
    "memory-database-encrypted-with-customer-key": keyed(aws.memorydb.Cluster, "kmsKeyArn"),
};
