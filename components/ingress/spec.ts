import type { z } from "zod";
import { arn, byDefault, byTier, listOf, matching, settings, text, whole } from "../settings";
import { cidrBlock, keyDeletionWindowDays, logRetentionDays } from "../settings/common";

/** A web application firewall. */
const waf = settings({
    /**
     * AWS's managed rule groups that requests have to pass, by name, in that order.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
     */
    ruleGroups: listOf(
        matching(/^AWSManagedRules[A-Za-z0-9]+$/, "a managed rule group of AWS", "AWSManagedRulesCommonRuleSet"),
    ).meta(
        byDefault([
            "AWSManagedRulesAmazonIpReputationList",
            "AWSManagedRulesCommonRuleSet",
            "AWSManagedRulesKnownBadInputsRuleSet",
        ]),
    ),
    /**
     * Requests from one address in five minutes after which the rest of them are blocked.
     * @remarks Updated in place.
     */
    requestsPerFiveMinutes: whole(10, 2_000_000_000).meta(byDefault(2000)),
    /**
     * Days that the log of requests is kept.
     * @remarks Updated in place; a shorter time deletes what is older.
     */
    logRetentionDays: logRetentionDays().meta(byTier(30, 90, 365)),
    /**
     * Days between asking AWS to delete the log's key and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
});

/** How the platform is reached from the internet. */
export const ingressSettings = settings({
    /**
     * The host name that it is reached under.
     * @remarks A change makes another certificate and another record.
     */
    host: matching(
        /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
        "a host name",
        "shop.example.com",
    ),
    /**
     * The public hosted zone of Route 53 that the host is in. The host gets its record there, and a certificate is made and
     * validated there unless one is given.
     */
    hostedZoneId: matching(/^Z[A-Z0-9]{1,31}$/, "the id of a hosted zone", "Z0123456789ABCDEFGHIJ").optional(),
    /** A certificate of ACM for the host, in the stack's region. Left out, one is made in `hostedZoneId`. */
    certificateArn: arn(
        /^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/,
        "account",
        "the ARN of a certificate of ACM",
        "arn:aws:acm:eu-west-1:123456789012:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    ).optional(),
    /**
     * The load balancer's TLS policy: one that accepts TLS 1.2 and later only.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
     */
    tlsPolicy: text("a TLS policy").meta(byDefault("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09")),
    /**
     * The blocks of addresses that are let in. The load balancer's security group is made of them.
     * @remarks Updated in place.
     */
    inboundCidrs: listOf(cidrBlock("203.0.113.0/24")).meta(byDefault(["0.0.0.0/0"])),
    /**
     * Seconds that a connection may be silent.
     * @remarks Updated in place.
     */
    idleTimeoutSeconds: whole(1, 4_000).meta(byDefault(60)),
    /**
     * Name of an S3 bucket that the load balancer writes its access logs to, one whose policy allows it.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
     */
    accessLogBucket: matching(
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        "the name of a bucket",
        "shop-access-logs",
    ).optional(),
    /**
     * A firewall in front of the load balancer. `{}` is one with the defaults.
     * @remarks Given or taken away in place.
     */
    waf: waf.optional(),
});

export type IngressSpec = z.output<typeof ingressSettings>;
export type WafSpec = z.output<typeof waf>;
