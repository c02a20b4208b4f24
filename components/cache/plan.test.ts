import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cacheSpec } from "../testing/specs";
import { type CacheTopology, cacheProblems, planCache } from "./plan";
import type { CacheSpec } from "./spec";

const textsOf = (change: Partial<CacheSpec>) =>
    cacheProblems("c", { ...cacheSpec, ...change }).map((problem) => problem.text);

describe("what is refused", () => {
    it.each<[Partial<CacheSpec>, string]>([
        [
            { engineVersion: "6.2" },
            'c.engineVersion: "6.2" is not a version of redis that Plinth makes; give 7.0 or 7.1',
        ],
        [
            { engine: "valkey" },
            'c.engineVersion: "7.1" is not a version of valkey that Plinth makes; give 7.2, 8.0, 8.1, 8.2, 9.0 or 9.1',
        ],
        [{ nodeType: "db.r6g.large" }, 'c.nodeType: "db.r6g.large" is not a node type; give one like cache.r6g.large'],
        [
            { nodeType: "cache.t1.micro" },
            'c.nodeType: "cache.t1.micro" is of a generation without encryption; give one like cache.t3.micro',
        ],
        [{ replicasPerShard: 6 }, "c.replicasPerShard: 6 is out of range; give 0 to 5"],
        [{ shards: 501 }, "c.shards: 501 is out of range; give 0 to 500"],
        [
            { shards: 84, replicasPerShard: 5 },
            "c.shards: 84 with 5 replicas each make 504 nodes, over ElastiCache's 500; give fewer of either",
        ],
        [{ port: 1023 }, "c.port: 1023 is out of range; give 1024 to 65535"],
        [
            { parameters: { "cluster-enabled": "no" } },
            "c.parameters: cluster-enabled follows from shards; leave it out and set shards",
        ],
        [{ snapshotRetentionDays: 36 }, "c.snapshotRetentionDays: 36 is out of range; give 0 to 35"],
        [
            { snapshotWindow: "02:00-02:30" },
            'c.snapshotWindow: "02:00-02:30" is not a daily window in UTC of 60 minutes or more; give one like 02:00-03:00',
        ],
        [
            { maintenanceWindow: "sun:05:00-sun:05:59" },
            'c.maintenanceWindow: "sun:05:00-sun:05:59" is not a weekly window in UTC of 60 minutes or more; give one like sun:05:00-sun:06:00',
        ],
        [
            { maintenanceWindow: "sun:02:30-sun:03:30" },
            "c.maintenanceWindow: sun:02:30-sun:03:30 overlaps the snapshot window 02:00-03:00; move one of them",
        ],
        [
            { authToken: "too short" },
            "c.authToken: the value is not a token that ElastiCache accepts; give 16 to 128 letters, digits and !&#$^<>-",
        ],
        [{ authTokenVersion: 0 }, "c.authTokenVersion: 0 is out of range; give 1 to 1000000"],
        [
            { notificationTopicArn: "cache-events" },
            'c.notificationTopicArn: "cache-events" is not the ARN of a topic that ElastiCache accepts; give one like arn:aws:sns:eu-west-1:123456789012:cache-events',
        ],
        [
            { shards: 0, clusterModeMigration: "compatible" },
            'c.clusterModeMigration: "compatible" leads to a cache with shards, and shards is 0; give shards too, or leave it out',
        ],
        [{ logs: ["slow-log", "slow-log"] }, 'c.logs: "slow-log, slow-log" names a log twice; give each once'],
        [
            { logRetentionDays: 2 },
            "c.logRetentionDays: 2 is not a retention that CloudWatch offers; give 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653",
        ],
        [{ keyDeletionWindowDays: 31 }, "c.keyDeletionWindowDays: 31 is out of range; give 7 to 30"],
    ])("%j", (change, text) => {
        expect(textsOf(change)).toEqual([text]);
    });

    it.each<Partial<CacheSpec>>([
        { shards: 83, replicasPerShard: 5 },
        { shards: 500, replicasPerShard: 0 },
        { shards: 0 },
        { authToken: "0123456789abcdef!&#$^<>-" },
        { notificationTopicArn: "arn:aws-cn:sns:cn-north-1:123456789012:cache-events" },
        { clusterModeMigration: "enabled" },
    ])("but not %j", (change) => {
        expect(textsOf(change)).toEqual([]);
    });

    it("is a network with too few zones to put replicas into", () => {
        expect(() => planCache("c", cacheSpec, 1)).toThrow("c.network: 1 isolated subnets are too few for 2 replicas");
        expect(() => planCache("c", { ...cacheSpec, replicasPerShard: 0 }, 1)).not.toThrow();
    });
});

describe("planCache", () => {
    it.each<[string, Partial<CacheSpec>, CacheTopology]>([
        [
            "a single node",
            { shards: 0, replicasPerShard: 0 },
            { numCacheClusters: 1, automaticFailoverEnabled: false, multiAzEnabled: false },
        ],
        [
            "a primary with a replica",
            { shards: 0, replicasPerShard: 1 },
            { numCacheClusters: 2, automaticFailoverEnabled: true, multiAzEnabled: true },
        ],
        [
            "shards",
            {},
            { numNodeGroups: 3, replicasPerNodeGroup: 2, automaticFailoverEnabled: true, multiAzEnabled: true },
        ],
        [
            "shards without replicas",
            { replicasPerShard: 0 },
            { numNodeGroups: 3, replicasPerNodeGroup: 0, automaticFailoverEnabled: true, multiAzEnabled: false },
        ],
    ])("%s", (_, change, topology) => {
        expect(planCache("c", { ...cacheSpec, ...change }, 3).topology).toEqual(topology);
    });

    it.each<[Partial<CacheSpec>, string, string]>([
        [{ shards: 0 }, "redis7", "redis7"],
        [{ shards: 3 }, "redis7", "redis7-cluster"],
        [{ shards: 0, engine: "valkey", engineVersion: "7.2" }, "valkey7", "valkey7"],
        [{ shards: 0, engine: "valkey", engineVersion: "8.1" }, "valkey8", "valkey8"],
    ])("%j has parameters of its own family and mode", (change, parameterFamily, parameterGroupPart) => {
        expect(planCache("c", { ...cacheSpec, ...change }, 3)).toMatchObject({ parameterFamily, parameterGroupPart });
    });

    it("puts a stack's parameters over its own, whatever their order", () => {
        const own = { timeout: "0", "lazyfree-lazy-eviction": "yes" };
        const expected = [
            { name: "lazyfree-lazy-eviction", value: "yes" },
            { name: "maxmemory-policy", value: "allkeys-lru" },
            { name: "notify-keyspace-events", value: "Ex" },
            { name: "timeout", value: "0" },
        ];
        fc.assert(
            fc.property(fc.shuffledSubarray(Object.entries(own), { minLength: 2 }), (entries) => {
                const parameters = Object.fromEntries(entries);
                expect(planCache("c", { ...cacheSpec, shards: 0, parameters }, 3).parameters).toEqual(expected);
            }),
        );
    });

    it("switches cluster mode on exactly where there are shards", () => {
        const modeOf = (shards: number) =>
            planCache("c", { ...cacheSpec, shards }, 3).parameters.find(({ name }) => name === "cluster-enabled")
                ?.value;
        expect([0, 1, 3].map(modeOf)).toEqual([undefined, "yes", "yes"]);
    });
});
