import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, type Step } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** Settings of the cache and queues, which a change adds to. */
let tier = "staging";
let cache: Record<string, unknown> = {};
let queue: Record<string, unknown> = {};
let tags: Record<string, string> = {};

function configure(): void {
    const settings = {
        "plinth:tier": tier,
        "plinth:tags": tags,
        "plinth:cluster": false,
        "plinth:notifications": false,
        "plinth:protect": false,
    };
    const values = {
        "aws:region": "eu-west-1",
        ...settings,
        // Prod rotates their passwords.
        "plinth:database": { users: { madeByHand: true } },
        "plinth:cache": cache,
        "plinth:queues": { orders: queue },
    };
    checkout.write("Pulumi.staging.yaml", JSON.stringify({ config: values })); // which is YAML too
}

/** What a preview plans, but for what stays as it is: `update cache-replication-group nodeType`. */
async function planned(): Promise<string[]> {
    configure();
    return inWords(await checkout.steps("staging"));
}

/** Updates the stack; what that printed, and what it did, as `planned` says it. */
async function comesUp(): Promise<{ printed: string; done: string[] }> {
    configure();
    const { printed, steps } = await checkout.update("staging");
    return { printed, done: inWords(steps) };
}

function inWords(steps: Step[]): string[] {
    return steps.map(({ op, name, diffReasons = [] }) =>
        [op, name, ...(op === "update" ? [...diffReasons].sort() : [])].join(" "),
    );
}

const aboutCache = (steps: string[]) => steps.filter((step) => /cache-(replication|parameter)-group/.test(step));

beforeAll(async () => {
    await comesUp();
});

describe("a living cache", () => {
    it("is updated in place while it grows and its token is rotated, and then while the old one is set aside and a queue gets other limits", async () => {
        cache = { authTokenVersion: 2, nodeType: "cache.t4g.small", replicasPerShard: 2 };
        expect((await comesUp()).done).toEqual([
            "replace cache-auth-token",
            "update cache-replication-group authToken nodeType numCacheClusters",
            "replace cache-credentials-value",
        ]);
        cache = { ...cache, authTokenUpdateStrategy: "SET" };
        queue = { visibilityTimeoutSeconds: 60, maxReceiveCount: 5, kmsDataKeyReuseSeconds: 600 };
        const steps = await planned();
        queue = {};
        expect(steps.filter((step) => !step.includes(" orders-"))).toEqual([
            "update cache-replication-group authTokenUpdateStrategy",
        ]);
        // The limits of a queue, too, change in place.
        expect(steps.filter((step) => step.startsWith("update orders-queue "))).toHaveLength(1);
        expect(steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    });

    it("goes from Redis to Valkey in place, between making the new family's parameters and deleting the old's", async () => {
        cache = { ...cache, authTokenUpdateStrategy: "ROTATE", engine: "valkey" };
        const { printed, done } = await comesUp();
        expect(aboutCache(done)).toEqual([
            "replace cache-parameter-group",
            "update cache-replication-group engine engineVersion parameterGroupName",
        ]);
        const moments = [
            /\+\+ .*cache-parameter-group creat/,
            /~ .*cache-replication-group updat/,
            /-- .*cache-parameter-group delet/,
        ].map((line) => printed.search(line));
        expect(moments).not.toContain(-1);
        expect(moments).toEqual([...moments].sort((a, b) => a - b));
    });

    it("takes users in place of its token, in place, and a secret of the configuration as their password, while a queue that becomes FIFO is replaced", async () => {
        const own = [cache, queue] as const;
        cache = { ...cache, authentication: "user-group", authToken: { secure: "v1:ciphertext" } };
        queue = { fifo: true };
        const steps = await planned();
        [cache, queue] = own;
        expect(aboutCache(steps)).toEqual([
            "update cache-replication-group authToken authTokenUpdateStrategy userGroupIds",
        ]);
        expect(steps).toContain("delete cache-auth-token");
        // A queue's name says which kind it is.
        expect(steps).toEqual(expect.arrayContaining(["replace orders-queue", "replace orders-dead-letter"]));
    });
});

describe("a living platform whose tier goes from staging to prod", () => {
    it("is refused the shards at once, with AWS's code", async () => {
        cache = { engine: "valkey", authTokenVersion: 2 };
        tier = "prod";
        configure();
        expect(await checkout.refused("staging")).toMatch(
            /InvalidParameterCombination: updating cache-replication-group: The parameter cluster-enabled/,
        );
    });

    it("has its cache go into cluster mode in two updates that change nothing else of its nodes, and only then grow", async () => {
        cache = { ...cache, clusterModeMigration: "compatible" };
        const { done: first } = await comesUp();
        expect(aboutCache(first)).toEqual([
            "replace cache-parameter-group",
            "update cache-replication-group clusterMode finalSnapshotIdentifier parameterGroupName tags",
        ]);
        const replaced = first.filter((step) => !/^(create|update) /.test(step));
        // Of the whole platform: no subnet, no database, and of the cache only the group of parameters.
        expect(replaced.sort()).toEqual(["replace cache-credentials-value", "replace cache-parameter-group"]);
        expect(first).toEqual(expect.arrayContaining(["create network-isolated-2", "create database-replica-2"]));
        expect(first.find((step) => step.startsWith("update database-primary"))).toContain("storageType");

        cache = { ...cache, clusterModeMigration: "enabled" };
        expect((await comesUp()).done).toEqual(["update cache-replication-group clusterMode"]);

        cache = { ...cache, clusterModeMigration: undefined };
        expect(aboutCache((await comesUp()).done)).toEqual([
            "update cache-replication-group applyImmediately nodeType numNodeGroups replicasPerNodeGroup snapshotRetentionLimit",
        ]);
        expect(await planned()).toEqual([]);
        const outputs = checkout.outputs("staging") as { cache: { primaryEndpoint: string } };
        expect(outputs.cache.primaryEndpoint).toMatch(/^clustercfg\.plinth-staging-cache\./);
    }, 300_000);

    it("has its cache take one more shard, one more replica per shard and other tags in place", async () => {
        const own = [cache, tags] as const;
        cache = { ...cache, shards: 4, replicasPerShard: 3 };
        tags = { team: "shop" };
        const steps = await planned();
        expect(aboutCache(steps)).toContain("update cache-replication-group numNodeGroups replicasPerNodeGroup tags");
        expect(steps.filter((step) => !step.startsWith("update "))).toEqual([]);
        [cache, tags] = own;
    });
});
