import type { View } from "../graph/graph";
import { coversInternet } from "../graph/internet";
import { elements, field, type Reading, text } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../verdict";

/** SSH and remote desktop. */
const administration = [22, 3389];

const networkAclNoWorldAdministration: Rule = {
    id: "network-acl-no-world-administration",
    title: "Network ACLs do not admit the internet to the administration ports 22 and 3389",
    severity: "high",
    enforcement: "mandatory",
    controls: {
        securityHub: ["EC2.21"],
        cis: ["AWS Foundations 5.0 §5.2"],
        checkov: ["CKV_AWS_231", "CKV_AWS_232"],
    },
    remedy: "Admit a CIDR block of the VPC, or only the ports of the services.",
    appliesTo: [types.networkAcl, types.networkAclRule],
    judge: (view) => (view.type === types.networkAcl ? judgeAcl(view) : judgeSeparate(view)),
};

function judgeAcl(acl: View): Verdict {
    const ingress = acl.read("ingress");
    if (ingress.is === "unknown") return unknown("ingress is not known yet");
    return all((elements(ingress) ?? []).map((rule) => judgeRule((key) => field(rule, key), "action")));
}

function judgeSeparate(rule: View): Verdict {
    if (text(rule.read("egress")) === "true") return satisfied;
    return judgeRule((key) => rule.read(key), "ruleAction");
}

function judgeRule(read: (key: string) => Reading, action: string): Verdict {
    if (text(read(action)) === "deny" || !reachesAdministration(read)) return satisfied;
    return all(
        ["cidrBlock", "ipv6CidrBlock"].map((key) => {
            const source = read(key);
            if (source.is === "unknown") return unknown(`${key} of a rule is not known yet`);
            const cidr = text(source) ?? "";
            return coversInternet(cidr) ? violated(`it admits ${cidr} to ${portsOf(read)}`) : satisfied;
        }),
    );
}

/** Whether a rule may include those ports; an unknown port may be one of them. */
function reachesAdministration(read: (key: string) => Reading): boolean {
    const protocol = text(read("protocol"));
    if (protocol !== undefined && !["-1", "all", "6", "tcp", "17", "udp"].includes(protocol)) return false;
    if (protocol === "-1" || protocol === "all") return true;
    const from = Number(text(read("fromPort")) ?? 0);
    const to = Number(text(read("toPort")) ?? 65_535);
    return administration.some((port) => from <= port && port <= to);
}

function portsOf(read: (key: string) => Reading): string {
    const [from, to] = [text(read("fromPort")), text(read("toPort"))];
    if (["-1", "all"].includes(text(read("protocol")) ?? "") || from === undefined || to === undefined)
        return "all ports";
    return from === to ? `port ${from}` : `ports ${from} to ${to}`;
}

export const networkAclRules: readonly Rule[] = [networkAclNoWorldAdministration];
