import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, later, made, on } from "./foreign";

const secret = made(aws.secretsmanager.Secret, "secret", {});
const queue = made(aws.sqs.Queue, "jobs", {});
const redrive = (target: typeof later) =>
    made(aws.sqs.RedrivePolicy, "redrive", { queueUrl: ref("jobs"), redrivePolicy: target });
const encrypted = { rootVolumeEncryptionEnabled: true, userVolumeEncryptionEnabled: true };
const role = "arn:aws:iam::123456789012:role/app";

export const applications: ForeignCases = {
    "workspace-encrypted": on(aws.workspaces.Workspace, {
        sound: [encrypted],
        bad: [[/rootVolumeEncryptionEnabled is not set; userVolumeEncryptionEnabled is not set/, {}]],
        unproved: [[/rootVolumeEncryptionEnabled is not known/, { ...encrypted, rootVolumeEncryptionEnabled: later }]],
    }),
    "graphql-cache-encrypted": on(aws.appsync.ApiCache, {
        sound: [{ atRestEncryptionEnabled: true, transitEncryptionEnabled: true }],
        bad: [[/transitEncryptionEnabled is not set/, { atRestEncryptionEnabled: true }]],
        unproved: [
            [
                /transitEncryptionEnabled is not known/,
                { atRestEncryptionEnabled: true, transitEncryptionEnabled: later },
            ],
        ],
    }),
    "graphql-authenticated": on(aws.appsync.GraphQLApi, {
        sound: [{ authenticationType: "AWS_IAM" }],
        bad: [[/authenticationType is API_KEY/, { authenticationType: "API_KEY" }]],
        unproved: [],
    }),
    "graphql-logged": on(aws.appsync.GraphQLApi, {
        sound: [{ logConfig: { fieldLogLevel: "ERROR" } }],
        bad: [
            [/logConfig.fieldLogLevel is not set/, {}],
            [/is NONE/, { logConfig: { fieldLogLevel: "NONE" } }],
        ],
        unproved: [],
    }),
    "identity-pool-refuses-guests": on(aws.cognito.IdentityPool, {
        sound: [{}, { allowUnauthenticatedIdentities: false }],
        bad: [[/allowUnauthenticatedIdentities is true/, { allowUnauthenticatedIdentities: true }]],
        unproved: [[/allowUnauthenticatedIdentities is not known/, { allowUnauthenticatedIdentities: later }]],
    }),
    "user-pool-passwords-strong": on(aws.cognito.UserPool, {
        sound: [{ userPoolAddOns: { advancedSecurityMode: "ENFORCED" }, passwordPolicy: { minimumLength: 12 } }],
        bad: [
            [
                /minimumLength is 6, less than 8; userPoolAddOns.advancedSecurityMode is not set/,
                { passwordPolicy: { minimumLength: 6 } },
            ],
        ],
        unproved: [],
    }),
    "secret-rotated": {
        sound: [[secret, made(aws.secretsmanager.SecretRotation, "rotation", { secretId: ref("secret") })]],
        bad: [[/it has no rotation/, secret]],
        unproved: [],
    },
    "queue-has-dead-letters": {
        sound: [
            [made(aws.sqs.Queue, "jobs", { redrivePolicy: later })],
            [queue, redrive(later)],
            [queue, made(aws.sqs.Queue, "dead", {}), redrive(ref("dead", "arn"))],
        ],
        bad: [[/it has no queue for dead letters/, queue]],
        unproved: [],
    },
    "key-grant-narrow": on(aws.kms.Grant, {
        sound: [
            { granteePrincipal: role, operations: ["Decrypt"] },
            {
                granteePrincipal: role,
                operations: ["CreateGrant"],
                constraints: [{ encryptionContextEquals: { app: "a" } }],
            },
        ],
        bad: [
            [
                /operations includes CreateGrant without constraints/,
                { granteePrincipal: role, operations: ["CreateGrant"] },
            ],
            [
                /granteePrincipal is a whole account/,
                { granteePrincipal: "arn:aws:iam::123456789012:root", operations: ["Decrypt"] },
            ],
        ],
        unproved: [[/operations is not known/, { granteePrincipal: role, operations: later }]],
    }),
};
