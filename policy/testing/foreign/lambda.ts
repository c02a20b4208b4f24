import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, keyed, later, type made, on, policy, together } from "./foreign";

const password: ReturnType<typeof made> = {
    type: "random:index/randomPassword:RandomPassword",
    name: "password",
    props: { result: "hunter2" },
};
const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db";
const secret: typeof password = { type: "aws:secretsmanager/secret:Secret", name: "secret", props: { arn } };
const variables = (one: Readonly<Record<string, string | typeof later>>) => ({ environment: { variables: one } });
const anyone = { Sid: "Anyone", Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction", Resource: "*" };

export const lambda: ForeignCases = {
    "function-url-authenticated": on(aws.lambda.FunctionUrl, {
        sound: [{ authorizationType: "AWS_IAM" }],
        bad: [[/authorizationType is NONE, so everybody may call it/, { authorizationType: "NONE" }]],
        unproved: [[/authorizationType is not known yet/, { authorizationType: later }]],
    }),
    "function-permission-narrow": together(
        on(aws.lambda.Permission, {
            sound: [
                { principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::data" },
                { principal: "events.amazonaws.com", sourceArn: later },
                { principal: "123456789012" },
                { principal: "*", principalOrgId: "o-1" },
                { principal: "alexa-appkit.amazon.com", eventSourceToken: "amzn1.ask.skill.1" },
            ],
            bad: [
                [/everybody may use it/, { principal: "*" }],
                [/everybody may call its URL/, { principal: "*", functionUrlAuthType: "NONE" }],
                [/s3.amazonaws.com may call it for every account/, { principal: "s3.amazonaws.com" }],
                [/sourceArn names every resource/, { principal: "events.amazonaws.com", sourceArn: "*" }],
            ],
            unproved: [[/principal is not known yet/, { principal: later }]],
        }),
        on(aws.lambda.LayerVersionPermission, {
            sound: [{ principal: "*", organizationId: "o-1" }],
            bad: [[/everybody may use it/, { principal: "*" }]],
            unproved: [],
        }),
    ),
    "function-policy-not-public": on(aws.lambda.ResourcePolicy, {
        sound: [{ policy: policy({ ...anyone, Principal: { AWS: "123456789012" } }) }],
        bad: [[/"Anyone" of its policy allows public/, { policy: policy(anyone) }]],
        unproved: [[/its policy is not known yet/, { policy: later }]],
    }),
    "function-variables-without-secrets": together(
        on(aws.lambda.Function, {
            sound: [
                {},
                variables({
                    TABLE: "orders",
                    DB_SECRET_ARN: arn,
                }),
                variables({ DB_SECRET: arn, URL: later }),
            ],
            bad: [
                [/DB_PASSWORD has a literal value/, variables({ DB_PASSWORD: "hunter2" })],
                [/ID is an access key of AWS/, variables({ ID: "AKIAIOSFODNN7EXAMPLE" })],
                [/DATABASE_URL is a URL with a password/, variables({ DATABASE_URL: "postgres://app:hunter2@db/app" })],
            ],
            unproved: [
                [/DB_PASSWORD is not known yet/, variables({ DB_PASSWORD: later })],
                [/environment.variables is not known yet/, { environment: later }],
            ],
        }),
        on(
            aws.lambda.Function,
            {
                sound: [variables({ DB_SECRET: ref("secret", "arn") })],
                bad: [[/PW comes from the secret password/, variables({ PW: ref("password", "result") })]],
                unproved: [],
            },
            ...[password, secret],
        ),
    ),
    "function-variables-encrypted-with-customer-key": together(
        keyed(aws.lambda.Function, "kmsKeyArn", variables({ A: "b" })),
        on(aws.lambda.Function, { sound: [{}], bad: [], unproved: [] }),
    ),
    "function-in-vpc": on(aws.lambda.Function, {
        sound: [{ vpcConfig: { subnetIds: [later], securityGroupIds: [later] } }],
        bad: [[/vpcConfig.subnetIds is not set/, {}]],
        unproved: [],
    }),
    "function-traced": on(aws.lambda.Function, {
        sound: [{ tracingConfig: { mode: "Active" } }],
        bad: [
            [/tracingConfig.mode is not set/, {}],
            [/is not Active/, { tracingConfig: { mode: "PassThrough" } }],
        ],
        unproved: [[/tracingConfig.mode is not known yet/, { tracingConfig: later }]],
    }),
    "function-runtime-supported": on(aws.lambda.Function, {
        sound: [{ runtime: "nodejs22.x" }, { packageType: "Image" }],
        bad: [[/runtime is python3.7/, { runtime: "python3.7" }]],
        unproved: [[/runtime is not known yet/, { runtime: later }]],
    }),
};
