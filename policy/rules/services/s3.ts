import { deniesPlainText, parseDocument } from "../../graph/document";
import type { View } from "../../graph/graph";
import type { Reading } from "../../graph/reading";
import type { Rule } from "../../rule";
import { all, satisfied, type Verdict, violated } from "../../verdict";
import { judgeKey, mustNotBePublic, onDocuments, trustedKeys, unreadable } from "../checks";
import {
    any,
    aws,
    isNoneOf,
    isOneOf,
    isTrue,
    judgeInputs,
    mustHavePart,
    onInputs,
    partsOf,
    valuesAt,
    whenSet,
} from "../inputs";

/*
 * New buckets are encrypted with SSE-S3, have no ACLs and block public access, so what is left out is right.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */

const buckets = [aws("s3/bucket"), aws("s3/bucketV2")];
const both = (name: string) => [aws(`s3/${name}`), aws(`s3/${name}V2`)];
const objects = [aws("s3/bucketObject"), aws("s3/bucketObjectv2"), aws("s3/objectCopy")];

/** The part of a bucket with its own type, by the bucket's id or name. */
const part = (types: readonly string[], what: string) => ({ types, what, input: "bucket", names: ["bucket", "id"] });

const noPublicAcl = isNoneOf("public-read", "public-read-write", "authenticated-read");
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee-predefined-groups */
const everyone = ["global/AllUsers", "global/AuthenticatedUsers"].map(
    (group) => `http://acs.amazonaws.com/groups/${group}`,
);

const aclNotPublic = onInputs({
    id: "bucket-acl-not-public",
    title: "ACLs of buckets and objects do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["S3.2", "S3.3"], checkov: ["CKV_AWS_20", "CKV_AWS_57", "CKV2_AWS_43"] },
    remedy: 'Leave out acl, or set it to "private", and grant nothing to the groups AllUsers and AuthenticatedUsers.',
    appliesTo: [...buckets, ...both("bucketAcl"), ...objects],
    inputs: {
        acl: noPublicAcl,
        "grants[].uri": isNoneOf(...everyone),
        "accessControlPolicy.grants[].grantee.uri": isNoneOf(...everyone),
    },
});

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const publicAccessBlocked = onInputs({
    id: "bucket-public-access-blocked",
    title: "Public access blocks of buckets and of the account are complete",
    severity: "critical",
    enforcement: "mandatory",
    controls: {
        securityHub: ["S3.1", "S3.8"],
        cis: ["AWS Foundations 5.0 §2.1.4", "AWS Foundations 7.0 §3.1.4"],
        checkov: ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"],
    },
    remedy: `Set ${blocks.join(", ")} to true: each is false where it is left out.`,
    appliesTo: [aws("s3/bucketPublicAccessBlock"), aws("s3/accountPublicAccessBlock")],
    inputs: Object.fromEntries(blocks.map((key) => [key, isTrue])),
});

const accessPointBlocked = onInputs({
    id: "access-point-public-access-blocked",
    title: "Access points block public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["S3.19"], checkov: ["CKV_AWS_392"] },
    remedy: "Leave out publicAccessBlockConfiguration: it blocks everything unless it says otherwise, and can't be changed later.",
    appliesTo: [aws("s3/accessPoint")],
    inputs: Object.fromEntries(blocks.map((key) => [`publicAccessBlockConfiguration.${key}`, whenSet(isTrue)])),
});

const policyNotPublic = onDocuments({
    id: "bucket-policy-not-public",
    title: "Bucket and access point policies do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["S3.2", "S3.3"], cis: ["AWS Foundations 7.0 §2.21"], checkov: ["CKV_AWS_70"] },
    remedy: "Name principals, or limit the statement by aws:SourceArn, aws:PrincipalOrgID, aws:SourceVpce or the like.",
    appliesTo: [
        ...buckets,
        aws("s3/bucketPolicy"),
        aws("s3/accessPoint"),
        aws("s3control/accessPointPolicy"),
        aws("s3control/multiRegionAccessPointPolicy"),
        aws("s3tables/tableBucketPolicy"),
    ],
    judge: (view) => {
        if (view.type === aws("s3tables/tableBucketPolicy")) return mustNotBePublic(view, "resourcePolicy");
        return mustNotBePublic(
            view,
            view.type === aws("s3control/multiRegionAccessPointPolicy") ? "details" : "policy",
        );
    },
});

