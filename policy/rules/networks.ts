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
    remedy:
        "Admit a security group (referencedSecurityGroupId) or a CIDR block of the VPC. A load balancer's own group may admit " +
        "the internet to port 80 and to port 443.",
    appliesTo: [
        ...[types.securityGroup, types.defaultSecurityGroup, types.ingressRule, types.legacyRule],
        ...[types.prefixList, types.prefixListEntry],
    ],
    trustedIds: [trustedRanges],
    judge: (view, trusted) => {
        const read = (key: string) => view.read(key);
        switch (view.type) {
            case types.ingressRule:
                return servesTheWeb(groupsOf(view), read)
                    ? satisfied
                    : judgeSources(["cidrIpv4", "cidrIpv6"], read, trusted, view);
            case types.legacyRule:
                return text(view.read("type")) === "egress" || servesTheWeb(groupsOf(view), read)
                    ? satisfied
                    : judgeSources(inlineSources, read, trusted, view);
            case types.prefixListEntry:
                return judgeSources(["cidr"], read, trusted, view);
            case types.prefixList:
                return all(
                    (elements(view.read("entries")) ?? []).map((entry) =>
                        judgeSources(["cidr"], (key) => field(entry, key), trusted),
                    ),
                );
            default:
                return judgeInlineIngress(view, trusted);
        }
    },
};

/** Prefix lists are not among them: the stack's own are judged themselves, and AWS's hold the addresses of one service. */
const inlineSources = ["cidrBlocks", "ipv6CidrBlocks"];

const loadBalancers = ["lb", "alb", "elb"].map((module) => `aws:${module}/loadBalancer:LoadBalancer`);

/**
 * The ports that Security Hub lets the internet reach without being told to.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18
 */
const webPorts = ["80", "443"];

/** Whether a rule opens one of the web's ports, of groups that each are a load balancer's and no other resource's that is known. */
function servesTheWeb(groups: readonly View[], read: (key: string) => Reading): boolean {
    const protocol = text(read("ipProtocol")) ?? text(read("protocol")) ?? "";
    const [from, to] = [text(read("fromPort")) ?? "", text(read("toPort"))];
    const isWeb = ["tcp", "6"].includes(protocol.toLowerCase()) && from === to && webPorts.includes(from);
    return isWeb && groups.length > 0 && groups.every(isOfLoadBalancer);
}

function isOfLoadBalancer(group: View): boolean {
    const used = (wanted: readonly string[], key: string) => group.referrers(wanted, key).length > 0;
    const others = ["vpcSecurityGroupIds", "securityGroupIds"].some((key) => used(withSecurityGroups, key));
    return used(loadBalancers, "securityGroups") && !others;
}

/** Types that must not share a group with a load balancer. */
const withSecurityGroups = [
    ...[types.databaseInstance, types.databaseCluster, types.replicationGroup, types.launchTemplate],
    "aws:ec2/instance:Instance",
];

/** The groups that a rule is of. */
function groupsOf(rule: View): View[] {
    const key = "securityGroupId";
    const reading = rule.read(key);
    const wanted = [types.securityGroup, types.defaultSecurityGroup];
    return reading.is === "unknown" ? rule.follow(key, wanted) : rule.named(reading, wanted, key);
}

function judgeInlineIngress(group: View, trusted: ReadonlySet<string>): Verdict {
    const ingress = group.read("ingress");
    if (ingress.is === "unknown") return unknown("ingress is not known yet");
    return all(
        (elements(ingress) ?? []).map((one) => {
            const read = (key: string) => field(one, key);
            return servesTheWeb([group], read) ? satisfied : judgeSources(inlineSources, read, trusted);
        }),
    );
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
