import { type Creation, Inputs, type Rejection, type ResourceType, unlisted } from "../../resource-type";
import { KEY } from "../kms/key";
import { BUCKET } from "./bucket";

type Subject = Pick<Creation, "inputs" | "name">;

/** The key in the bucket: without one, the provider takes the Pulumi name. */
const keyOf = ({ inputs, name }: Subject) => inputs.text("key") || name;

const CONTENTS = ["source", "content", "contentBase64"];

const rejects: Rejection<Inputs>[] = [
    {
        code: "ConflictsWith",
        at: "content",
        when: (inputs) => CONTENTS.filter((name) => inputs.has(name)).length > 1,
        say: () => `one of ${CONTENTS.join(", ")} at most`,
    },
    {
        /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
        code: "KeyTooLongError",
        at: "key",
        when: (inputs) => Buffer.byteLength(inputs.text("key")) > 1024,
        say: () => "Your key is too long",
    },
    unlisted("serverSideEncryption", ["AES256", "aws:kms", "aws:kms:dsse"], "InvalidArgument"),
];

const OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";

/** Every new bucket is without ACLs, until its ownership controls say otherwise. */
const aclIsNotSupported: Rejection<Creation> = {
    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ensure-object-ownership.html */
    code: "AccessControlListNotSupported",
    at: "acl",
    when: ({ inputs, all }) => {
        if (!inputs.has("acl") || ["private", "bucket-owner-full-control"].includes(inputs.text("acl"))) return false;
        const controls = all(OWNERSHIP).find((other) => other.inputs.bucket === inputs.text("bucket"));
        const ownership = new Inputs(controls?.inputs ?? {}).block("rule")?.text("objectOwnership");
        return ownership === undefined || ownership === "BucketOwnerEnforced";
    },
    say: () => "The bucket does not allow ACLs",
};

/** An object of a bucket; `added` is what this type has besides. */
function object(added: Record<string, string> = {}): ResourceType {
    return {
        // The key alone is the provider's id. An account here tells resources of a type apart by their ids, so the bucket stands before it.
        id: (creation) => `${creation.inputs.text("bucket")}/${keyOf(creation)}`,
        outputs: ({ id, inputs, partition, name, hex }) => ({
            arn: `arn:${partition}:s3:::${id}`,
            bucketKeyEnabled: false,
            contentType: "application/octet-stream",
            etag: hex(32),
            key: keyOf({ inputs, name }),
            kmsKeyId: "",
            serverSideEncryption: inputs.has("kmsKeyId") ? "aws:kms" : "AES256",
            storageClass: "STANDARD",
            versionId: "",
            ...added,
        }),
        refersTo: { bucket: { type: BUCKET, weak: true }, kmsKeyId: { type: KEY, weak: true } },
        rejects,
        conflicts: [aclIsNotSupported],
        updateConflicts: [aclIsNotSupported],
        unique: [
            {
                // S3 writes the second over the first: two resources of a program would be one.
                code: "PreconditionFailed",
                at: "key",
                key: ({ inputs }) =>
                    inputs.has("key") ? JSON.stringify([inputs.text("bucket"), inputs.text("key")]) : undefined,
                say: (inputs) => `the bucket ${inputs.text("bucket")} has an object ${inputs.text("key")} already`,
            },
        ],
        notFound: "NoSuchKey",
    };
}

export const s3Objects: Record<string, ResourceType> = {
    "aws:s3/bucketObject:BucketObject": object(),
    "aws:s3/bucketObjectv2:BucketObjectv2": object({
        acl: "",
        checksumCrc32: "",
        checksumCrc32c: "",
        checksumCrc64nvme: "",
        checksumSha1: "",
        checksumSha256: "",
    }),
};