const tlsOnly: Rule = {
    id: "bucket-tls-only",
    title: "Buckets refuse requests without TLS",
    severity: "medium",
    enforcement: "advisory",
    controls: {
        securityHub: ["S3.5"],
        cis: ["AWS Foundations 5.0 §2.1.1", "AWS Foundations 7.0 §3.1.1"],
        checkov: ["CKV_AWS_379"],
    },
    remedy: 'Give the bucket an aws.s3.BucketPolicy that denies s3:* to everyone while aws:SecureTransport is "false".',
    appliesTo: buckets,
    judge: (bucket) =>
        bucket.read("policy").is === "absent"
            ? mustHavePart(bucket, { ...part([aws("s3/bucketPolicy")], "policy"), judge: judgeTls })
            : judgeTls(bucket),
};

function judgeTls(view: View): Verdict {
    const document = parseDocument(view.read("policy"));
    if (document.is === "unknown") return unreadable(document, view, "policy");
    const covers = (resource: string) => resource === "*" || resource.startsWith("arn:");
    return document.is === "known" && deniesPlainText(document.statements, "s3", covers)
        ? satisfied
        : violated("no statement of its policy denies all requests without TLS");
}

const versioned: Rule = {
    id: "bucket-versioned",
    title: "Buckets keep versions of their objects",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["S3.14"], checkov: ["CKV_AWS_21"] },
    remedy: 'Give the bucket an aws.s3.BucketVersioning whose versioningConfiguration.status is "Enabled".',
    appliesTo: buckets,
    judge: (bucket) =>
        any(
            mustHavePart(bucket, {
                ...part(both("bucketVersioning"), "versioning"),
                judge: (one) => judgeInputs(one, { "versioningConfiguration.status": isOneOf("Enabled") }),
            }),
            judgeInputs(bucket, { "versioning.enabled": isTrue }),
            judgeInputs(bucket, { "versionings.enabled": isTrue }),
        ),
};

const encryptedWithCustomerKey: Rule = {
    id: "bucket-encrypted-with-customer-key",
    title: "Buckets are encrypted with a customer managed key",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["S3.17"], checkov: ["CKV_AWS_145"] },
    remedy: 'Give the bucket an aws.s3.BucketServerSideEncryptionConfiguration with sseAlgorithm "aws:kms" and the kmsMasterKeyId of an aws.kms.Key of the stack.',
    appliesTo: buckets,
    trustedIds: [trustedKeys],
    judge: (bucket, trusted) => {
        const types = both("bucketServerSideEncryptionConfiguration");
        const separate = partsOf(bucket, types, "bucket", "bucket", "id");
        const given = [
            ...separate.flatMap((one) => keysOf(one, "rules[].applyServerSideEncryptionByDefault")),
            ...keysOf(bucket, "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault"),
            ...keysOf(bucket, "serverSideEncryptionConfigurations[].rules[].applyServerSideEncryptionByDefaults[]"),
        ];
        if (given.length === 0) return mustHavePart(bucket, part(types, "key, so it is encrypted with one of S3's"));
        return all(given.map(({ view, input, key }) => judgeKey(key, view, input, trusted)));
    },
};

function keysOf(view: View, path: string): { view: View; input: string; key: Reading }[] {
    const [input = ""] = path.replaceAll("[]", "").split(".");
    if (view.read(input).is === "absent") return [];
    return valuesAt(view, `${path}.kmsMasterKeyId`).map(({ reading }) => ({ view, input, key: reading }));
}

const logged: Rule = {
    id: "bucket-access-logged",
    title: "Buckets log the requests to them",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["S3.9"], checkov: ["CKV_AWS_18"] },
    remedy: "Give the bucket an aws.s3.BucketLogging with a targetBucket. The target itself logs nowhere.",
    appliesTo: buckets,
    judge: (bucket) => {
        const types = both("bucketLogging");
        if (partsOf(bucket, types, "targetBucket", "bucket", "id").length > 0) return satisfied;
        const inline = ["logging", "loggings"].some((key) => bucket.read(key).is !== "absent");
        return inline ? satisfied : mustHavePart(bucket, part(types, "log"));
    },
};

const ownersEnforced = onInputs({
    id: "bucket-acls-disabled",
    title: "Buckets have no access control lists",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["S3.12"], checkov: ["CKV2_AWS_65"] },
    remedy: 'Set rule.objectOwnership to "BucketOwnerEnforced", which is the default of new buckets.',
    appliesTo: [aws("s3/bucketOwnershipControls")],
    inputs: { "rule.objectOwnership": isOneOf("BucketOwnerEnforced") },
});

export const s3Rules: readonly Rule[] = [
    aclNotPublic,
    publicAccessBlocked,
    accessPointBlocked,
    policyNotPublic,
    tlsOnly,
    versioned,
    encryptedWithCustomerKey,
    logged,
    ownersEnforced,
];
