import type { Value } from "../../../../rpc/values";
import { type Creation, type Inputs, isJson, type Rejection, type ResourceType, sameInputs } from "../../resource-type";
import { KEY } from "../kms/key";
import { BUCKET } from "./bucket";
import { websiteOf } from "./website";

const PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

/** A setting of a bucket, which has one of each kind: the second would write over the first, so the sandbox refuses it. */
function setting(own: Partial<ResourceType> = {}): ResourceType {
    return {
        id: ({ inputs }) =>
            [inputs.text("bucket"), inputs.text("expectedBucketOwner")].filter((part) => part !== "").join(","),
        refersTo: { bucket: { type: BUCKET, weak: true } },
        unique: [
            {
                code: "OperationAborted",
                at: "bucket",
                key: sameInputs("bucket"),
                say: (inputs) => `the bucket ${inputs.text("bucket")} has this setting from another resource already`,
            },
        ],
        ...own,
    };
}

/** The statements of a policy, which a program gives as text or as an object. */
function statementsIn(policy: Value | undefined): Record<string, unknown>[] {
    const document = (typeof policy === "string" ? (isJson(policy) ? JSON.parse(policy) : {}) : policy) as
        | { Statement?: unknown }
        | undefined;
    return [document?.Statement ?? []].flat() as Record<string, unknown>[];
}

/** Whether a policy lets everybody in. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
function isPublic(policy: Value | undefined): boolean {
    return statementsIn(policy).some(({ Effect, Principal, Condition }) => {
        const principals =
            typeof Principal === "object" && Principal !== null ? Object.values(Principal).flat() : [Principal];
        return Effect === "Allow" && Condition === undefined && principals.includes("*");
    });
}

/** Every new bucket blocks public policies, until a resource says otherwise. */
const publicPolicyIsBlocked: Rejection<Creation> = {
    code: "AccessDenied",
    at: "policy",
    when: ({ inputs, all }) => {
        const block = all(PUBLIC_ACCESS_BLOCK).find((other) => other.inputs.bucket === inputs.text("bucket"));
        const blocks = block === undefined || block.inputs.blockPublicPolicy === true;
        return blocks && isPublic(inputs.plain("policy"));
    },
    say: () =>
        "s3:PutBucketPolicy is denied because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access: " +
        "a BucketPublicAccessBlock with blockPublicPolicy: false allows it, and the policy has to depend on that",
};

const websiteRules: Rejection<Inputs>[] = [
    {
        /** https://docs.aws.amazon.com/AmazonS3/latest/API/API_WebsiteConfiguration.html */
        code: "InvalidArgument",
        at: "indexDocument",
        when: (inputs) => inputs.has("indexDocument") === inputs.has("redirectAllRequestsTo"),
        say: () => "one of indexDocument and redirectAllRequestsTo must be given",
    },
];

export const s3BucketSettings: Record<string, ResourceType> = {
    [PUBLIC_ACCESS_BLOCK]: setting(),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting(),
    "aws:s3/bucketVersioning:BucketVersioning": setting(),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting({
        refersTo: {
            bucket: { type: BUCKET, weak: true },
            "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId": { type: KEY, weak: true },
        },
    }),
    "aws:s3/bucketPolicy:BucketPolicy": setting({
        rejects: [
            {
                /** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
                code: "MalformedPolicy",
                at: "policy",
                when: (inputs) => {
                    const policy = inputs.plain("policy");
                    return typeof policy === "string" && !isJson(policy);
                },
                say: () => "Policies must be valid JSON",
            },
        ],
        conflicts: [publicPolicyIsBlocked],
        updateConflicts: [publicPolicyIsBlocked],
    }),
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": setting({
        outputs: ({ inputs, region }) => {
            const { websiteDomain, websiteEndpoint } = websiteOf(inputs.text("bucket"), region);
            return { websiteDomain, websiteEndpoint, routingRuleDetails: "", routingRules: [] };
        },
        rejects: websiteRules,
    }),
};
