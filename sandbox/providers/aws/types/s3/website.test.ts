import { describe, expect, it, vi } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const types = {
    bucket: "aws:s3/bucket:Bucket",
    block: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    policy: "aws:s3/bucketPolicy:BucketPolicy",
    website: "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
    ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    object: "aws:s3/bucketObjectv2:BucketObjectv2",
};

const allow = (more: Properties = {}) =>
    JSON.stringify({
        Statement: [
            { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*", ...more },
        ],
    });

describe("a website in a bucket", () => {
    it("has its endpoint, and its object the Pulumi name as its key", () => {
        const account = new TestAccount(types);
        expect(account.made("bucket", { bucket: "site" }).outputs).toMatchObject({
            arn: "arn:aws:s3:::site",
            bucketRegionalDomainName: "site.s3.eu-west-1.amazonaws.com",
        });
        const website = account.made("website", { bucket: "site", indexDocument: { suffix: "index.html" } });
        expect(website.outputs.websiteEndpoint).toBe("site.s3-website-eu-west-1.amazonaws.com");
        const { id, outputs } = account.made("object", { bucket: "site", content: "hello" });
        expect([id, outputs.key]).toEqual(["site/a-object", "a-object"]);
    });

    it("cannot be read by everybody until public policies are not blocked", () => {
        const account = new TestAccount(types);
        account.make("bucket", { bucket: "site" });
        const policy = { bucket: "site", policy: allow() };
        expect(() => account.make("policy", policy)).toThrow("AccessDenied");
        const block = account.make("block", { bucket: "site", blockPublicPolicy: true });
        expect(() => account.make("policy", policy)).toThrow("AccessDenied");
        account.update("block", block, { bucket: "site", blockPublicPolicy: false });
        expect(account.make("policy", policy)).toBe("site");
    });

    it("can be read by a service all the same", () => {
        const account = new TestAccount(types);
        account.make("bucket", { bucket: "site" });
        const policy = allow({ Principal: { Service: "cloudfront.amazonaws.com" } });
        expect(account.make("policy", { bucket: "site", policy })).toBe("site");
    });

    it("has objects with ACLs where its ownership controls allow them", () => {
        const account = new TestAccount(types);
        account.make("bucket", { bucket: "site" });
        const object = { bucket: "site", key: "a", content: "hello", acl: "public-read" };
        expect(() => account.make("object", object)).toThrow("AccessControlListNotSupported");
        account.make("ownership", { bucket: "site", rule: { objectOwnership: "BucketOwnerPreferred" } });
        expect(account.make("object", object)).toBe("site/a");
    });

    it("is not deleted with objects in it, unless that is said", () => {
        const account = new TestAccount(types);
        account.make("bucket", { bucket: "site" });
        const object = account.make("object", { bucket: "site", key: "a", content: "hello" });
        expect(() => account.remove("bucket", "site")).toThrow("BucketNotEmpty");
        account.update("bucket", "site", { bucket: "site", forceDestroy: true });
        account.remove("bucket", "site");
        expect(account.provider.read(account.resource("object"), object)).toBeUndefined();
    });
});

it("a bucket's generated name is in lower case, and a given one must be", () => {
    const account = new TestAccount(types);
    const { inputs } = account.provider.check({ type: types.bucket, name: "myBucket", stack: "dev" }, {}, {});
    expect(inputs.bucket).toMatch(/^mybucket-[0-9a-f]{7}$/);
    expect(checkFailures(types.bucket, { bucket: "myBucket" })[0]).toMatch(/^bucket: InvalidBucketName/);
    expect(checkFailures(types.bucket, { bucket: "site", acl: "public-read" })[0]).toMatch(
        /^acl: InvalidBucketAclWithObjectOwnership/,
    );
});
