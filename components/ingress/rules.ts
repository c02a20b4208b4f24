import { specProblems } from "../settings";
import { type Problem, type Rule, violations } from "../validation";
import { type IngressSpec, ingressSettings, type WafSpec } from "./spec";

/**
 * TLS policies that take TLS 1.2 and later only.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const modernTlsPolicy =
    /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-2017-01$|TLS-1-2-Ext-2018-06$|FS-1-2-)[A-Za-z0-9-]*$/;

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
