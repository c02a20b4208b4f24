import * as aws from "@pulumi/aws";
import { type ForeignCases, later, on, policy, together } from "./foreign";

const anyone = { Sid: "Anyone", Effect: "Allow", Principal: "*", Action: "glue:*", Resource: "*" };
const results = (encryptionOption: string | typeof later, more: object = {}) => ({
    configuration: { resultConfiguration: { encryptionConfiguration: { encryptionOption } }, ...more },
});
const catalog = (catalogEncryptionMode: string | typeof later, returnConnectionPasswordEncrypted = true) => ({
    dataCatalogEncryptionSettings: {
        encryptionAtRest: { catalogEncryptionMode },
        connectionPasswordEncryption: { returnConnectionPasswordEncrypted },
    },
});
const security = (s3EncryptionMode: string | typeof later) => ({
    encryptionConfiguration: {
        cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS" },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS" },
        s3Encryption: { s3EncryptionMode },
    },
});

export const analytics: ForeignCases = {
    "athena-results-encrypted": on(aws.athena.Workgroup, {
        sound: [results("SSE_S3"), results("SSE_KMS", { enforceWorkgroupConfiguration: true })],
        bad: [
            [/encryptionOption is not set/, {}],
            [/enforceWorkgroupConfiguration is false/, results("SSE_S3", { enforceWorkgroupConfiguration: false })],
        ],
        unproved: [[/encryptionOption is not known yet/, results(later)]],
    }),
    "athena-database-encrypted": on(aws.athena.Database, {
        sound: [{ encryptionConfiguration: { encryptionOption: "SSE_S3" } }],
        bad: [[/encryptionOption is not set/, {}]],
        unproved: [[/encryptionOption is not known/, { encryptionConfiguration: { encryptionOption: later } }]],
    }),
    "glue-catalog-encrypted": on(aws.glue.DataCatalogEncryptionSettings, {
        sound: [catalog("SSE-KMS")],
        bad: [
            [/catalogEncryptionMode is DISABLED/, catalog("DISABLED")],
            [/returnConnectionPasswordEncrypted is false/, catalog("SSE-KMS", false)],
        ],
        unproved: [[/catalogEncryptionMode is not known/, catalog(later)]],
    }),
    "glue-security-complete": on(aws.glue.SecurityConfiguration, {
        sound: [security("SSE-S3")],
        bad: [[/s3EncryptionMode is DISABLED/, security("DISABLED")]],
        unproved: [[/s3EncryptionMode is not known/, security(later)]],
    }),
    "glue-security-configured": on(aws.glue.Job, {
        sound: [{ securityConfiguration: later }],
        bad: [[/securityConfiguration is not set/, {}]],
        unproved: [],
    }),
    "glue-arguments-without-secrets": together(
        on(aws.glue.Job, {
            sound: [{ defaultArguments: { "--job-language": "python" } }],
            bad: [[/db-password has a literal value/, { defaultArguments: { "--db-password": "hunter2" } }]],
            unproved: [[/defaultArguments is not known/, { defaultArguments: later }]],
        }),
        on(aws.glue.Connection, {
            sound: [{ connectionProperties: { SECRET_ID: "db", USERNAME: "app" } }],
            bad: [[/PASSWORD has a literal value/, { connectionProperties: { PASSWORD: "hunter2" } }]],
            unproved: [],
        }),
    ),
    "glue-policy-not-public": on(aws.glue.ResourcePolicy, {
        sound: [{ policy: policy({ ...anyone, Principal: { AWS: "123456789012" } }) }],
        bad: [[/"Anyone" of its policy/, { policy: policy(anyone) }]],
        unproved: [[/its policy is not known/, { policy: later }]],
    }),
    "notebook-private": on(aws.sagemaker.NotebookInstance, {
        sound: [{ directInternetAccess: "Disabled", rootAccess: "Disabled" }],
        bad: [[/directInternetAccess is not set; rootAccess is not set/, {}]],
        unproved: [[/rootAccess is not known/, { directInternetAccess: "Disabled", rootAccess: later }]],
    }),
    "emr-public-access-blocked": on(aws.emr.BlockPublicAccessConfiguration, {
        sound: [{ blockPublicSecurityGroupRules: true }],
        bad: [[/blockPublicSecurityGroupRules is false/, { blockPublicSecurityGroupRules: false }]],
        unproved: [[/blockPublicSecurityGroupRules is not known/, { blockPublicSecurityGroupRules: later }]],
    }),
    "broker-not-public": on(aws.mq.Broker, {
        sound: [{}],
        bad: [[/publiclyAccessible is true/, { publiclyAccessible: true }]],
        unproved: [[/publiclyAccessible is not known/, { publiclyAccessible: later }]],
    }),
};
