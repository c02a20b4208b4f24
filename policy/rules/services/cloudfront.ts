import type { View } from "../../graph/graph";
import { elements, field, type Reading, text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../../verdict";
import { any, aws, isNoneOf, isOneOf, isSet, judgeInputs, matches, onInputs, valueAt } from "../inputs";

const distribution = aws("cloudfront/distribution");
const secure = ["redirect-to-https", "https-only"];

const viewersEncrypted = onInputs({
    id: "distribution-viewers-encrypted",
    title: "Distributions serve HTTPS, or redirect to it",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["CloudFront.3"], checkov: ["CKV_AWS_34"] },
    remedy: 'Set viewerProtocolPolicy to "redirect-to-https" or "https-only" in defaultCacheBehavior and in each of orderedCacheBehaviors.',
    appliesTo: [distribution],
    inputs: {
        "defaultCacheBehavior.viewerProtocolPolicy": isOneOf(...secure),
        "orderedCacheBehaviors[].viewerProtocolPolicy": isOneOf(...secure),
    },
});

const viewersTlsModern: Rule = {
    id: "distribution-tls-modern",
    title: "Distributions with a certificate of their own take TLS 1.2 and later only",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_174"] },
    remedy: 'Set viewerCertificate.minimumProtocolVersion to "TLSv1.2_2021" or newer. With CloudFront\'s own certificate it cannot be chosen.',
    judges: "inputs",
    appliesTo: [distribution],
    judge: (view) => {
        // Without a certificate of its own CloudFront decides, and no address of the owner's is served.
        const own = ["acmCertificateArn", "iamCertificateId"].map((key) => valueAt(view, `viewerCertificate.${key}`));
        if (own.every(({ is }) => is === "absent")) return satisfied;
        const version = matches(/^TLSv1\.(2_(2018|2019|2021|2025)|[3-9])/, "takes TLS before 1.2");
        return judgeInputs(view, { "viewerCertificate.minimumProtocolVersion": version });
    },
};

const originsEncrypted = onInputs({
    id: "distribution-origins-encrypted",
    title: "Distributions use TLS 1.2 to their origins",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["CloudFront.9", "CloudFront.10"], checkov: ["CKV2_AWS_54", "CKV2_AWS_72"] },
    remedy: 'Set customOriginConfig.originProtocolPolicy to "https-only" and originSslProtocols to ["TLSv1.2"] for each of origins.',
    appliesTo: [distribution],
    inputs: {
        "origins[].customOriginConfig": (config, what) => {
            if (config.is !== "known") return config.is === "absent" ? satisfied : unknown(`${what} is not known yet`);
            const protocols = field(config, "originSslProtocols");
            return all([
                isOneOf("https-only", "match-viewer")(field(config, "originProtocolPolicy"), "originProtocolPolicy"),
                ...(elements(protocols) ?? [protocols]).map((one) =>
                    isNoneOf("SSLv3", "TLSv1", "TLSv1.1")(one, "originSslProtocols"),
                ),
            ]);
        },
    },
});

const bucketsGuarded: Rule = {
    id: "distribution-origin-access-controlled",
    title: "Distributions identify themselves to the buckets that they serve",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["CloudFront.13"], checkov: ["CKV2_AWS_46"] },
    remedy: "Set originAccessControlId to an aws.cloudfront.OriginAccessControl, so that the bucket need not be public.",
    judges: "inputs",
    appliesTo: [distribution],
    judge: (view) => {
        const origins = view.read("origins");
        if (origins.is === "unknown") return unknown("origins is not known yet");
        return all((elements(origins) ?? []).map(judgeOrigin));
    },
};

/** An origin without customOriginConfig and vpcOriginConfig is a bucket. */
function judgeOrigin(origin: Reading): Verdict {
    if (origin.is === "unknown") return unknown("an origin is not known yet");
    const isBucket = ["customOriginConfig", "vpcOriginConfig"].every((key) => field(origin, key).is === "absent");
    if (!isBucket) return satisfied;
    const identity = field(field(origin, "s3OriginConfig"), "originAccessIdentity");
    const isGuarded = field(origin, "originAccessControlId").is !== "absent" || identity.is !== "absent";
    return isGuarded
        ? satisfied
        : violated(`origin ${text(field(origin, "originId")) ?? ""} has no originAccessControlId`);
}

const logged: Rule = {
    id: "distribution-logged",
    title: "Distributions log the requests to them",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["CloudFront.5"], checkov: ["CKV_AWS_86"] },
    remedy: "Set loggingConfig.bucket, or give the distribution an aws.cloudwatch.LogDeliverySource.",
    appliesTo: [distribution],
    judge: (view: View) => {
        const sources = view.allOfTypes([aws("cloudwatch/logDeliverySource")]);
        if (sources.some((one) => one.follow("resourceArn").includes(view))) return satisfied;
        return any(
            judgeInputs(view, { loggingConfig: isSet }),
            judgeInputs(view, { "defaultCacheBehavior.realtimeLogConfigArn": isSet }),
        );
    },
};

const guarded = onInputs({
    id: "distribution-behind-web-acl",
    title: "Distributions are behind a web ACL",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["CloudFront.6"], checkov: ["CKV_AWS_68"] },
    remedy: "Set webAclId to the arn of an aws.wafv2.WebAcl of the scope CLOUDFRONT.",
    appliesTo: [distribution],
    inputs: { webAclId: isSet },
});

const rooted = onInputs({
    id: "distribution-root-object-set",
    title: "Distributions have a default root object",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["CloudFront.1"], checkov: ["CKV_AWS_305"] },
    remedy: 'Set defaultRootObject, for example to "index.html".',
    appliesTo: [distribution],
    inputs: { defaultRootObject: isSet },
});

export const cloudfrontRules: readonly Rule[] = [
    viewersEncrypted,
    viewersTlsModern,
    originsEncrypted,
    bucketsGuarded,
    logged,
    guarded,
    rooted,
];
