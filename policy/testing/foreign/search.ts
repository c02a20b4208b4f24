import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, keyed, later, made, on, policy, together } from "./foreign";

const anyone = { Sid: "Anyone", Effect: "Allow", Principal: { AWS: "*" }, Action: "es:*", Resource: "*" };
const endpoint = (of: object) => ({
    domainEndpointOptions: { tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10", ...of },
});
const withUsers = { advancedSecurityOptions: { enabled: true }, vpcOptions: { subnetIds: ["subnet-1"] } };
const inVpc = { vpcOptions: { subnetIds: [later] } };
const logs = (...types: string[]) => ({
    logPublishingOptions: types.map((logType) => ({ logType, cloudwatchLogGroupArn: "arn" })),
});
const network = (AllowFromPublic: boolean) => ({
    type: "network",
    policy: JSON.stringify([{ Rules: [], AllowFromPublic }]),
});

export const search: ForeignCases = {
    "search-encrypted-at-rest": together(
        on(aws.opensearch.Domain, {
            sound: [{ encryptAtRest: { enabled: true } }],
            bad: [
                [/encryptAtRest.enabled is not set/, {}],
                [/enabled is false/, { encryptAtRest: { enabled: false } }],
            ],
            unproved: [[/encryptAtRest.enabled is not known/, { encryptAtRest: { enabled: later } }]],
        }),
        on(aws.elasticsearch.Domain, { sound: [], bad: [[/encryptAtRest.enabled is not set/, {}]], unproved: [] }),
    ),
    "search-encrypted-between-nodes": on(aws.opensearch.Domain, {
        sound: [{ nodeToNodeEncryption: { enabled: true } }],
        bad: [[/nodeToNodeEncryption.enabled is not set/, {}]],
        unproved: [[/nodeToNodeEncryption.enabled is not known/, { nodeToNodeEncryption: { enabled: later } }]],
    }),
    "search-https-only": on(aws.opensearch.Domain, {
        sound: [endpoint({ enforceHttps: true }), endpoint({})],
        bad: [
            [/enforceHttps is false/, endpoint({ enforceHttps: false })],
            [/tlsSecurityPolicy is not set/, {}],
        ],
        unproved: [[/enforceHttps is not known/, endpoint({ enforceHttps: later })]],
    }),
    "search-in-vpc": on(aws.opensearch.Domain, {
        sound: [inVpc],
        bad: [[/vpcOptions.subnetIds is not set/, {}]],
        unproved: [[/vpcOptions is not known yet/, { vpcOptions: later }]],
    }),
    "search-policy-not-public": together(
        on(aws.opensearch.Domain, {
            sound: [
                {},
                { accessPolicies: policy({ ...anyone, Principal: { AWS: "arn:aws:iam::123456789012:role/app" } }) },
                { ...withUsers, accessPolicies: policy(anyone) },
            ],
            bad: [[/"Anyone" of its policy allows public access/, { accessPolicies: policy(anyone) }]],
            unproved: [[/its policy is not known yet/, { accessPolicies: later }]],
        }),
        on(
            aws.opensearch.DomainPolicy,
            {
                sound: [{ domainName: ref("domain", "domainName"), accessPolicies: policy(anyone) }],
                bad: [[/"Anyone"/, { accessPolicies: policy(anyone) }]],
                unproved: [],
            },
            made(aws.opensearch.Domain, "domain", withUsers),
        ),
    ),
    "search-access-controlled": on(aws.opensearch.Domain, {
        sound: [withUsers],
        bad: [[/advancedSecurityOptions.enabled is not set/, {}]],
        unproved: [],
    }),
    "search-logged": on(aws.opensearch.Domain, {
        sound: [logs("ES_APPLICATION_LOGS", "AUDIT_LOGS")],
        bad: [
            [/does not include ES_APPLICATION_LOGS, AUDIT_LOGS/, {}],
            [/does not include AUDIT_LOGS/, logs("ES_APPLICATION_LOGS")],
        ],
        unproved: [[/logPublishingOptions is not known/, { logPublishingOptions: later }]],
    }),
    "search-collection-private": on(aws.opensearch.ServerlessSecurityPolicy, {
        sound: [network(false), { type: "encryption", policy: "{}" }],
        bad: [[/it admits the internet/, network(true)]],
        unproved: [[/policy is not known yet/, { type: "network", policy: later }]],
    }),
    "search-encrypted-with-customer-key": keyed(aws.opensearch.Domain, "encryptAtRest.kmsKeyId"),
};
