import { afterAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";
import { CLIENT, existing, givenCount, givenVpc, vouchedFor } from "./existing-vpc";

/** The settings that choose what a platform is made of. */
const databases = {
    PostgreSQL: { engine: "postgres", readReplicas: 1 },
    MySQL: { engine: "mysql", readReplicas: 1, proxy: {} },
    "Aurora PostgreSQL": { engine: "aurora-postgresql", readReplicas: 1, proxy: {} },
    "Aurora PostgreSQL, serverless": { engine: "aurora-postgresql", serverlessCapacity: {}, readReplicas: 1 },
    "Aurora MySQL": { engine: "aurora-mysql" },
};
const caches = { Redis: { engine: "redis" }, Valkey: { engine: "valkey" } };
const modes = { "one shard": { shards: 0 }, "cluster mode": { shards: 2, replicasPerShard: 1 } };
const queues = { standard: {}, FIFO: { fifo: true } };
const networks = ["new", "existing"] as const;

type Combination = [
    keyof typeof databases,
    keyof typeof caches,
    keyof typeof modes,
    keyof typeof queues,
    (typeof networks)[number],
];

/** Every two choices meet in one of these. */
const combinations: Combination[] = [
    ["PostgreSQL", "Redis", "one shard", "standard", "new"],
    ["PostgreSQL", "Valkey", "cluster mode", "FIFO", "existing"],
    ["MySQL", "Redis", "one shard", "FIFO", "existing"],
    ["MySQL", "Valkey", "cluster mode", "standard", "new"],
    ["Aurora PostgreSQL", "Redis", "cluster mode", "standard", "existing"],
    ["Aurora PostgreSQL", "Valkey", "one shard", "FIFO", "new"],
    ["Aurora PostgreSQL, serverless", "Redis", "cluster mode", "FIFO", "new"],
    ["Aurora PostgreSQL, serverless", "Valkey", "one shard", "standard", "existing"],
    ["Aurora MySQL", "Redis", "cluster mode", "FIFO", "existing"],
    ["Aurora MySQL", "Valkey", "one shard", "standard", "new"],
];

const checkout = new Checkout();
afterAll(() => checkout.remove());

function configure([database, cache, mode, queue, network]: Combination): string[] {
    const values = {
        "aws:region": "eu-west-1",
        "plinth:tier": "dev",
        "plinth:cluster": false,
        "plinth:database": databases[database],
        "plinth:cache": { ...caches[cache], ...modes[mode] },
        "plinth:queues": { orders: queues[queue] },
        ...(network === "existing" && {
            "plinth:network": { existing },
            "plinth:clients": { app: { securityGroupId: CLIENT } },
        }),
    };
    checkout.write("Pulumi.dev.yaml", JSON.stringify({ config: values }));
    checkout.write("Sandbox.dev.yaml", network === "existing" ? givenVpc : "given: []");
    checkout.write("policy.dev.json", network === "existing" ? vouchedFor : "{}");
    return ["--policy-pack-config", "policy.dev.json"];
}

it("has a platform for every two choices", () => {
    const choices = [databases, caches, modes, queues, Object.fromEntries(networks.map((network) => [network, 0]))];
    const lists = choices.map((choice) => Object.keys(choice));
    const wanted = lists.flatMap((ones, i) =>
        lists.slice(i + 1).flatMap((others, j) => ones.flatMap((a) => others.map((b) => ({ i, a, k: i + 1 + j, b })))),
    );
    const missing = wanted.filter(({ i, a, k, b }) => !combinations.some((row) => row[i] === a && row[k] === b));
    expect(missing).toEqual([]);
});

describe.each(combinations)("%s, %s with %s, a queue that is %s, a network that is %s", (...combination) => {
    it("comes up under the policy pack, is as planned, and leaves nothing", async () => {
        const packConfiguration = configure(combination);
        await checkout.succeed("up", "dev", "--skip-preview", ...packConfiguration);
        const whole = await checkout.succeed(
            "pulumi",
            "up",
            "--stack",
            "dev",
            "--yes",
            "--refresh",
            "--skip-preview",
            "--expect-no-changes",
        );
        expect(whole).not.toMatch(/\d+ (updated|replaced|created|deleted)/);
        await checkout.succeed("pulumi", "destroy", "--stack", "dev", "--yes", "--skip-preview");
        expect((await checkout.account("dev")).resources).toHaveLength(
            combination.at(-1) === "existing" ? givenCount : 0,
        );
    });
});
