import type { Estimate } from "@plinth/cost";
import { beforeAll, describe, expect, it } from "vitest";
import { priced } from "../cost/testing/plan";
import { pricedTypes } from "../cost/types";
import { plannedResources, settingsOfStack } from "./testing/planned";

async function estimated(
    tier: string,
    settings: Record<string, unknown> = {},
    region = "eu-west-1",
): Promise<Estimate> {
    return priced(await plannedResources(tier, settings, region), { region });
}

describe("prod", () => {
    let prod: Estimate;
    beforeAll(async () => {
        prod = await estimated("prod", settingsOfStack("prod"));
    });

    /** Prices of Ireland: see cost/prices/data/eu-west-1.json. */
    it.each<[string, string, number]>([
        ["database-primary", "rds-multi-az/postgres/db.r6g.large", 730 * 0.504],
        ["database-primary", "rds-storage-multi-az/io1", 500 * 0.276],
        ["database-primary", "rds-iops-multi-az/io1", 3000 * 0.2209],
        ["database-primary", "database-insights-advanced/vcpu", 2 * 730 * 0.0125],
        ["database-replica-1", "rds/postgres/db.r6g.large", 730 * 0.252],
        ["database-replica-2", "rds-storage/io1", 500 * 0.138],
        ["database-replica-2", "rds-iops/io1", 3000 * 0.1104],
        ["cache-replication-group", "cache/redis/cache.r6g.large", 3 * 3 * 730 * 0.229],
        ["network-nat-0", "nat-gateway/hour", 730 * 0.048],
        ["network-nat-2", "nat-gateway/gb", 100 * 0.048],
        ["network-nat-1-address", "public-ipv4/hour", 730 * 0.005],
        ["network-endpoints-sqs", "interface-endpoint/hour", 3 * 730 * 0.011],
        ["network-endpoints-kms", "interface-endpoint/gb", 10 * 0.01],
        ["cluster-control-plane-eks", "eks/cluster", 730 * 0.1],
        ["cluster-nodes-zone-0", "ec2/m6i.large", 730 * 0.107],
        ["cluster-nodes-zone-1", "ebs/gp3", 50 * 0.088],
        ["monitoring-prometheus-chart", "ebs/gp3", (50 + 1) * 0.088],
        ["orders-queue", "sqs/standard", 0.4],
        ["database-encryption-key", "kms/key", 1],
        ["registry-backend", "ecr/storage", 5 * 0.1],
    ])("is charged for %s by %s as the price list has it", (resource, price, usd) => {
        const lines = prod.lines.filter((line) => line.resource === resource && line.price === price);
        expect(lines.length).toBeGreaterThan(0);
        expect(lines.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0)).toBeCloseTo(usd, 6);
    });

    it("has a price for everything that is charged", () => {
        expect(prod.unpriced).toEqual([]);
    });
});

it("no price depends on an input that the program itself does not look at", async () => {
    const plan = await plannedResources("prod", {
        ...settingsOfStack("prod"),
        database: { engine: "aurora-postgresql", readReplicas: 1, proxy: {} },
    });
    const unread: string[] = [];
    const watched = plan.map((resource) => {
        const reads: readonly string[] = pricedTypes[resource.type]?.reads ?? [];
        const inputs = new Proxy(resource.inputs, {
            get: (target, input) => {
                if (!reads.includes(String(input))) unread.push(`${resource.type} ${String(input)}`);
                return Reflect.get(target, input);
            },
        });
        return Object.assign(resource, { inputs });
    });
    priced(watched);
    expect(unread).toEqual([]);
});

/** Pairs of settings of prod, without the parts that no pair is about, of which the second costs more. */
const dearer: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ["a bigger class", {}, { database: { instanceClass: "db.r6g.xlarge" } }],
    ["another replica", { database: { readReplicas: 1 } }, { database: { readReplicas: 2 } }],
    ["more storage", {}, { database: { allocatedStorageGiB: 600 } }],
    ["io1 in the place of gp3", { database: { storageType: "gp3" } }, {}],
    ["Intel in the place of Graviton", { cluster: { instanceTypes: ["m6g.large"] } }, { cluster: {} }],
    ["Redis OSS in the place of Valkey", { cache: { engine: "valkey" } }, {}],
    ["another shard", {}, { cache: { shards: 4 } }],
    ["a gateway in each zone", { network: { natGateways: "single" } }, {}],
    ["a cluster", {}, { cluster: {} }],
    ["a proxy", {}, { database: { proxy: {} } }],
    ["a higher minimum of capacity", { database: serverless(1, 16) }, { database: serverless(2, 16) }],
    ["a higher maximum of capacity", { database: serverless(1, 16) }, { database: serverless(1, 32) }],
];

function serverless(minimumAcu: number, maximumAcu: number) {
    return {
        engine: "aurora-postgresql",
        instanceClass: "db.serverless",
        serverlessCapacity: { minimumAcu, maximumAcu },
    };
}

const without = { cluster: false, registry: false, workloads: false, monitoring: false, observability: false };

const estimates = new Map<string, Promise<Estimate>>();

/** The estimate of prod without those parts, made once for the same settings. */
function small(settings: string): Promise<Estimate> {
    const made = estimates.get(settings) ?? estimated("prod", { ...without, ...JSON.parse(settings) });
    estimates.set(settings, made);
    return made;
}

it.each(dearer)("%s costs more", async (_, cheaper, more) => {
    const costOf = async (settings: Record<string, unknown>) => {
        return (await small(JSON.stringify(settings))).monthlyUsd.total;
    };
    expect(await costOf(more)).toBeGreaterThan(await costOf(cheaper));
});

describe("the stack's budget", () => {
    const budgetOf = async (settings: Record<string, unknown>, region?: string) =>
        (await plannedResources("dev", settings, region)).filter(({ type }) => type === "aws:budgets/budget:Budget");

    it("is there by default, and with one for each component that is named", async () => {
        const cost = { componentMonthlyUsd: { database: 40 } };
        expect((await budgetOf({ cost })).map(({ name }) => name)).toEqual(["cost-stack", "cost-database"]);
    });

    it("is not there where no price is known, unless an amount is given", async () => {
        expect(await budgetOf({}, "eu-north-1")).toEqual([]);
        expect(await budgetOf({ cost: { monthlyUsd: 500 } }, "eu-north-1")).toHaveLength(1);
        expect(await budgetOf({ cost: false })).toEqual([]);
    });

    it("is not there where nobody would be told of it, and refused where it was asked for", async () => {
        const unheard = { notifications: false, observability: false };
        expect(await budgetOf(unheard)).toEqual([]);
        expect(await budgetOf({ ...unheard, cost: { emails: ["costs@example.com"] } })).toHaveLength(1);
        await expect(budgetOf({ ...unheard, cost: { monthlyUsd: 500 } })).rejects.toThrow(
            /plinth:cost\.monthlyUsd: is a budget that nobody is told of/,
        );
    });
});
