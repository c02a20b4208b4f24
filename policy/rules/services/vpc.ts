import type { View } from "../../graph/graph";
import { coversInternet } from "../../graph/internet";
import { elements, field, type Reading, text } from "../../graph/reading";
import { types } from "../../graph/types";
import type { Rule } from "../../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../../verdict";
import { aws, type Check, isNoneOf, isOneOf, isTrue, mustHavePart, onInputs } from "../inputs";
import { trustedAccounts } from "./ec2";

const flowLogged: Rule = {
    id: "vpc-flow-logged",
    title: "VPCs have flow logs",
    severity: "low",
    enforcement: "advisory",
    controls: {
        securityHub: ["EC2.6"],
        cis: ["AWS Foundations 5.0 §3.7", "AWS Foundations 7.0 §4.7"],
        checkov: ["CKV2_AWS_11"],
    },
    remedy: "Give the VPC an aws.ec2.FlowLog.",
    appliesTo: [types.vpc],
    judge: (vpc) => mustHavePart(vpc, { types: [types.flowLog], input: "vpcId", names: ["id"], what: "flow log" }),
};

const notDefault: Rule = {
    id: "vpc-not-default",
    title: "The default VPC and its public subnets are not used",
    severity: "medium",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_148"] },
    remedy: "Use an aws.ec2.Vpc with subnets of its own: those of the default VPC give every instance a public address.",
    appliesTo: [aws("ec2/defaultVpc"), aws("ec2/defaultSubnet")],
    judge: () => violated("it is a default of the account"),
};

const everyone: Check = (reading, what) => {
    const principals = elements(reading) ?? [reading];
    if (principals.some((one) => text(one) === "*")) return violated(`${what} includes everyone`);
    return satisfied;
};

const endpointServiceAccepts = onInputs({
    id: "endpoint-service-guarded",
    title: "Endpoint services accept each connection by hand, from named principals",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_123"] },
    remedy: 'Set acceptanceRequired: true, and name accounts or roles instead of "*" in allowedPrincipals.',
    appliesTo: [aws("ec2/vpcEndpointService")],
    inputs: { acceptanceRequired: isTrue, allowedPrincipals: everyone },
});

const endpointServicePrincipal = onInputs({
    id: "endpoint-service-principal-named",
    title: "Permissions for an endpoint service name a principal",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: 'Name an account, a role or a user in principalArn, not "*".',
    appliesTo: [aws("ec2/vpcEndpointServiceAllowedPrinciple")],
    inputs: { principalArn: isNoneOf("*") },
});

const peeredWithOwner: Rule = {
    id: "peering-with-own-accounts",
    title: "VPCs are peered with those of the owner's accounts",
    severity: "medium",
    enforcement: "mandatory",
    controls: {},
    remedy: "Leave out peerOwnerId within an account, or list the account under accountIds in the policy's configuration.",
    judges: "inputs",
    appliesTo: [aws("ec2/vpcPeeringConnection")],
    trustedIds: [trustedAccounts],
    judge: (peering, trusted) => {
        const owner = peering.read("peerOwnerId");
        if (owner.is === "absent" || trusted.has(text(owner) ?? "")) return satisfied;
        return owner.is === "unknown"
            ? unknown("peerOwnerId is not known yet")
            : violated(`peerOwnerId is the account ${text(owner)}`);
    },
};

const peeringRoutesNarrow: Rule = {
    id: "peering-routes-narrow",
    title: "Routes to a peered VPC are for its addresses only",
    severity: "medium",
    enforcement: "mandatory",
    controls: { cis: ["AWS Foundations 5.0 §5.6", "AWS Foundations 7.0 §6.6"], checkov: ["CKV2_AWS_44"] },
    remedy: "Give the route the CIDR block of the peered VPC, or of the subnets that are needed.",
    judges: "inputs",
    appliesTo: [types.route, types.routeTable, types.defaultRouteTable],
    judge: (view) => {
        if (view.type === types.route) {
            return judgeRoute((key) => view.read(key), ["destinationCidrBlock", "destinationIpv6CidrBlock"]);
        }
        const routes = elements(view.read("routes")) ?? [];
        return all(routes.map((route) => judgeRoute((key) => field(route, key), ["cidrBlock", "ipv6CidrBlock"])));
    },
};

function judgeRoute(read: (key: string) => Reading, destinations: readonly string[]): Verdict {
    if (read("vpcPeeringConnectionId").is === "absent") return satisfied;
    return all(
        destinations.map((key) => {
            const destination = read(key);
            if (destination.is === "unknown") return unknown(`${key} is not known yet`);
            const cidr = text(destination) ?? "";
            return coversInternet(cidr) ? violated(`it sends ${cidr} to a peered VPC`) : satisfied;
        }),
    );
}

const gatewayAsks = onInputs({
    id: "transit-gateway-asks",
    title: "Transit gateways do not accept attachments of other accounts by themselves",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.23"], checkov: ["CKV_AWS_331"] },
    remedy: 'Leave out autoAcceptSharedAttachments, or set it to "disable".',
    appliesTo: [aws("ec2transitgateway/transitGateway")],
    inputs: { autoAcceptSharedAttachments: isNoneOf("enable") },
});

const accessBlocked = onInputs({
    id: "vpc-public-access-blocked",
    title: "VPC Block Public Access blocks what it is declared for",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: 'Set internetGatewayBlockMode to "block-bidirectional" or "block-ingress".',
    appliesTo: [aws("ec2/vpcBlockPublicAccessOptions")],
    inputs: { internetGatewayBlockMode: isOneOf("block-bidirectional", "block-ingress") },
});

const defaultAclClosed: Rule = {
    id: "default-network-acl-closed",
    title: "The default network ACL of a VPC does not admit the internet to every port",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.21"], cis: ["AWS Foundations 5.0 §5.2", "AWS Foundations 7.0 §6.2"] },
    remedy: "Leave out ingress, and give the subnets an aws.ec2.NetworkAcl of their own.",
    judges: "inputs",
    appliesTo: [aws("ec2/defaultNetworkAcl")],
    judge: (acl: View) => {
        const ingress = acl.read("ingress");
        if (ingress.is === "unknown") return unknown("ingress is not known yet");
        return all(
            (elements(ingress) ?? []).map((rule) => {
                const [protocol, action] = [field(rule, "protocol"), field(rule, "action")].map(text);
                const cidrs = ["cidrBlock", "ipv6CidrBlock"].map((key) => field(rule, key));
                if (action === "deny" || !["-1", "all"].includes(protocol ?? "-1")) return satisfied;
                if (cidrs.some((one) => coversInternet(text(one) ?? "")))
                    return violated("it admits the internet to all ports");
                return cidrs.some(({ is }) => is === "unknown") ? unknown("a rule is not known yet") : satisfied;
            }),
        );
    },
};

export const vpcRules: readonly Rule[] = [
    flowLogged,
    notDefault,
    endpointServiceAccepts,
    endpointServicePrincipal,
    peeredWithOwner,
    peeringRoutesNarrow,
    gatewayAsks,
    accessBlocked,
    defaultAclClosed,
];
