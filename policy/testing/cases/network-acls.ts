import { types } from "../../graph/types";
import { adding, set } from "../platform";
import { ref } from "../stack";
import { aclRule, atFirst, type Cases, something } from "./case";

const rule = "network-acl-no-world-administration";
const admitting = (change: object) =>
    set("network-isolated-acl", { ingress: [aclRule(5432), { ...aclRule(22), ...change }] });

/** A rule that is a separate resource. */
const separate = (props: Record<string, unknown>) =>
    adding({
        type: types.networkAclRule,
        name: "acl-rule",
        props: {
            ...{ networkAclId: ref("network-isolated-acl"), ruleNumber: 300, ruleAction: "allow", protocol: "tcp" },
            ...props,
        },
    });

export const networkAcls: Cases = {
    mutations: [
        {
            rule,
            what: "a network ACL that admits all of IPv4 to SSH",
            change: admitting({ cidrBlock: "0.0.0.0/0" }),
            says: /^network-isolated-acl: it admits 0\.0\.0\.0\/0 to port 22\./,
        },
        {
            rule,
            what: "a network ACL that admits all of IPv6 to a range that includes remote desktop",
            change: admitting({ cidrBlock: undefined, ipv6CidrBlock: "::/0", fromPort: 3000, toPort: 4000 }),
            says: /it admits ::\/0 to ports 3000 to 4000\./,
        },
        {
            rule,
            what: "a network ACL that admits everything",
            change: admitting({ cidrBlock: "0.0.0.0/0", protocol: "-1", fromPort: 0, toPort: 0 }),
            says: /it admits 0\.0\.0\.0\/0 to all ports\./,
        },
        {
            rule,
            what: "a network ACL's rule that is a separate resource",
            change: separate({ cidrBlock: "0.0.0.0/0", fromPort: 22, toPort: 22 }),
            says: /^acl-rule: it admits 0\.0\.0\.0\/0 to port 22\./,
        },
    ],
    unproved: [
        {
            rule,
            what: "rules of a network ACL not known yet",
            change: set("network-isolated-acl", { ingress: something }),
            says: /ingress is not known yet/,
            modes: atFirst,
        },
        {
            rule,
            what: "a CIDR block of a network ACL's rule not known yet",
            change: separate({ cidrBlock: something, fromPort: 22, toPort: 22 }),
            says: /cidrBlock of a rule is not known yet/,
            modes: atFirst,
        },
    ],
};
