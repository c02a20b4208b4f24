import { text } from "../../graph/reading";
import { types } from "../../graph/types";
import type { Rule } from "../../rule";
import { satisfied, unknown, violated } from "../../verdict";
import { aws, customerKey, isAtLeast, isNoneOf, isSet, isTrue, judgeInputs, onInputs, whenSet } from "../inputs";

/* Clusters of one node, of Memcached, and of MemoryDB; replication groups have rules of their own. */

const cluster = aws("elasticache/cluster");
const serverless = aws("elasticache/serverlessCache");
const memorydb = aws("memorydb/cluster");

const tls: Rule = {
    id: "cache-cluster-encrypted-in-transit",
    title: "Cache clusters of Memcached and of MemoryDB use TLS, and those of Redis are replication groups",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_202"] },
    remedy: "Set transitEncryptionEnabled: true (for MemoryDB leave out tlsEnabled). An aws.elasticache.Cluster of Redis or Valkey has no TLS: use an aws.elasticache.ReplicationGroup.",
    judges: "inputs",
    appliesTo: [cluster, memorydb],
    judge: (view) => {
        if (view.type === memorydb) return judgeInputs(view, { tlsEnabled: whenSet(isTrue) });
        // A member of a replication group is as the group is.
        if (view.read("replicationGroupId").is !== "absent") return satisfied;
        const engine = view.read("engine");
        if (engine.is === "unknown") return unknown("engine is not known yet");
        return text(engine) === "memcached"
            ? judgeInputs(view, { transitEncryptionEnabled: isTrue })
            : violated(`a cluster of ${text(engine) ?? "Redis"} has neither TLS nor encryption at rest`);
    },
};

const placed: Rule = {
    id: "cache-cluster-in-own-subnets",
    title: "Cache clusters are in subnets that are chosen for them",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["ElastiCache.7"], checkov: ["CKV_AWS_323"] },
    remedy: "Set subnetGroupName, for a serverless cache subnetIds, to subnets without a route to the internet.",
    judges: "inputs",
    appliesTo: [cluster, serverless, memorydb],
    judge: (view) => {
        if (view.read("replicationGroupId").is !== "absent") return satisfied;
        if (view.type === serverless) return judgeInputs(view, { subnetIds: isSet });
        const given = judgeInputs(view, { subnetGroupName: isSet });
        return given.is === "satisfied" ? judgeInputs(view, { subnetGroupName: notDefault }) : given;
    },
};

/** An unknown name is that of a group that the program makes. */
const notDefault: Parameters<typeof whenSet>[0] = (reading, what) =>
    reading.is === "unknown" ? satisfied : isNoneOf("default")(reading, what);

const authenticated: Rule = {
    id: "cache-cluster-authenticated",
    title: "Serverless caches and clusters of MemoryDB require authentication",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Set userGroupId, for MemoryDB aclName to an ACL other than open-access.",
    judges: "inputs",
    appliesTo: [serverless, memorydb],
    judge: (view) => {
        if (view.type === memorydb) return judgeInputs(view, { aclName: isNoneOf("open-access") });
        const engine = view.read("engine");
        if (engine.is === "unknown") return unknown("engine is not known yet");
        // Memcached has no users.
        return text(engine) === "memcached" ? satisfied : judgeInputs(view, { userGroupId: isSet });
    },
};

const backedUp = onInputs({
    id: "cache-backed-up",
    title: "Caches are backed up",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["ElastiCache.1"], checkov: ["CKV_AWS_134"] },
    remedy: "Set snapshotRetentionLimit to a number of days, unless the data can be made anew.",
    appliesTo: [types.replicationGroup, cluster, memorydb, serverless],
    inputs: { snapshotRetentionLimit: isAtLeast(1) },
});

export const cacheClustersRules: readonly Rule[] = [
    tls,
    placed,
    authenticated,
    {
        ...backedUp,
        judge: (view) =>
            text(view.read("engine")) === "memcached"
                ? satisfied
                : judgeInputs(view, { snapshotRetentionLimit: isAtLeast(1) }),
    },
    customerKey({
        id: "cache-cluster-encrypted-with-customer-key",
        of: "Serverless caches",
        types: [serverless],
        input: "kmsKeyId",
        controls: {},
        change: "On an existing cache this replaces it.",
    }),
    customerKey({
        id: "memory-database-encrypted-with-customer-key",
        of: "Clusters of MemoryDB",
        types: [memorydb],
        input: "kmsKeyArn",
        controls: { checkov: ["CKV_AWS_201"] },
        change: "On an existing cluster this replaces it.",
    }),
];
