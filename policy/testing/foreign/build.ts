import * as aws from "@pulumi/aws";
import { type ForeignCases, keyed, later, on } from "./foreign";

const variable = (of: Readonly<Record<string, string | typeof later>>) => ({
    environment: { environmentVariables: [of] },
});

export const build: ForeignCases = {
    "build-not-privileged": on(aws.codebuild.Project, {
        sound: [{}, { environment: { privilegedMode: false } }],
        bad: [[/environment.privilegedMode is true/, { environment: { privilegedMode: true } }]],
        unproved: [[/privilegedMode is not known/, { environment: { privilegedMode: later } }]],
    }),
    "build-variables-without-secrets": on(aws.codebuild.Project, {
        sound: [
            {},
            variable({ name: "DB_PASSWORD", type: "SECRETS_MANAGER", value: "db:password" }),
            variable({ name: "STAGE", value: "dev" }),
        ],
        bad: [
            [/DB_PASSWORD has a literal value/, variable({ name: "DB_PASSWORD", value: "hunter2" })],
            [/AWS_ACCESS_KEY_ID has a literal value/, variable({ name: "AWS_ACCESS_KEY_ID", value: "x" })],
        ],
        unproved: [[/environmentVariables is not known/, { environment: { environmentVariables: later } }]],
    }),
    "build-artifacts-encrypted": on(aws.codebuild.Project, {
        sound: [{ artifacts: { type: "NO_ARTIFACTS" } }],
        bad: [[/artifacts.encryptionDisabled is true/, { artifacts: { type: "S3", encryptionDisabled: true } }]],
        unproved: [[/encryptionDisabled is not known/, { artifacts: { encryptionDisabled: later } }]],
    }),
    "build-logged": on(aws.codebuild.Project, {
        sound: [{}, { logsConfig: { s3Logs: { status: "ENABLED" }, cloudwatchLogs: { status: "DISABLED" } } }],
        bad: [[/logsConfig.s3Logs.status is not set/, { logsConfig: { cloudwatchLogs: { status: "DISABLED" } } }]],
        unproved: [],
    }),
    "build-encrypted-with-customer-key": keyed(aws.codebuild.Project, "encryptionKey"),
};
