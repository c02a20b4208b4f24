import { judgeIsolation } from "../graph/isolation";
import { elements, field, text } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, satisfied, through, unknown, violated } from "../verdict";
import {
    mustBeTrue,
    mustEqual,
    mustNameCustomerKey,
    mustNameSecurityGroups,
    mustNotBeTrue,
    trustedKeys,
    trustedSecurityGroups,
} from "./checks";
import { mustBeIsolated, trustedSubnets } from "./placement";

const cacheEncryptedAtRest: Rule = {
    id: "cache-encrypted-at-rest",
    title: "Caches encrypt their data at rest",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ElastiCache.4"], checkov: ["CKV_AWS_29"] },
    remedy: "Set atRestEncryptionEnabled: true. On an existing replication group this replaces it.",
    appliesTo: [types.replicationGroup],
    judge: (cache) => mustBeTrue(cache, "atRestEncryptionEnabled"),
};

const cacheEncryptedWithCustomerKey: Rule = {
    id: "cache-encrypted-with-customer-key",
    title: "Caches are encrypted with a customer managed key",
    severity: "medium",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_191"] },
    remedy: "Set kmsKeyId to the arn of an aws.kms.Key of the stack. On an existing replication group this replaces it.",
    appliesTo: [types.replicationGroup],
    trustedIds: [trustedKeys],
    judge: (cache, trusted) => mustNameCustomerKey(cache, "kmsKeyId", trusted),
};

const cacheEncryptedInTransit: Rule = {
    id: "cache-encrypted-in-transit",
    title: "Caches refuse connections without TLS",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ElastiCache.5"], checkov: ["CKV_AWS_30"] },
    remedy: 'Set transitEncryptionEnabled: true and transitEncryptionMode: "required".',
    appliesTo: [types.replicationGroup],
    judge: (cache) =>
        all([
            mustBeTrue(cache, "transitEncryptionEnabled"),
            // `preferred` takes connections with and without TLS.
            mustEqual(cache.read("transitEncryptionMode"), "transitEncryptionMode", "required"),
        ]),
};

const cacheAuthenticated: Rule = {
    id: "cache-authenticated",
    title: "Caches require authentication",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ElastiCache.6"], checkov: ["CKV_AWS_31"] },
    remedy: "Set authToken to a generated secret, or userGroupIds to a user group.",
    appliesTo: [types.replicationGroup],
    judge: (cache) => {
        const token = cache.read("authToken");
        const groups = cache.read("userGroupIds");
        if (token.is === "known" || (elements(groups)?.length ?? 0) > 0) return satisfied;
        if (token.is === "unknown") {
            // One that is made of a secret has a value, though it is not known yet.
            const isMade = cache.follow("authToken", [types.randomPassword, types.secretVersion]).length > 0;
            return isMade ? satisfied : unknown("authToken is not known yet");
        }
        return groups.is === "unknown"
            ? unknown("userGroupIds is not known yet")
            : violated("neither authToken nor userGroupIds is set");
    },
};

const cacheUsersAuthenticated: Rule = {
    id: "cache-users-authenticated",
    title: "Cache users authenticate with a password or with IAM",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: 'Give the user an authenticationMode of type "password" with passwords, or "iam"; or disable the user in its accessString.',
    appliesTo: [types.cacheUser],
    judge: (user) => {
        if (/^off\b/.test(text(user.read("accessString")) ?? "")) return satisfied;
        const without = mustNotBeTrue(user, "noPasswordRequired");
        if (without.is !== "satisfied") return without;
        const mode = user.read("authenticationMode");
        const kind = field(mode, "type");
        if (kind.is === "unknown") return unknown("authenticationMode is not known yet");
        if (text(kind) === "password" || text(kind) === "iam") return satisfied;
        if (kind.is === "known") return violated("authenticationMode requires no password");
        const passwords = user.read("passwords");
        if (passwords.is === "known") return satisfied;
        return passwords.is === "unknown"
            ? unknown("passwords are not known yet")
            : violated("neither authenticationMode nor passwords is set");
    },
};

const cacheInIsolatedSubnets: Rule = {
    id: "cache-in-isolated-subnets",
    title: "Caches are in isolated subnets, which have no route to the internet",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["ElastiCache.7"], checkov: ["CKV_AWS_323"] },
    remedy:
        "Name a subnet group of the stack in subnetGroupName, with only subnets whose route table has no default route and " +
        "no internet gateway.",
    appliesTo: [types.replicationGroup],
    trustedIds: [trustedSubnets],
    judge: (cache, trusted) =>
        through(cache.name, mustBeIsolated(cache, "subnetGroupName", types.cacheSubnetGroup, trusted, judgeIsolation)),
};

const cacheBehindOwnSecurityGroup: Rule = {
    id: "cache-behind-own-security-group",
    title: "Caches use security groups of the stack",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Name security groups of the stack in securityGroupIds, not the VPC's default one.",
    appliesTo: [types.replicationGroup],
    trustedIds: [trustedSecurityGroups],
    judge: (cache, trusted) => mustNameSecurityGroups(cache, "securityGroupIds", trusted),
};

export const cacheRules: readonly Rule[] = [
    cacheEncryptedAtRest,
    cacheEncryptedWithCustomerKey,
    cacheEncryptedInTransit,
    cacheAuthenticated,
    cacheUsersAuthenticated,
    cacheInIsolatedSubnets,
    cacheBehindOwnSecurityGroup,
];
