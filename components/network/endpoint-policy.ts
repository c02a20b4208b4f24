import * as pulumi from "@pulumi/pulumi";
import type { AwsContext } from "../aws-context";
import { type PolicyStatement, policyDocument } from "../policy-document";

/**
 * What may pass through a VPC endpoint: requests of the account's own identities, so that nobody's own credentials carry
 * data out, and the few that are nobody's.
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/vpc_endpoint_policies
 */
export function endpointPolicy(service: string, where: AwsContext): pulumi.Output<string> {
    const own: PolicyStatement = {
        Sid: "AllowOwnIdentities",
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": where.accountId } },
    };
    return policyDocument(own, ...(exceptions[service]?.(where) ?? []));
}

const exceptions: Record<string, (where: AwsContext) => PolicyStatement[]> = {
    // Whoever exchanges a token for a role, as pods do, is nobody's identity until then.
    sts: ({ accountId }) => [
        {
            Sid: "AllowTokensForOwnRoles",
            Effect: "Allow",
            Principal: "*",
            Action: ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"],
            Resource: "*",
            Condition: { StringEquals: { "aws:ResourceAccount": accountId } },
        },
    ],
    // The layers of ECR's and of the Kubernetes project's images and the packages of Amazon Linux are in buckets of others, and
    // read without an identity. https://github.com/kubernetes/registry.k8s.io
    s3: ({ partition, region }) => [
        {
            Sid: "AllowImagesAndPackages",
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: [
                pulumi.interpolate`arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`,
                pulumi.interpolate`arn:${partition}:s3:::prod-registry-k8s-io-${region}/*`,
                pulumi.interpolate`arn:${partition}:s3:::al2023-repos-${region}-de612dc2/*`,
                pulumi.interpolate`arn:${partition}:s3:::amazonlinux-2-repos-${region}/*`,
            ],
        },
    ],
};
