import { keyDeletionWindow } from "../encryption";
import { logRetention } from "../logs";
import { parseCidr } from "../network/cidr";
import { type Problem, pattern, type Rule, range, violations } from "../validation";
import type { IngressSpec, WafSpec } from "./spec";

/**
 * TLS policies that take TLS 1.2 and later only.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const modernTlsPolicy =
    /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-2017-01$|TLS-1-2-Ext-2018-06$|FS-1-2-)[A-Za-z0-9-]*$/;

const hostName = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

const rules: Rule<IngressSpec>[] = [
    pattern("host", hostName, "is not a host name; give one like shop.example.com"),
    {
        at: "hostedZoneId",
        when: ({ hostedZoneId }) => hostedZoneId !== undefined && !/^Z[A-Z0-9]{1,31}$/.test(hostedZoneId),
        say: ({ hostedZoneId }) =>
            `"${hostedZoneId}" is not the id of a hosted zone; give one like Z0123456789ABCDEFGHIJ`,
    },
    {
        at: "certificateArn",
        when: ({ certificateArn: arn }) =>
            arn !== undefined && !/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/.test(arn),
        say: ({ certificateArn }) =>
            `"${certificateArn}" is not the ARN of a certificate of ACM; give one, or a hostedZoneId to make it in`,
    },
    {
        at: "certificateArn",
        when: ({ certificateArn, hostedZoneId }) => certificateArn === undefined && hostedZoneId === undefined,
        say: () => "is missing, and so is hostedZoneId; give a certificate, or the zone to make it in",
    },
    {
        at: "tlsPolicy",
        when: ({ tlsPolicy }) => !modernTlsPolicy.test(tlsPolicy),
        say: ({ tlsPolicy }) =>
            `"${tlsPolicy}" takes TLS below 1.2, or is none; give one like ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09`,
    },
    {
        at: "inboundCidrs",
        when: ({ inboundCidrs }) => inboundCidrs.length === 0,
        say: () => "lets no one in; give 0.0.0.0/0, or leave the ingress out",
    },
    {
        at: "inboundCidrs",
        when: ({ inboundCidrs }) => inboundCidrs.some((block) => !parseCidr(block)),
        say: ({ inboundCidrs }) =>
            `"${inboundCidrs.find((block) => !parseCidr(block))}" is not a block of IPv4 addresses; give one like 203.0.113.0/24`,
    },
    range("idleTimeoutSeconds", { from: 1, to: 4_000, of: "the load balancer" }),
    {
        at: "accessLogBucket",
        when: ({ accessLogBucket: bucket }) =>
            bucket !== undefined && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket),
        say: ({ accessLogBucket }) => `"${accessLogBucket}" is not the name of a bucket; give one`,
    },
];

const managedGroup = /^AWSManagedRules[A-Za-z0-9]+$/;

const wafRules: Rule<WafSpec>[] = [
    {
        at: "ruleGroups",
        when: ({ ruleGroups }) => ruleGroups.some((name) => !managedGroup.test(name)),
        say: ({ ruleGroups }) =>
            `"${ruleGroups.find((name) => !managedGroup.test(name))}" is none of AWS's rule groups; give one like AWSManagedRulesCommonRuleSet`,
    },
    {
        at: "ruleGroups",
        when: ({ ruleGroups }) => new Set(ruleGroups).size < ruleGroups.length,
        say: ({ ruleGroups }) => `${ruleGroups.join(", ")} names a group twice; name each once`,
    },
    range("requestsPerFiveMinutes", { from: 10, to: 2_000_000_000, of: "WAF" }),
    logRetention("logRetentionDays"),
    keyDeletionWindow,
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function ingressProblems(where: string, spec: IngressSpec): Problem[] {
    return [...violations(where, spec, rules), ...(spec.waf ? violations(`${where}.waf`, spec.waf, wafRules) : [])];
}
