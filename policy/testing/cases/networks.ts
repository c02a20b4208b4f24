import { types } from "../../graph/types";
import { adding, both, set, without } from "../platform";
import { applied, read, ref } from "../stack";
import { always, atFirst, type Cases, something } from "./case";

/** An internal load balancer with a group that admits the internet to port 443. */
export const balanced = (change: object) =>
    both(
        both(
            adding({ type: types.securityGroup, name: "balancer-group", props: { vpcId: ref("network-vpc") } }),
            adding({
                type: "aws:lb/loadBalancer:LoadBalancer",
                name: "balancer",
                props: {
                    ...{ internal: true, securityGroups: [ref("balancer-group")], subnets: [ref("network-private-0")] },
                    ...{ dropInvalidHeaderFields: true, enableDeletionProtection: true },
                },
            }),
        ),
        adding({
            type: types.ingressRule,
            name: "public-https",
            props: {
                securityGroupId: ref("balancer-group"),
                ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0", ...change },
            },
        }),
    );

export const networks: Cases = {
    mutations: [
        {
            rule: "subnet-no-public-addresses",
            what: "a subnet that assigns public addresses",
            change: set("network-public-0", { mapPublicIpOnLaunch: true }),
            says: /^network-public-0: mapPublicIpOnLaunch is true\. Remedy: /,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "a rule that admits all of IPv4",
            change: set("network-endpoints-from-vpc", { cidrIpv4: "0.0.0.0/0" }),
            says: /^network-endpoints-from-vpc: it admits 0\.0\.0\.0\/0\./,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "a rule that admits all of IPv6",
            change: set("network-endpoints-from-vpc", { cidrIpv4: undefined, cidrIpv6: "::/0" }),
            says: /it admits ::\/0/,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "a rule that admits half of IPv4",
            change: set("network-endpoints-from-vpc", { cidrIpv4: "128.0.0.0/1" }),
            says: /it admits 128\.0\.0\.0\/1/,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "a prefix list with the internet in it",
            change: adding({
                type: types.prefixList,
                name: "clients",
                props: {
                    addressFamily: "IPv4",
                    entries: [{ cidr: "10.0.0.0/8" }, { cidr: "0.0.0.0/0" }],
                    maxEntries: 2,
                },
            }),
            says: /^clients: it admits 0\.0\.0\.0\/0/,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "an entry of a prefix list that is the internet",
            change: adding({
                type: types.prefixListEntry,
                name: "anyone",
                props: { cidr: "::/0", prefixListId: "pl-1" },
            }),
            says: /^anyone: it admits ::\/0/,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "port 443 of a group that no load balancer has",
            change: set("network-endpoints-from-vpc", { cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 }),
            says: /^network-endpoints-from-vpc: it admits 0\.0\.0\.0\/0\. Remedy: .*load balancer/,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "more than the web's ports, of a load balancer",
            change: balanced({ fromPort: 443, toPort: 8443 }),
            says: /^public-https: it admits 0\.0\.0\.0\/0/,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "port 443 of a group that a database has too",
            change: both(balanced({}), set("database-primary", { vpcSecurityGroupIds: [ref("balancer-group")] })),
            says: /^public-https: it admits 0\.0\.0\.0\/0/,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "a rule that admits a public /8",
            change: set("network-endpoints-from-vpc", { cidrIpv4: "3.0.0.0/8" }),
            says: /it admits 3\.0\.0\.0\/8/,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "an inline rule, the second of two blocks",
            change: set("cache-access-security-group", {
                ingress: [{ ipProtocol: "-1", cidrBlocks: ["10.0.0.0/16", "0.0.0.0/0"] }],
            }),
            says: /^cache-access-security-group: it admits 0\.0\.0\.0\/0/,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "a rule of the older type",
            change: adding({
                type: types.legacyRule,
                name: "old-rule",
                props: {
                    type: "ingress",
                    securityGroupId: ref("cache-access-security-group"),
                    ipv6CidrBlocks: ["::/0"],
                },
            }),
            says: /^old-rule: it admits ::\/0/,
        },
        {
            rule: "default-security-group-closed",
            what: "a default security group that the stack does not adopt",
            change: without("network-default-security-group"),
            says: /^network-vpc: this stack does not adopt its default security group/,
        },
        {
            rule: "default-security-group-closed",
            what: "AWS's default rule between members",
            change: set("network-default-security-group", { ingress: [{ ipProtocol: "-1", self: true }] }),
            says: /network-default-security-group has ingress rules/,
        },
        {
            rule: "default-security-group-closed",
            what: "an egress rule",
            change: set("network-default-security-group", {
                egress: [{ ipProtocol: "-1", cidrBlocks: ["0.0.0.0/0"] }],
            }),
            says: /network-default-security-group has egress rules/,
        },
        {
            rule: "default-security-group-closed",
            what: "a separate rule for the group",
            change: set("cache-access-from-client-group", { securityGroupId: ref("network-default-security-group") }),
            says: /cache-access-from-client-group adds a rule to it/,
        },
    ],
    unproved: [
        {
            rule: "subnet-no-public-addresses",
            what: "a flag not known yet",
            change: set("network-public-0", { mapPublicIpOnLaunch: something }),
            says: /^network-public-0: cannot be proved: mapPublicIpOnLaunch is not known yet\. Remedy: /,
            modes: atFirst,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "a CIDR block not known yet",
            change: set("network-endpoints-from-vpc", { cidrIpv4: something }),
            says: /cidrIpv4 is not known yet/,
            modes: atFirst,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "a CIDR block of a resource that the stack only reads",
            change: set("network-endpoints-from-vpc", { cidrIpv4: read("10.0.0.0/16") }),
            says: /cidrIpv4 is not known yet/,
            modes: atFirst,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "the block of the VPC or something else",
            change: set("network-endpoints-from-vpc", {
                cidrIpv4: applied(["network-vpc", "network-nat-0"], ([vpc]) => vpc),
            }),
            says: /cidrIpv4 is not known yet/,
            modes: atFirst,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "a public range that is not listed as the user's own",
            change: set("network-endpoints-from-vpc", { cidrIpv4: "198.51.100.0/24" }),
            says: /it admits 198\.51\.100\.0\/24, a public range that may be anybody's.*ownCidrBlocks/s,
            modes: always,
        },
        {
            rule: "security-group-no-world-ingress",
            what: "inline rules not known yet",
            change: set("cache-access-security-group", { ingress: something }),
            says: /ingress is not known yet/,
            modes: atFirst,
        },
        {
            rule: "default-security-group-closed",
            what: "rules not known yet",
            change: set("network-default-security-group", { egress: something }),
            says: /egress of network-default-security-group is not known yet/,
            modes: atFirst,
        },
        {
            rule: "default-security-group-closed",
            what: "a default group of one VPC or another",
            change: both(
                adding({ type: "aws:ec2/vpc:Vpc", name: "other-vpc", props: { cidrBlock: "10.1.0.0/16" } }),
                adding({ type: types.defaultSecurityGroup, name: "other-default", props: { vpcId: ref("other-vpc") } }),
                set("network-default-security-group", {
                    vpcId: applied(["network-vpc", "other-vpc"], ([first]) => first),
                }),
            ),
            says: /network-default-security-group may be another VPC's/,
            modes: always,
        },
    ],
};
