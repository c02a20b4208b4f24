import { callersFault } from "../network/block-rules";
import { specProblems } from "../settings";
import { type Problem, type Rule, violations } from "../validation";
import { type IngressSpec, ingressSettings, type WafSpec } from "./spec";

/**
 * TLS policies that take TLS 1.2 and later only.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const modernTlsPolicy =
    /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-2017-01$|TLS-1-2-Ext-2018-06$|FS-1-2-)[A-Za-z0-9-]*$/;

/**
 * Rules that a security group has, and how many of them each block takes: one for HTTP, which is led to HTTPS, and one for that.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
const mostRules = 60;
const ports = 2;
const mostBlocks = mostRules / ports;

const rules: Rule<IngressSpec>[] = [
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
        when: ({ inboundCidrs }) => callersFault(inboundCidrs, true) !== undefined,
        say: ({ inboundCidrs }) => callersFault(inboundCidrs, true) ?? "",
    },
    {
        at: "inboundCidrs",
        when: ({ inboundCidrs }) => inboundCidrs.length > mostBlocks,
        say: ({ inboundCidrs }) =>
            `${inboundCidrs.length} blocks take ${inboundCidrs.length * ports} rules of a security group, which has ${mostRules}; give ${mostBlocks} or fewer`,
    },
    {
        at: "accessLogBucket",
        when: ({ accessLogBucket = "" }) => /\.\.|\.-|-\.|^xn--|-s3alias$|^\d+\.\d+\.\d+\.\d+$/.test(accessLogBucket),
        say: ({ accessLogBucket }) =>
            `"${accessLogBucket}" is not a name that S3 gives a bucket; give one without two dots in a row, a dot beside a hyphen, or the form of an address`,
    },
];

const wafRules: Rule<WafSpec>[] = [
    {
        at: "ruleGroups",
        when: ({ ruleGroups }) => new Set(ruleGroups).size < ruleGroups.length,
        say: ({ ruleGroups }) => `${ruleGroups.join(", ")} names a group twice; name each once`,
    },
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function ingressProblems(where: string, spec: IngressSpec): Problem[] {
    return [
        ...specProblems(where, ingressSettings, spec, rules),
        ...(spec.waf ? violations(`${where}.waf`, spec.waf, wafRules) : []),
    ];
}
