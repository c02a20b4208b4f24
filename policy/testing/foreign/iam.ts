import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, later, made, on, policy, together } from "./foreign";

const allow = (Action: string | string[], Resource: string | string[], more: object = {}) =>
    policy({ Effect: "Allow", Action, Resource, ...more });
const bucket = "arn:aws:s3:::data/*";
const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
const own = made(aws.iam.Policy, "own", { policy: allow("s3:GetObject", bucket) });

export const iam: ForeignCases = {
    "iam-policy-without-administration": together(
        on(aws.iam.Policy, {
            sound: [
                { policy: allow("s3:*", bucket) },
                { policy: allow(["ec2:Describe*", "s3:ListAllMyBuckets"], "*") },
                { policy: allow("iam:PassRole", "arn:aws:iam::123456789012:role/task") },
                {
                    policy: allow("iam:PassRole", "*", {
                        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
                    }),
                },
                { policy: policy({ Effect: "Deny", Action: "*", Resource: "*" }) },
                { policy: allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:123456789012:function:app") },
                {},
            ],
            bad: [
                [/statement number 1 of its policy allows every action on every resource/, { policy: allow("*", "*") }],
                [/"All" of its policy allows every action/, { policy: allow(["*:*"], ["*"], { Sid: "All" }) }],
                [/allows every action/, { policy: policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }) }],
                [/allows iam:PassRole on every resource/, { policy: allow(["ec2:RunInstances", "iam:PassRole"], "*") }],
                [/allows iam:AttachRolePolicy on/, { policy: allow("iam:AttachR*", "arn:aws:iam::*:role/*") }],
                [
                    /allows iam:PassRole, iam:CreateAccessKey, iam:CreateLoginProfile and 11 more/,
                    { policy: allow("iam:*", "*") },
                ],
                [/allows sts:AssumeRole on every resource/, { policy: allow("sts:AssumeRole", "*") }],
                [/every action on every resource/, { policy: allow("**", "*?*") }],
                [/every action on every resource/, { policy: allow("*", "arn:aws:*") }],
                [/allows ssm:SendCommand on every/, { policy: allow("ssm:SendCommand", "*") }],
                [
                    /allows iam:PassRole on every resource/,
                    {
                        policy: allow("iam:PassRole", "*", {
                            Condition: { StringLike: { "iam:PassedToService": "*" } },
                        }),
                    },
                ],
                [
                    /allows iam:PassRole on every resource/,
                    {
                        policy: allow("iam:PassRole", "*", {
                            Condition: { Bool: { "aws:SecureTransport": "true" } },
                        }),
                    },
                ],
            ],
            unproved: [
                [/its policy is not known yet/, { policy: later }],
                [
                    /its policy is not known yet/,
                    {
                        policy: {
                            Version: "2012-10-17",
                            Statement: [{ Effect: "Allow", Action: "s3:*", Resource: later }],
                        },
                    },
                ],
            ],
        }),
        on(aws.iam.RolePolicy, { sound: [{ policy: ref("own", "policy") }], bad: [], unproved: [] }, own),
        on(aws.iam.RolePolicy, {
            sound: [],
            bad: [[/every action on every/, { policy: allow("*", "*") }]],
            unproved: [],
        }),
        on(aws.iam.Role, {
            sound: [{}],
            bad: [[/every action on every/, { inlinePolicies: [{ name: "all", policy: allow("*", "*") }] }]],
            unproved: [],
        }),
    ),
    "iam-policy-names-secrets": on(aws.iam.Policy, {
        sound: [
            {
                policy: allow(
                    "secretsmanager:GetSecretValue",
                    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-*",
                ),
            },
            {
                policy: allow("kms:Decrypt", "*", {
                    Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
                }),
            },
        ],
        bad: [
            [/allows secretsmanager:GetSecretValue on every/, { policy: allow("secretsmanager:Get*", "*") }],
            [/allows kms:Decrypt/, { policy: allow("kms:Decrypt", "arn:aws:kms:*:123456789012:key/*") }],
            [
                /allows kms:Decrypt/,
                { policy: allow("kms:Decrypt", "*", { Condition: { StringNotEquals: { "kms:ViaService": "x" } } }) },
            ],
        ],
        unproved: [[/its policy is not known yet/, { policy: later }]],
        unprovedBy: "iam-policy-without-administration",
    }),
    "iam-policy-names-actions": on(aws.iam.Policy, {
        sound: [{ policy: allow(["s3:GetObject", "s3:List*"], bucket) }],
        bad: [[/allows s3:\*, sqs:\*/, { policy: allow(["s3:*", "sqs:*"], bucket) }]],
        unproved: [[/its policy is not known yet/, { policy: later }]],
        unprovedBy: "iam-policy-without-administration",
    }),
    "iam-attachment-without-administration": together(
        on(aws.iam.RolePolicyAttachment, {
            sound: [{ policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" }],
            bad: [[/it attaches AdministratorAccess/, { policyArn: admin }]],
            unproved: [[/policyArn is not known yet/, { policyArn: later }]],
        }),
        on(aws.iam.RolePolicyAttachment, { sound: [{ policyArn: ref("own", "arn") }], bad: [], unproved: [] }, own),
        on(aws.iam.Role, {
            sound: [{}],
            bad: [[/it attaches IAMFullAccess/, { managedPolicyArns: ["arn:aws:iam::aws:policy/IAMFullAccess"] }]],
            unproved: [],
        }),
        on(aws.iam.UserPolicyAttachment, {
            sound: [],
            bad: [[/AdministratorAccess/, { policyArn: admin }]],
            unproved: [],
        }),
        on(aws.ssoadmin.ManagedPolicyAttachment, {
            sound: [],
            bad: [[/Administrator/, { managedPolicyArn: admin }]],
            unproved: [],
        }),
    ),
    "iam-user-without-policies": together(
        on(aws.iam.UserPolicyAttachment, {
            sound: [],
            bad: [[/user is set/, { user: "jo" }]],
            unproved: [[/user is not known/, { user: later }]],
        }),
        on(aws.iam.PolicyAttachment, {
            sound: [{ roles: ["app"] }],
            bad: [[/users is set/, { users: ["jo"] }]],
            unproved: [],
        }),
    ),
    "iam-user-without-keys": on(aws.iam.AccessKey, {
        sound: [{ status: "Inactive" }],
        bad: [[/it is a key that does not expire/, { user: "jo" }]],
        unproved: [[/status is not known yet/, { status: later }]],
    }),
    "iam-passwords-strong": on(aws.iam.AccountPasswordPolicy, {
        sound: [
            {
                ...{ minimumPasswordLength: 14, passwordReusePrevention: 24, requireLowercaseCharacters: true },
                ...{ requireUppercaseCharacters: true, requireNumbers: true, requireSymbols: true },
            },
        ],
        bad: [
            [
                /minimumPasswordLength is 8, less than 14; passwordReusePrevention is not set/,
                { minimumPasswordLength: 8 },
            ],
        ],
        unproved: [
            [
                /minimumPasswordLength is not known/,
                {
                    ...{ minimumPasswordLength: later, passwordReusePrevention: 24, requireLowercaseCharacters: true },
                    ...{ requireUppercaseCharacters: true, requireNumbers: true, requireSymbols: true },
                },
            ],
        ],
    }),
};
