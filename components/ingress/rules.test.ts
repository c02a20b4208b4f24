import { describe, expect, it } from "vitest";
import { ingressProblems } from "./rules";
import type { IngressSpec } from "./spec";

const ingress: IngressSpec = {
    host: "shop.example.com",
    hostedZoneId: "Z0123456789ABCDEFGHIJ",
    tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    inboundCidrs: ["0.0.0.0/0"],
    idleTimeoutSeconds: 60,
};
const waf = {
    ruleGroups: ["AWSManagedRulesCommonRuleSet"],
    requestsPerFiveMinutes: 2000,
    logRetentionDays: 30,
    keyDeletionWindowDays: 7,
};

describe("a way in is refused for", () => {
    it.each<[Partial<IngressSpec>, string]>([
        [{ host: "shop" }, 'i.host: "shop" is not a host name; give one like shop.example.com'],
        [
            { hostedZoneId: undefined },
            "i.certificateArn: is missing, and so is hostedZoneId; give a certificate, or the zone to make it in",
        ],
        [
            { hostedZoneId: "example.com" },
            'i.hostedZoneId: "example.com" is not the id of a hosted zone; give one like Z0123456789ABCDEFGHIJ',
        ],
        [
            { tlsPolicy: "ELBSecurityPolicy-2016-08" },
            'i.tlsPolicy: "ELBSecurityPolicy-2016-08" takes TLS below 1.2, or is none; give one like ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
        ],
        [{ inboundCidrs: [] }, "i.inboundCidrs: lets no one in; give 0.0.0.0/0, or leave the ingress out"],
        [
            { inboundCidrs: ["10.0.0.0"] },
            'i.inboundCidrs: "10.0.0.0" is not a block of IPv4 addresses; give one like 203.0.113.0/24',
        ],
        [
            { waf: { ...waf, ruleGroups: ["CommonRuleSet"] } },
            'i.waf.ruleGroups: "CommonRuleSet" is none of AWS\'s rule groups; give one like AWSManagedRulesCommonRuleSet',
        ],
        [
            { waf: { ...waf, requestsPerFiveMinutes: 9 } },
            "i.waf.requestsPerFiveMinutes: 9 is under WAF's 10; give 10 to 2000000000",
        ],
    ])("%j", (change, text) => {
        expect(ingressProblems("i", { ...ingress, ...change }).map((problem) => problem.text)).toEqual([text]);
    });

    it("but not for one that names a certificate", () => {
        const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
        expect(ingressProblems("i", { ...ingress, hostedZoneId: undefined, certificateArn, waf })).toEqual([]);
    });
});
