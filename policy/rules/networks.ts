import type { View } from "../graph/graph";
import { coversInternet, isPublicRange } from "../graph/internet";
import { elements, field, type Reading, text } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule, TrustedIds } from "../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../verdict";
import { mustNotBeTrue } from "./checks";

const subnetNoPublicAddresses: Rule = {
    id: "subnet-no-public-addresses",
    title: "Subnets do not assign public IP addresses automatically",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.15"], checkov: ["CKV_AWS_130"] },
    remedy: "Set mapPublicIpOnLaunch: false. Load balancers and NAT gateways get their addresses without it.",
    appliesTo: [types.subnet],
    judge: (subnet) => mustNotBeTrue(subnet, "mapPublicIpOnLaunch"),
};

/** Public addresses of the user. */
const trustedRanges: TrustedIds = {
    key: "ownCidrBlocks",
    meaning: "a public CIDR block, written as in the input, that the user alone has, such as that of an office",
    pattern: "^[0-9a-fA-F.:]+/[0-9]+$",
};

const securityGroupNoWorldIngress: Rule = {
    id: "security-group-no-world-ingress",
    title: "Security groups do not admit the internet",
    severity: "critical",
    enforcement: "mandatory",
    controls: {
        securityHub: ["EC2.18", "EC2.19", "EC2.53", "EC2.54"],
        cis: ["AWS Foundations 5.0 §5.3", "AWS Foundations 5.0 §5.4"],
        checkov: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277"],
    },
    remedy: "Admit a security group (referencedSecurityGroupId) or a CIDR block of the VPC.",
    appliesTo: [types.securityGroup, types.defaultSecurityGroup, types.ingressRule, types.legacyRule],
    trustedIds: [trustedRanges],
    judge: (view, trusted) => {
        const read = (key: string) => view.read(key);
        switch (view.type) {
            case types.ingressRule:
                return judgeSources(["cidrIpv4", "cidrIpv6", "prefixListId"], read, trusted, view);
            case types.legacyRule:
                return text(view.read("type")) === "egress"
                    ? satisfied
                    : judgeSources(inlineSources, read, trusted, view);
            default:
                return judgeInlineIngress(view, trusted);
        }
    },
};

const inlineSources = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds"];

function judgeInlineIngress(group: View, trusted: ReadonlySet<string>): Verdict {
    const ingress = group.read("ingress");
    if (ingress.is === "unknown") return unknown("ingress is not known yet");
    return all((elements(ingress) ?? []).map((one) => judgeSources(inlineSources, (key) => field(one, key), trusted)));
}

/** `rule` is the resource whose inputs the sources are, when they are not part of a list. */
function judgeSources(
    keys: readonly string[],
    read: (key: string) => Reading,
    trusted: ReadonlySet<string>,
    rule?: View,
): Verdict {
    return all(
        keys.flatMap((key) => {
            const sources = elements(read(key)) ?? [read(key)];
            return sources.map((source) => {
                if (source.is === "absent") return satisfied;
                // The CIDR block of a VPC or a subnet is never the internet, even when it is unknown.
                const fed = rule?.follow(key) ?? [];
                const isInside = fed.length > 0 && fed.every((one) => hasUnknownBlock(one, /v6/i.test(key)));
                if (source.is === "unknown") return isInside ? satisfied : unknown(`${key} is not known yet`);
                if (key.startsWith("prefixList")) return unknown(`${key}, whose CIDR blocks are not in the graph`);
                const cidr = text(source) ?? "";
                if (coversInternet(cidr)) return violated(`it admits ${cidr}`);
                return isPublicRange(cidr) && !trusted.has(cidr)
                    ? unknown(`it admits ${cidr}, a public range that may be anybody's`)
                    : satisfied;
            });
        }),
    );
}

/** Whether an unknown value can be this network's own block: what is computed from a known one would be known too. */
function hasUnknownBlock(view: View, isIpv6: boolean): boolean {
    return (
        [types.vpc, types.subnet].some((one) => one === view.type) &&
        view.isUnknown(isIpv6 ? "ipv6CidrBlock" : "cidrBlock")
    );
}

const defaultSecurityGroupClosed: Rule = {
    id: "default-security-group-closed",
    title: "The default security group of a VPC has no rules",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.2"], cis: ["AWS Foundations 5.0 §5.5"], checkov: ["CKV2_AWS_12"] },
    remedy: "Adopt it with an aws.ec2.DefaultSecurityGroup without ingress and egress, and add no rules to it.",
    appliesTo: [types.vpc],
    judge: (vpc) => {
        const groups = vpc.referrers([types.defaultSecurityGroup], "vpcId");
        if (groups.length === 0) return violated("this stack does not adopt its default security group");
        return all(groups.map((group) => judgeClosed(group, vpc)));
    },
};

function judgeClosed(group: View, vpc: View): Verdict {
    if (group.naming("vpcId", vpc) === "possible") return unknown(`${group.name} may be another VPC's`);
    const inline = ["ingress", "egress"].map((key) => {
        const rules = group.read(key);
        if (rules.is === "unknown") return unknown(`${key} of ${group.name} is not known yet`);
        return (elements(rules)?.length ?? 0) > 0 ? violated(`${group.name} has ${key} rules`) : satisfied;
    });
    const ruleTypes = [types.ingressRule, types.egressRule, types.legacyRule];
    const given = group.referrers(ruleTypes, "securityGroupId").map((one) => violated(`${one.name} adds a rule to it`));
    return all([...inline, ...given]);
}

export const networkRules: readonly Rule[] = [
    subnetNoPublicAddresses,
    securityGroupNoWorldIngress,
    defaultSecurityGroupClosed,
];
