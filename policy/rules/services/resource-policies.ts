import type { Rule } from "../../rule";
import { mustNotBePublic, onDocuments } from "../checks";
import { aws } from "../inputs";

/** Further resources whose access a policy decides, and the input with it. */
const documents: Readonly<Record<string, string>> = {
    [aws("acmpca/policy")]: "policy",
    [aws("amp/resourcePolicy")]: "policyDocument",
    [aws("bedrock/agentcoreResourcePolicy")]: "policy",
    [aws("cloudsearch/domainServiceAccessPolicy")]: "accessPolicy",
    [aws("cloudwatch/logDeliveryDestinationPolicy")]: "deliveryDestinationPolicy",
    [aws("codeartifact/domainPermissions")]: "policyDocument",
    [aws("codeartifact/repositoryPermissionsPolicy")]: "policyDocument",
    [aws("codebuild/resourcePolicy")]: "policy",
    [aws("dsql/clusterPolicy")]: "policy",
    [aws("ecr/registryPolicy")]: "policy",
    [aws("ecr/repositoryCreationTemplate")]: "repositoryPolicy",
    [aws("glacier/vault")]: "accessPolicy",
    [aws("mediastore/containerPolicy")]: "policy",
    [aws("networkfirewall/resourcePolicy")]: "policy",
    [aws("oam/sinkPolicy")]: "policy",
    [aws("opensearchingest/resourcePolicy")]: "policy",
    [aws("pinpoint/smsvoicev2ResourcePolicy")]: "policy",
    [aws("redshift/resourcePolicy")]: "policy",
    [aws("redshiftserverless/resourcePolicy")]: "policy",
    [aws("s3/filesFileSystemPolicy")]: "policy",
    [aws("s3/vectorsVectorBucketPolicy")]: "policy",
    [aws("s3control/accessGrantsInstanceResourcePolicy")]: "policy",
    [aws("s3control/bucketPolicy")]: "policy",
    [aws("s3control/objectLambdaAccessPointPolicy")]: "policy",
    [aws("s3tables/tablePolicy")]: "resourcePolicy",
    [aws("sagemaker/modelPackageGroupPolicy")]: "resourcePolicy",
    [aws("schemas/registryPolicy")]: "policy",
    [aws("ses/identityPolicy")]: "policy",
    [aws("sesv2/emailIdentityPolicy")]: "policy",
    [aws("vpclattice/authPolicy")]: "policy",
    [aws("vpclattice/resourcePolicy")]: "policy",
    [aws("xray/resourcePolicy")]: "policyDocument",
};

const resourcePolicyNotPublic = onDocuments({
    id: "resource-policy-not-public",
    title: "Policies of other resources do not allow public access",
    severity: "high",
    enforcement: "mandatory",
    controls: { cis: ["AWS Foundations 7.0 §2.21"], checkov: ["CKV_AWS_167"] },
    remedy: "Name principals, or limit the statement by aws:SourceArn, aws:PrincipalOrgID, aws:SourceVpce or the like.",
    appliesTo: Object.keys(documents),
    judge: (view) => mustNotBePublic(view, documents[view.type]),
});

export const resourcePoliciesRules: readonly Rule[] = [resourcePolicyNotPublic];
