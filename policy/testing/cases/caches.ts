import { set } from "../platform";
import { read, ref } from "../stack";
import { always, atFirst, type Cases, on, something } from "./case";

export const caches: Cases = {
    mutations: [
        {
            rule: "cache-encrypted-at-rest",
            what: "encryption switched off",
            change: set("cache-replication-group", { atRestEncryptionEnabled: false }),
            says: /^cache-replication-group: atRestEncryptionEnabled is false/,
        },
        {
            rule: "cache-encrypted-with-customer-key",
            what: "no key",
            change: set("cache-replication-group", { kmsKeyId: undefined }),
            says: /kmsKeyId names no key/,
        },
        {
            rule: "cache-encrypted-in-transit",
            what: "encryption switched off",
            change: set("cache-replication-group", { transitEncryptionEnabled: false }),
            says: /^cache-replication-group: transitEncryptionEnabled is false/,
        },
        {
            rule: "cache-encrypted-in-transit",
            what: "optional encryption",
            change: set("cache-replication-group", { transitEncryptionMode: "preferred" }),
            says: /transitEncryptionMode is not required/,
        },
        {
            rule: "cache-authenticated",
            what: "no token",
            change: set("cache-replication-group", { authToken: undefined, userGroupIds: [] }),
            says: /neither authToken nor userGroupIds is set/,
        },
        {
            rule: "cache-in-isolated-subnets",
            what: "a private subnet in the group",
            change: set("cache-subnet-group", { subnetIds: [ref("network-private-0"), ref("network-isolated-1")] }),
            says: /cache-replication-group → cache-subnet-group → network-private-0 → network-private-0-routes → route 0\.0\.0\.0\/0 → a NAT gateway/,
        },
        {
            rule: "cache-in-isolated-subnets",
            what: "no subnet group",
            change: set("cache-replication-group", { subnetGroupName: undefined }),
            says: /no subnet group \(subnetGroupName\)/,
        },
        {
            rule: "cache-behind-own-security-group",
            what: "no security group",
            change: set("cache-replication-group", { securityGroupIds: undefined }),
            says: /securityGroupIds is not set/,
        },
    ],
    unproved: [
        {
            rule: "cache-encrypted-at-rest",
            what: "a flag not known yet",
            change: set("cache-replication-group", { atRestEncryptionEnabled: something }),
            says: /atRestEncryptionEnabled is not known yet/,
            modes: atFirst,
        },
        {
            rule: "cache-encrypted-with-customer-key",
            what: "a literal key, which may be AWS managed",
            change: set("cache-replication-group", { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0" }),
            says: /kmsKeyId names a key that is not a resource of this stack/,
            modes: always,
        },
        {
            rule: "cache-encrypted-in-transit",
            what: "a mode not known yet",
            change: set("cache-replication-group", { transitEncryptionMode: something }),
            says: /transitEncryptionMode is not known yet/,
            modes: atFirst,
        },
        {
            rule: "cache-authenticated",
            what: "a token not known yet that comes from no secret",
            change: set("cache-replication-group", { authToken: something }),
            says: /authToken is not known yet/,
            modes: atFirst,
        },
        {
            rule: "cache-authenticated",
            what: "user groups not known yet",
            change: set("cache-replication-group", { authToken: undefined, userGroupIds: something }),
            says: /userGroupIds is not known yet/,
            modes: atFirst,
        },
        {
            rule: "cache-in-isolated-subnets",
            what: "a group that the stack only reads",
            change: set("cache-replication-group", { subnetGroupName: read("shared") }),
            says: /cache-replication-group → subnet groups (from outside|that are not resources of) this stack/,
            modes: always,
        },
        {
            rule: "cache-behind-own-security-group",
            what: "a group that the stack only reads",
            change: set("cache-replication-group", { securityGroupIds: [read("sg-0123")] }),
            says: /security groups that are not resources of this stack/,
            modes: always,
        },
    ],
};

/** A cache that authenticates users of a group instead of a token. */
export const cacheUsers = on("aurora", {
    mutations: [
        {
            rule: "cache-users-authenticated",
            what: "a user without a password",
            change: set("cache-auth-application-user", { authenticationMode: { type: "no-password-required" } }),
            says: /^cache-auth-application-user: authenticationMode requires no password/,
        },
        {
            rule: "cache-users-authenticated",
            what: "a user who needs no password, by the older input",
            change: set("cache-auth-application-user", { authenticationMode: undefined, noPasswordRequired: true }),
            says: /noPasswordRequired is true/,
        },
        {
            rule: "cache-users-authenticated",
            what: "a user without any authentication settings",
            change: set("cache-auth-application-user", { authenticationMode: undefined }),
            says: /neither authenticationMode nor passwords is set/,
        },
    ],
    unproved: [
        {
            rule: "cache-users-authenticated",
            what: "an authentication mode not known yet",
            change: set("cache-auth-application-user", { authenticationMode: { type: something } }),
            says: /authenticationMode is not known yet/,
            modes: atFirst,
        },
    ],
});
