import { set } from "../platform";
import { ref } from "../stack";
import { always, atFirst, type Cases, something } from "./case";

export const databases: Cases = {
    mutations: [
        {
            rule: "database-forces-tls",
            what: "TLS not forced",
            change: set("database-parameter-group", { parameters: [{ name: "rds.force_ssl", value: "0" }] }),
            says: /database-parameter-group → rds\.force_ssl is off/,
        },
        {
            rule: "database-forces-tls",
            what: "TLS not mentioned",
            change: set("database-parameter-group", { family: "postgres14", parameters: undefined }),
            says: /database-parameter-group → rds\.force_ssl is not set/,
        },
        {
            rule: "database-forces-tls",
            what: "PostgreSQL's parameter for MySQL",
            change: set("database-parameter-group", { family: "mysql8.4" }),
            says: /require_secure_transport is not set/,
        },
        {
            rule: "database-forces-tls",
            what: "the engine's default group",
            change: set("database-primary", { engineVersion: "14.12", parameterGroupName: undefined }),
            says: /parameterGroupName is not set, so the engine's default group would be used/,
        },
        {
            rule: "database-not-public",
            what: "a replica with a public address",
            change: set("database-replica-1", { publiclyAccessible: true }),
            says: /^database-replica-1: publiclyAccessible is true/,
        },
        {
            rule: "database-in-isolated-subnets",
            what: "a public subnet in the group",
            change: set("database-subnet-group", { subnetIds: [ref("network-isolated-0"), ref("network-public-0")] }),
            says: /database-primary → database-subnet-group → network-public-0 → network-public-routes → route 0\.0\.0\.0\/0 → network-internet-gateway/,
        },
        {
            rule: "database-in-isolated-subnets",
            what: "a private subnet in the group",
            change: set("database-subnet-group", { subnetIds: [ref("network-isolated-0"), ref("network-private-1")] }),
            says: /network-private-1 → network-private-1-routes → route 0\.0\.0\.0\/0 → a NAT gateway/,
        },
        {
            rule: "database-in-isolated-subnets",
            what: "no subnet group",
            change: set("database-primary", { dbSubnetGroupName: undefined }),
            says: /no subnet group \(dbSubnetGroupName\), so it would be placed in the default VPC/,
        },
        {
            rule: "database-behind-own-security-group",
            what: "no security group",
            change: set("database-primary", { vpcSecurityGroupIds: undefined }),
            says: /vpcSecurityGroupIds is not set|security groups that are not resources of this stack/,
            unprovedLater: true,
        },
        {
            rule: "database-behind-own-security-group",
            what: "the VPC's default group",
            change: set("database-primary", {
                vpcSecurityGroupIds: [ref("database-access-security-group"), ref("network-default-security-group")],
            }),
            says: /network-default-security-group → the VPC's default security group/,
        },
    ],
    unproved: [
        {
            rule: "database-forces-tls",
            what: "a value not known yet",
            change: set("database-parameter-group", { parameters: [{ name: "rds.force_ssl", value: something }] }),
            says: /rds\.force_ssl is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-forces-tls",
            what: "parameters not known yet",
            change: set("database-parameter-group", { parameters: something }),
            says: /rds\.force_ssl is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-forces-tls",
            what: "an engine whose parameter is not known to the pack",
            change: set("database-parameter-group", { family: "oracle-ee-19" }),
            says: /the parameter of oracle-ee-19 that forces TLS is not known/,
            modes: always,
        },
        {
            rule: "database-forces-tls",
            what: "a family not known yet",
            change: set("database-parameter-group", { family: something }),
            says: /database-parameter-group → its family is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-forces-tls",
            what: "a parameter group by a literal name",
            change: set("database-primary", { parameterGroupName: "shared" }),
            says: /parameter groups that are not resources of this stack/,
            modes: always,
        },
        {
            rule: "database-not-public",
            what: "a flag not known yet",
            change: set("database-primary", { publiclyAccessible: something }),
            says: /publiclyAccessible is not known yet/,
            modes: atFirst,
        },
        {
            rule: "database-in-isolated-subnets",
            what: "a subnet group by a literal name",
            change: set("database-primary", { dbSubnetGroupName: "shared" }),
            says: /database-primary → subnet groups that are not resources of this stack \(1 in dbSubnetGroupName\)/,
            modes: always,
        },
        {
            rule: "database-behind-own-security-group",
            what: "a literal security group",
            change: set("database-primary", {
                vpcSecurityGroupIds: [ref("database-access-security-group"), "sg-0123"],
            }),
            says: /security groups that are not resources of this stack \(1 in vpcSecurityGroupIds\)/,
            modes: always,
        },
    ],
};
