import type { Deletion, Inputs, Rejection, ResourceType } from "../../resource-type";
import { malformed } from "../../resource-type";
import { KEY } from "../kms/key";
import { websiteOf } from "./website";

export const BUCKET = "aws:s3/bucket:Bucket";

/** What is of one bucket, and deleted with it. */
export const SETTINGS = [
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
];
export const OBJECTS = ["aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"];

const ofBucket = ({ entity, all }: Deletion, types: string[]) =>
    types.flatMap(all).filter(({ inputs }) => inputs.bucket === entity.id);

const rejects: Rejection<Inputs>[] = [
    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
    malformed(
        "bucket",
        /^(?!xn--|sthree-|amzn-s3-demo-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        "3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends",
        "InvalidBucketName",
    ),
    {
        /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ensure-object-ownership.html */
        code: "InvalidBucketAclWithObjectOwnership",
        at: "acl",
        when: (inputs) => inputs.has("acl") && inputs.text("acl") !== "private",
        say: () => "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    },
];

export const s3Buckets: Record<string, ResourceType> = {
    [BUCKET]: {
        id: ({ inputs }) => inputs.text("bucket"),
        outputs: ({ id, region, inputs, hex, partition, dnsSuffix }) => {
            const website = inputs.has("website") ? websiteOf(id, region) : { websiteDomain: "", websiteEndpoint: "" };
            return {
                arn: `arn:${partition}:s3:::${id}`,
                bucketDomainName: `${id}.s3.${dnsSuffix}`,
                bucketRegion: region,
                bucketRegionalDomainName: `${id}.s3.${region}.${dnsSuffix}`,
                hostedZoneId: websiteOf(id, region).hostedZoneId,
                websiteDomain: website.websiteDomain,
                websiteEndpoint: website.websiteEndpoint,
                accelerationStatus: "",
                acl: "private",
                bucketNamespace: "global",
                bucketPrefix: "",
                corsRules: [],
                // What S3 itself grants: the owner, by a canonical id, everything.
                grants: [{ id: hex(64), permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" }],
                lifecycleRules: [],
                objectLockEnabled: false,
                policy: "",
                requestPayer: "BucketOwner",
                serverSideEncryptionConfiguration: {
                    rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "" } },
                },
                versioning: { enabled: false, mfaDelete: false },
            };
        },
        updates: ({ id, region, inputs }) => {
            const { websiteDomain, websiteEndpoint } = websiteOf(id, region);
            return inputs.has("website")
                ? { websiteDomain, websiteEndpoint }
                : { websiteDomain: "", websiteEndpoint: "" };
        },
        name: "bucket",
        lowerCaseName: true,
        exists: "BucketAlreadyOwnedByYou",
        rejects,
        deleteBlockers: [
            {
                /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html */
                code: "BucketNotEmpty",
                when: (deletion) => !deletion.inputs.flag("forceDestroy") && ofBucket(deletion, OBJECTS).length > 0,
                say: () => "The bucket you tried to delete is not empty",
            },
        ],
        cascadeDelete: (deletion) => ofBucket(deletion, [...SETTINGS, ...OBJECTS]),
        refersTo: {
            "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.kmsMasterKeyId": {
                type: KEY,
                weak: true,
            },
        },
        notFound: "NoSuchBucket",
    },
};
