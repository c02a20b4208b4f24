import * as aws from "@pulumi/aws";
import { type ForeignCases, later, on, policy, together } from "./foreign";

const anyone = { Sid: "Anyone", Effect: "Allow", Principal: { AWS: "*" }, Action: "*", Resource: "*" };
const named = { ...anyone, Principal: { AWS: "arn:aws:iam::123456789012:root" } };

export const resourcePolicies: ForeignCases = {
    "resource-policy-not-public": together(
        on(aws.ecr.RegistryPolicy, {
            sound: [{ policy: policy(named) }],
            bad: [[/"Anyone" of its policy allows public access/, { policy: policy(anyone) }]],
            unproved: [[/its policy is not known yet/, { policy: later }]],
        }),
        on(aws.codeartifact.DomainPermissions, {
            sound: [{ policyDocument: policy(named) }],
            bad: [[/"Anyone" of its policy allows public access/, { policyDocument: policy(anyone) }]],
            unproved: [],
        }),
        on(aws.glacier.Vault, {
            sound: [{}],
            bad: [[/"Anyone" of its policy allows public access/, { accessPolicy: policy(anyone) }]],
            unproved: [],
        }),
        on(aws.s3tables.TablePolicy, {
            sound: [],
            bad: [[/"Anyone" of its policy allows public access/, { resourcePolicy: policy(anyone) }]],
            unproved: [],
        }),
    ),
};
