import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, later, made, policy } from "./foreign";

const bucket = (props: Parameters<typeof made<aws.s3.BucketArgs>>[2] = {}) => made(aws.s3.Bucket, "data", props);
const key = made(aws.kms.Key, "key", {});
const of = ref("data", "bucket");
const everyone = "http://acs.amazonaws.com/groups/global/AllUsers";
const blocked = {
    ...{ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
};
const anyone = { Sid: "Anyone", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
const deny = {
    ...{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"] },
    Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const policyOf = (text: Parameters<typeof made<aws.s3.BucketPolicyArgs>>[2]["policy"], name: string | typeof of = of) =>
    made(aws.s3.BucketPolicy, "policy", { bucket: name, policy: text });

export const s3: ForeignCases = {
    "bucket-acl-not-public": {
        sound: [
            [bucket()],
            [bucket({ acl: "private" })],
            [made(aws.s3.BucketAcl, "acl", { bucket: "data", acl: "log-delivery-write" })],
        ],
        bad: [
            [/acl is public-read\./, bucket({ acl: "public-read" })],
            [/acl is public-read-write/, made(aws.s3.BucketV2, "data", { acl: "public-read-write" })],
            [
                /acl is authenticated-read/,
                made(aws.s3.BucketAclV2, "acl", { bucket: "data", acl: "authenticated-read" }),
            ],
            [/acl is public-read/, made(aws.s3.BucketObjectv2, "page", { bucket: "data", acl: "public-read" })],
            [/grants.uri is/, bucket({ grants: [{ type: "Group", permissions: ["READ"], uri: everyone }] })],
            [
                /grantee.uri is/,
                made(aws.s3.BucketAcl, "acl", {
                    accessControlPolicy: {
                        grants: [{ permission: "READ", grantee: { type: "Group", uri: everyone } }],
                    },
                }),
            ],
        ],
        unproved: [[/acl is not known yet/, bucket({ acl: later })]],
    },
    "bucket-public-access-blocked": {
        sound: [[bucket()], [made(aws.s3.BucketPublicAccessBlock, "block", { bucket: "data", ...blocked })]],
        bad: [
            [
                /ignorePublicAcls is not set; restrictPublicBuckets is false/,
                made(aws.s3.BucketPublicAccessBlock, "block", {
                    blockPublicAcls: true,
                    blockPublicPolicy: true,
                    restrictPublicBuckets: false,
                }),
            ],
            [
                /blockPublicAcls is false/,
                made(aws.s3.AccountPublicAccessBlock, "block", { ...blocked, blockPublicAcls: false }),
            ],
        ],
        unproved: [
            [
                /blockPublicPolicy is not known yet/,
                made(aws.s3.BucketPublicAccessBlock, "block", { ...blocked, blockPublicPolicy: later }),
            ],
        ],
    },
    "access-point-public-access-blocked": {
        sound: [[made(aws.s3.AccessPoint, "point", { bucket: "data" })]],
        bad: [
            [
                /blockPublicAcls is false/,
                made(aws.s3.AccessPoint, "point", { publicAccessBlockConfiguration: { blockPublicAcls: false } }),
            ],
        ],
        unproved: [
            [
                /blockPublicAcls is not known/,
                made(aws.s3.AccessPoint, "point", { publicAccessBlockConfiguration: { blockPublicAcls: later } }),
            ],
        ],
    },
    "bucket-policy-not-public": {
        sound: [
            [bucket()],
            [policyOf(policy(deny), "data")],
            [
                policyOf(
                    policy({
                        ...anyone,
                        Principal: { Service: "cloudfront.amazonaws.com" },
                        Condition: {
                            StringEquals: { "aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/E1" },
                        },
                    }),
                    "data",
                ),
            ],
        ],
        bad: [
            [/statement "Anyone" of its policy allows public access/, policyOf(policy(anyone), "data")],
            [/"Anyone"/, bucket({ policy: policy(anyone) })],
            [/"Anyone"/, made(aws.s3control.AccessPointPolicy, "policy", { policy: policy(anyone) })],
            [/"Anyone"/, made(aws.s3tables.TableBucketPolicy, "policy", { resourcePolicy: policy(anyone) })],
        ],
        unproved: [[/its policy is not known yet/, policyOf(later)]],
    },
    "bucket-tls-only": {
        sound: [
            [bucket(), policyOf(policy(anyone, deny))],
            [bucket({ bucket: "named" }), policyOf(policy(deny), "named")],
            [bucket({ policy: policy(deny) })],
        ],
        bad: [
            [/it has no policy/, bucket()],
            [/no statement of its policy denies/, bucket(), policyOf(policy(anyone))],
            [/it has no policy/, bucket({ bucket: "named" }), policyOf(policy(deny), "other")],
        ],
        unproved: [
            [/its policy is not known yet/, bucket(), policyOf(later)],
            [/policy may be its policy/, bucket(), policyOf(policy(deny), later)],
        ],
    },
    "bucket-versioned": {
        sound: [
            [bucket({ versioning: { enabled: true } })],
            [
                made(aws.s3.BucketV2, "data", {}),
                made(aws.s3.BucketVersioningV2, "versions", {
                    bucket: of,
                    versioningConfiguration: { status: "Enabled" },
                }),
            ],
        ],
        bad: [
            [/it has no versioning/, bucket()],
            [
                /status is Suspended, not Enabled/,
                bucket(),
                made(aws.s3.BucketVersioning, "versions", {
                    bucket: of,
                    versioningConfiguration: { status: "Suspended" },
                }),
            ],
        ],
        unproved: [
            [
                /status is not known yet/,
                bucket(),
                made(aws.s3.BucketVersioning, "versions", { bucket: of, versioningConfiguration: { status: later } }),
            ],
        ],
    },
    "bucket-encrypted-with-customer-key": {
        sound: [
            [
                key,
                bucket(),
                made(aws.s3.BucketServerSideEncryptionConfigurationV2, "encryption", {
                    bucket: of,
                    rules: [
                        {
                            applyServerSideEncryptionByDefault: {
                                sseAlgorithm: "aws:kms",
                                kmsMasterKeyId: ref("key", "arn"),
                            },
                        },
                    ],
                }),
            ],
            [
                key,
                bucket({
                    serverSideEncryptionConfiguration: {
                        rule: {
                            applyServerSideEncryptionByDefault: {
                                sseAlgorithm: "aws:kms",
                                kmsMasterKeyId: ref("key", "arn"),
                            },
                        },
                    },
                }),
            ],
        ],
        bad: [
            [/it has no key/, bucket()],
            [
                /names no key, so an AWS managed key/,
                bucket(),
                made(aws.s3.BucketServerSideEncryptionConfiguration, "encryption", {
                    bucket: of,
                    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
                }),
            ],
        ],
        unproved: [
            [
                /does not come from a KMS key/,
                bucket(),
                made(aws.s3.BucketServerSideEncryptionConfiguration, "encryption", { bucket: of, rules: later }),
            ],
        ],
    },
    "bucket-access-logged": {
        sound: [
            [bucket(), made(aws.s3.BucketLogging, "log", { bucket: of, targetBucket: "logs" })],
            [bucket({ logging: { targetBucket: "logs" } })],
            [bucket(), made(aws.s3.BucketLogging, "log", { bucket: "other", targetBucket: of })],
        ],
        bad: [[/it has no log/, bucket()]],
        unproved: [
            [
                /log may be its log/,
                bucket(),
                made(aws.s3.BucketLogging, "log", { bucket: later, targetBucket: "logs" }),
            ],
        ],
    },
    "bucket-acls-disabled": {
        sound: [
            [bucket()],
            [
                made(aws.s3.BucketOwnershipControls, "owners", {
                    bucket: "data",
                    rule: { objectOwnership: "BucketOwnerEnforced" },
                }),
            ],
        ],
        bad: [
            [
                /objectOwnership is ObjectWriter/,
                made(aws.s3.BucketOwnershipControls, "owners", {
                    bucket: "data",
                    rule: { objectOwnership: "ObjectWriter" },
                }),
            ],
        ],
        unproved: [
            [
                /objectOwnership is not known yet/,
                made(aws.s3.BucketOwnershipControls, "owners", { bucket: "data", rule: { objectOwnership: later } }),
            ],
        ],
    },
};
