import * as aws from "@pulumi/aws";
import { type ForeignCases, keyed, later, on, together } from "./foreign";

export const ssm: ForeignCases = {
    "parameter-secret-secure": on(aws.ssm.Parameter, {
        sound: [
            { name: "/app/db-password", type: "SecureString", value: "hunter2" },
            { name: "/app/table", type: "String", value: "orders" },
            { name: "/app/db-secret", type: "String", value: "arn:aws:secretsmanager:eu-west-1:1:secret:db" },
        ],
        bad: [
            [
                /type is String, and it holds a secret by its name/,
                { name: "/app/db-password", type: "String", value: "hunter2" },
            ],
            [
                /type is String, and it holds a secret by its value/,
                { name: "/app/url", type: "String", value: "postgres://a:b@c/d" },
            ],
        ],
        unproved: [[/type is not known yet/, { name: "/app/db-password", type: later, value: "hunter2" }]],
    }),
    "parameter-encrypted-with-customer-key": together(
        keyed(aws.ssm.Parameter, "keyId", { type: "SecureString" }),
        on(aws.ssm.Parameter, { sound: [{ type: "String" }], bad: [], unproved: [] }),
    ),
    "document-not-public": on(aws.ssm.Document, {
        sound: [{}, { permissions: { type: "Share", accountIds: "123456789012" } }],
        bad: [[/everybody may use it/, { permissions: { type: "Share", accountIds: "All" } }]],
        unproved: [[/permissions is not known yet/, { permissions: later }]],
    }),
};
