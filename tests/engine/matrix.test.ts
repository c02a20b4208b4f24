import { afterAll, expect, it } from "vitest";
import { Checkout } from "./checkout";
import { CLIENT, existing, givenVpc, trustedSubnets } from "./existing-vpc";

/** The settings of a database, and what they come to. */
interface DatabaseChoice {
    settings: { engine: string; [name: string]: unknown };
    port: number;
    /** Inputs by the name of the resource. */
    made: Record<string, object>;
}

/** The settings that choose what a platform is made of. */
const databases = {
    PostgreSQL: {
        settings: { engine: "postgres", readReplicas: 1 },
        port: 5432,
        made: { "database-primary": { engine: "postgres", port: 5432 } },
    },
    MySQL: {
        settings: { engine: "mysql", readReplicas: 1, proxy: {} },
        port: 3306,
        made: {
            "database-primary": { engine: "mysql", engineVersion: "8.4", port: 3306 },
            "database-parameter-group": { family: "mysql8.4" },
        },
    },
    "Aurora PostgreSQL": {
        settings: { engine: "aurora-postgresql", readReplicas: 1, proxy: {} },
        port: 5432,
        made: {
            "database-cluster": { engine: "aurora-postgresql", engineVersion: "16" },
            "database-reader-1": { instanceClass: "db.t4g.medium" },
        },
    },
    "Aurora PostgreSQL, serverless": {
        settings: {
            engine: "aurora-postgresql",
            readReplicas: 1,
            serverlessCapacity: { maximumAcu: 2 },
            readerAutoscaling: {},
            insights: "advanced",
            monitoringIntervalSeconds: 60,
        },
        port: 5432,
        made: {
            "database-cluster": { serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 2 } },
            "database-parameter-group": { family: "aurora-postgresql16" },
            "database-reader-1": { instanceClass: "db.serverless" },
            "database-autoscaled-readers-target": { minCapacity: 1, maxCapacity: 5 },
        },
    },
    "Aurora MySQL": {
        settings: { engine: "aurora-mysql", readReplicas: 1, masterPassword: "managed" },
        port: 3306,
        made: {
            "database-cluster": { engineVersion: "8.0", port: 3306, manageMasterUserPassword: true },
            "database-cluster-parameter-group": { family: "aurora-mysql8.0" },
            "database-writer": { instanceClass: "db.t4g.medium", availabilityZone: "eu-west-1a" },
            "database-reader-1": { instanceClass: "db.t4g.medium", availabilityZone: "eu-west-1b" },
        },
    },
} satisfies Record<string, DatabaseChoice>;
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

/** In these, every two choices meet. What a choice comes to in an account, other tests show. */
const combinations: Combination[] = [
    ["PostgreSQL", "Valkey", "cluster mode", "FIFO", "existing"],
    ["PostgreSQL", "Redis", "one shard", "standard", "new"],
    ["MySQL", "Redis", "one shard", "FIFO", "existing"],
    ["MySQL", "Valkey", "cluster mode", "standard", "new"],
    ["Aurora PostgreSQL", "Valkey", "one shard", "FIFO", "new"],
    ["Aurora PostgreSQL", "Redis", "cluster mode", "standard", "existing"],
    ["Aurora PostgreSQL, serverless", "Redis", "cluster mode", "FIFO", "new"],
    ["Aurora PostgreSQL, serverless", "Valkey", "one shard", "standard", "existing"],
    ["Aurora MySQL", "Valkey", "one shard", "standard", "new"],
    ["Aurora MySQL", "Redis", "cluster mode", "FIFO", "existing"],
];

const checkout = new Checkout();
afterAll(() => checkout.remove());

function configure([database, cache, mode, queue, network]: Combination): string[] {
    const values = {
        "aws:region": "eu-west-1",
        "plinth:tier": "dev",
        "plinth:cluster": false,
        "plinth:database": databases[database].settings,
        "plinth:cache": { ...caches[cache], ...modes[mode] },
        "plinth:queues": { orders: queues[queue] },
        ...(network === "existing" && {
            "plinth:network": { existing },
            "plinth:clients": { app: { securityGroupId: CLIENT } },
        }),
    };
    checkout.write("Pulumi.dev.yaml", JSON.stringify({ config: values }));
    checkout.write("Sandbox.dev.yaml", network === "existing" ? givenVpc : "preexisting: []");
    checkout.write("policy.dev.json", network === "existing" ? trustedSubnets : "{}");
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

it.each(combinations)(
    "%s, %s with %s, a queue that is %s and a network that is %s are planned under the policy pack, with what makes them what they are",
    async (...combination) => {
        await checkout.succeed("reset");
        const { made, port }: DatabaseChoice = databases[combination[0]];
        const output = await checkout.succeed("preview", "dev", "--json", ...configure(combination));
        const { steps } = JSON.parse(output) as { steps: { urn: string; newState?: { inputs?: object } }[] };
        const inputsOf = (name: string) => steps.find(({ urn }) => urn.endsWith(`::${name}`))?.newState?.inputs;
        for (const [name, inputs] of Object.entries(made)) expect(inputsOf(name)).toMatchObject(inputs);
        expect(inputsOf("database-access-client-egress")).toMatchObject({ fromPort: port, toPort: port });
    },
);
