import { set } from "../platform";
import { ref } from "../stack";
import { always, atFirst, type Cases, on, something } from "./case";

const stranger = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-AbCdEf";
const proxy = (props: Record<string, unknown>) => set("database-proxy", props);
const readers = (props: Record<string, unknown>) => set("database-proxy-readers", props);

export const proxies: Cases = {
    mutations: [
        {
            rule: "database-proxy-forces-tls",
            what: "a proxy that accepts connections without TLS",
            change: proxy({ requireTls: false }),
            says: /^database-proxy: requireTls is false/,
        },
        {
            rule: "database-proxy-forces-tls",
            what: "a proxy without requireTls",
            change: proxy({ requireTls: undefined }),
            says: /requireTls is not set/,
        },
        {
            rule: "database-proxy-secrets-of-stack",
            what: "a proxy with a user without a secret",
            change: proxy({
                auths: [{ secretArn: ref("database-master-credentials-secret", "arn") }, { username: "guest" }],
            }),
            says: /^database-proxy: an entry of auths names no secret/,
        },
        {
            rule: "database-in-isolated-subnets",
            what: "a proxy in a public subnet",
            change: proxy({ vpcSubnetIds: [ref("network-isolated-0"), ref("network-public-0")] }),
            says: /database-proxy → network-public-0 → network-public-routes → route 0\.0\.0\.0\/0 → network-internet-gateway/,
        },
        {
            rule: "database-behind-own-security-group",
            what: "a proxy without a security group",
            change: proxy({ vpcSecurityGroupIds: undefined }),
            says: /vpcSecurityGroupIds is not set|security groups that are not resources of this stack/,
            unprovedLater: true,
        },
    ],
    unproved: [
        {
            rule: "database-proxy-forces-tls",
            what: "a proxy whose flag is not known yet",
            change: proxy({ requireTls: something }),
            says: /requireTls is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-proxy-secrets-of-stack",
            what: "a proxy with a secret outside the stack",
            change: proxy({
                auths: [{ secretArn: ref("database-master-credentials-secret", "arn") }, { secretArn: stranger }],
            }),
            says: /^database-proxy: cannot be proved: secrets that are not resources of this stack \(1 in auths\)/,
            modes: always,
        },
        {
            rule: "database-proxy-secrets-of-stack",
            what: "a proxy whose secrets are not known yet",
            change: proxy({ auths: something }),
            says: /secrets from outside this stack \(auths\)/,
            modes: atFirst,
        },
        {
            rule: "database-in-isolated-subnets",
            what: "a proxy in a subnet outside the stack",
            change: proxy({ vpcSubnetIds: [ref("network-isolated-0"), "subnet-0123"] }),
            says: /database-proxy → subnets that are not resources of this stack \(1 in vpcSubnetIds\)/,
            modes: always,
        },
        {
            rule: "database-behind-own-security-group",
            what: "a proxy behind a security group outside the stack",
            change: proxy({ vpcSecurityGroupIds: [ref("database-proxy-access-security-group"), "sg-0123"] }),
            says: /security groups that are not resources of this stack \(1 in vpcSecurityGroupIds\)/,
            modes: always,
        },
    ],
};

/** The endpoint for readers, which only the proxy of a cluster has. */
export const proxyEndpoints = on("aurora", {
    mutations: [
        {
            rule: "database-in-isolated-subnets",
            what: "a proxy's endpoint in a private subnet",
            change: readers({ vpcSubnetIds: [ref("network-isolated-0"), ref("network-private-1")] }),
            says: /database-proxy-readers → network-private-1 → .* → a NAT gateway/,
        },
        {
            rule: "database-behind-own-security-group",
            what: "a proxy's endpoint in the VPC's default group",
            change: readers({ vpcSecurityGroupIds: [ref("network-default-security-group")] }),
            says: /network-default-security-group → the VPC's default security group/,
        },
    ],
    unproved: [],
});
