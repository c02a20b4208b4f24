import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, later, made, on } from "./foreign";

const viewed = (viewerProtocolPolicy: string | typeof later) => ({ defaultCacheBehavior: { viewerProtocolPolicy } });
const certificate = (of: object) => ({
    viewerCertificate: { acmCertificateArn: "arn:aws:acm:us-east-1:1:certificate/1", ...of },
});
const origin = (of: object) => ({ origins: [{ originId: "site", domainName: "site.example.com", ...of }] });
const custom = (of: object) =>
    origin({ customOriginConfig: { httpPort: 80, httpsPort: 443, originSslProtocols: ["TLSv1.2"], ...of } });
const site = made(aws.cloudfront.Distribution, "it", {});

export const cloudfront: ForeignCases = {
    "distribution-viewers-encrypted": on(aws.cloudfront.Distribution, {
        sound: [viewed("redirect-to-https"), viewed("https-only")],
        bad: [
            [/defaultCacheBehavior.viewerProtocolPolicy is allow-all/, viewed("allow-all")],
            [
                /orderedCacheBehaviors.viewerProtocolPolicy is allow-all/,
                { ...viewed("https-only"), orderedCacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }] },
            ],
        ],
        unproved: [[/viewerProtocolPolicy is not known yet/, viewed(later)]],
    }),
    "distribution-tls-modern": on(aws.cloudfront.Distribution, {
        sound: [
            { viewerCertificate: { cloudfrontDefaultCertificate: true } },
            certificate({ minimumProtocolVersion: "TLSv1.2_2021" }),
        ],
        bad: [
            [/minimumProtocolVersion is not set/, certificate({})],
            [/minimumProtocolVersion takes TLS before 1.2/, certificate({ minimumProtocolVersion: "TLSv1" })],
        ],
        unproved: [[/minimumProtocolVersion is not known yet/, certificate({ minimumProtocolVersion: later })]],
    }),
    "distribution-origins-encrypted": on(aws.cloudfront.Distribution, {
        sound: [origin({ originAccessControlId: later }), custom({ originProtocolPolicy: "https-only" })],
        bad: [
            [/originProtocolPolicy is http-only/, custom({ originProtocolPolicy: "http-only" })],
            [
                /originSslProtocols is TLSv1/,
                custom({ originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1", "TLSv1.2"] }),
            ],
        ],
        unproved: [[/originProtocolPolicy is not known/, custom({ originProtocolPolicy: later })]],
    }),
    "distribution-origin-access-controlled": on(aws.cloudfront.Distribution, {
        sound: [
            origin({ originAccessControlId: later }),
            custom({}),
            origin({ s3OriginConfig: { originAccessIdentity: "x" } }),
        ],
        bad: [[/origin site has no originAccessControlId/, origin({})]],
        unproved: [[/origins is not known yet/, { origins: later }]],
    }),
    "distribution-logged": {
        sound: [
            [made(aws.cloudfront.Distribution, "it", { loggingConfig: { bucket: "logs.s3.amazonaws.com" } })],
            [site, made(aws.cloudwatch.LogDeliverySource, "log", { resourceArn: ref("it", "arn") })],
        ],
        bad: [[/loggingConfig is not set/, site]],
        unproved: [],
    },
    "distribution-behind-web-acl": on(aws.cloudfront.Distribution, {
        sound: [{ webAclId: later }],
        bad: [[/webAclId is not set/, {}]],
        unproved: [],
    }),
    "distribution-root-object-set": on(aws.cloudfront.Distribution, {
        sound: [{ defaultRootObject: "index.html" }],
        bad: [[/defaultRootObject is not set/, {}]],
        unproved: [],
    }),
};
