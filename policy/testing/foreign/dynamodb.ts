import * as aws from "@pulumi/aws";
import { type ForeignCases, keyed, later, on, policy } from "./foreign";

const anyone = { Sid: "Anyone", Effect: "Allow", Principal: "*", Action: "dynamodb:*", Resource: "*" };

export const dynamodb: ForeignCases = {
    "table-policy-not-public": on(aws.dynamodb.ResourcePolicy, {
        sound: [{ policy: policy({ ...anyone, Principal: { AWS: "arn:aws:iam::123456789012:root" } }) }],
        bad: [[/"Anyone" of its policy allows public access/, { policy: policy(anyone) }]],
        unproved: [[/its policy is not known yet/, { policy: later }]],
    }),
    "table-recoverable": on(aws.dynamodb.Table, {
        sound: [{ pointInTimeRecovery: { enabled: true } }],
        bad: [
            [/pointInTimeRecovery.enabled is not set/, {}],
            [/enabled is false/, { pointInTimeRecovery: { enabled: false } }],
        ],
        unproved: [[/enabled is not known yet/, { pointInTimeRecovery: { enabled: later } }]],
    }),
    "table-deletion-protected": on(aws.dynamodb.Table, {
        sound: [{ deletionProtectionEnabled: true }],
        bad: [[/deletionProtectionEnabled is not set/, {}]],
        unproved: [[/deletionProtectionEnabled is not known/, { deletionProtectionEnabled: later }]],
    }),
    "table-encrypted-with-customer-key": keyed(aws.dynamodb.Table, "serverSideEncryption.kmsKeyArn"),
    "accelerator-encrypted-at-rest": on(aws.dax.Cluster, {
        sound: [{ serverSideEncryption: { enabled: true } }],
        bad: [[/serverSideEncryption.enabled is not set/, {}]],
        unproved: [[/serverSideEncryption.enabled is not known/, { serverSideEncryption: { enabled: later } }]],
    }),
    "accelerator-encrypted-in-transit": on(aws.dax.Cluster, {
        sound: [{ clusterEndpointEncryptionType: "TLS" }],
        bad: [
            [/clusterEndpointEncryptionType is not set/, {}],
            [/is NONE/, { clusterEndpointEncryptionType: "NONE" }],
        ],
        unproved: [[/clusterEndpointEncryptionType is not known/, { clusterEndpointEncryptionType: later }]],
    }),
};
