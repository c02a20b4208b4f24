import * as aws from "@pulumi/aws";
import { type ForeignCases, later, on, together } from "./foreign";

export const otherAccess: ForeignCases = {
    "service-not-publicly-accessible": together(
        on(aws.rds.ShardGroup, {
            sound: [{}, { publiclyAccessible: false }],
            bad: [[/publiclyAccessible is true/, { publiclyAccessible: true }]],
            unproved: [[/publiclyAccessible is not known yet/, { publiclyAccessible: later }]],
        }),
        on(aws.neptunegraph.Graph, {
            sound: [{ publicConnectivity: false }],
            bad: [[/publicConnectivity is true/, { publicConnectivity: true }]],
            unproved: [],
        }),
    ),
    "transfer-server-in-vpc": on(aws.transfer.Server, {
        sound: [{ endpointType: "VPC" }],
        bad: [
            [/endpointType is not set/, {}],
            [/endpointType is PUBLIC, not VPC/, { endpointType: "PUBLIC" }],
        ],
        unproved: [],
    }),
    "transfer-server-encrypted": on(aws.transfer.Server, {
        sound: [{}, { protocols: ["SFTP", "FTPS"] }],
        bad: [[/protocols includes FTP/, { protocols: ["SFTP", "FTP"] }]],
        unproved: [[/protocols is not known yet/, { protocols: [later] }]],
    }),
    "kafka-connector-encrypted": on(aws.mskconnect.Connector, {
        sound: [{ kafkaClusterEncryptionInTransit: { encryptionType: "TLS" } }],
        bad: [
            [
                /encryptionType is PLAINTEXT, not TLS/,
                { kafkaClusterEncryptionInTransit: { encryptionType: "PLAINTEXT" } },
            ],
        ],
        unproved: [[/encryptionType is not known yet/, { kafkaClusterEncryptionInTransit: { encryptionType: later } }]],
    }),
    "resource-share-within-organisation": on(aws.ram.ResourceShare, {
        sound: [{}, { allowExternalPrincipals: false }],
        bad: [[/allowExternalPrincipals is true/, { allowExternalPrincipals: true }]],
        unproved: [],
    }),
    "guardduty-enabled": on(aws.guardduty.Detector, {
        sound: [{}, { enable: true }],
        bad: [[/enable is false, not true/, { enable: false }]],
        unproved: [],
    }),
    "state-machine-logged": on(aws.sfn.StateMachine, {
        sound: [
            {
                loggingConfiguration: {
                    level: "ERROR",
                    logDestination: "arn:aws:logs:eu-west-1:123456789012:log-group:a:*",
                },
            },
        ],
        bad: [
            [/loggingConfiguration.level is not set/, {}],
            [/level is OFF, not ALL/, { loggingConfiguration: { level: "OFF", logDestination: "arn" } }],
        ],
        unproved: [],
    }),
};
