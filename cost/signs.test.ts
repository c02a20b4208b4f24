import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlannedResource } from "./plan/resource";
import { pricedRegions } from "./prices/prices";
import { planned, priced } from "./testing/plan";

/* The sign of every difference: what is more of something costs more, whatever else is planned. */

const regions = fc.constantFrom(...pricedRegions);
/** Classes of which each is larger than the one before it. */
const databaseClasses = [
    "db.t4g.micro",
    "db.t4g.small",
    "db.t4g.medium",
    "db.t4g.large",
    "db.r6g.large",
    "db.r6g.xlarge",
];
const auroraClasses = ["db.t4g.medium", "db.t4g.large", "db.r6g.large", "db.r6g.xlarge", "db.r6g.2xlarge"];
const cacheClasses = ["cache.t4g.micro", "cache.t4g.small", "cache.t4g.medium", "cache.r6g.large", "cache.r6g.xlarge"];

const totalOf = (region: string, ...plan: PlannedResource[]) => priced(plan, { region }).monthlyUsd.total;

/** Two different members of a list, the smaller first. */
const pairOf = <Item>(list: readonly Item[]) =>
    fc
        .uniqueArray(fc.nat({ max: list.length - 1 }), { minLength: 2, maxLength: 2 })
        .map(
            (indices) => indices.sort((one, other) => one - other).map((index) => list[index] as Item) as [Item, Item],
        );

const instances = fc.record({
    engine: fc.constantFrom("postgres", "mysql"),
    instanceClass: fc.constantFrom(...databaseClasses),
    multiAz: fc.boolean(),
    storageType: fc.constantFrom("gp2", "gp3"),
    allocatedStorage: fc.integer({ min: 20, max: 4000 }),
});
const instance = (inputs: Record<string, unknown>) => planned("aws:rds/instance:Instance", inputs);

describe("a database instance costs more", () => {
    it("with a bigger class", () => {
        fc.assert(
            fc.property(regions, instances, pairOf(databaseClasses), (region, inputs, [smaller, bigger]) => {
                const cost = (instanceClass: string) => totalOf(region, instance({ ...inputs, instanceClass }));
                expect(cost(bigger)).toBeGreaterThan(cost(smaller));
            }),
        );
    });

    it("with more storage, with a standby, with a replica", () => {
        fc.assert(
            fc.property(regions, instances, fc.integer({ min: 1, max: 2000 }), (region, inputs, more) => {
                const cost = totalOf(region, instance(inputs));
                const larger = { ...inputs, allocatedStorage: inputs.allocatedStorage + more };
                expect(totalOf(region, instance(larger))).toBeGreaterThan(cost);
                expect(totalOf(region, instance({ ...inputs, multiAz: true }))).toBeGreaterThan(
                    totalOf(region, instance({ ...inputs, multiAz: false })),
                );
                expect(totalOf(region, instance(inputs), instance(inputs))).toBeGreaterThan(cost);
            }),
        );
    });

    it("with more IOPS than gp3 includes, and not a cent with fewer", () => {
        fc.assert(
            fc.property(regions, instances, fc.integer({ min: 3000, max: 20_000 }), (region, inputs, iops) => {
                const gp3 = { ...inputs, storageType: "gp3" };
                const included = inputs.allocatedStorage >= 400 ? 12_000 : 3000;
                const difference = totalOf(region, instance({ ...gp3, iops })) - totalOf(region, instance(gp3));
                if (iops > included) expect(difference).toBeGreaterThan(0);
                else expect(difference).toBe(0);
            }),
        );
    });

    it("with an Intel processor in the place of a Graviton of the same size", () => {
        fc.assert(
            fc.property(
                regions,
                instances,
                fc.constantFrom("micro", "small", "medium", "large"),
                (region, inputs, size) => {
                    const cost = (family: string) =>
                        totalOf(region, instance({ ...inputs, instanceClass: `db.${family}.${size}` }));
                    expect(cost("t3")).toBeGreaterThan(cost("t4g"));
                },
            ),
        );
    });
});

describe("an Aurora cluster", () => {
    const plan = (cluster: Record<string, unknown>, classes: readonly string[]) => {
        const own = planned("aws:rds/cluster:Cluster", cluster);
        const servers = classes.map((instanceClass) =>
            planned("aws:rds/clusterInstance:ClusterInstance", { instanceClass }, { clusterIdentifier: [own] }),
        );
        return [own, ...servers];
    };
    const cost = (region: string, resources: PlannedResource[], millions: number) =>
        priced(resources, { region, usage: { auroraIoMillions: millions } }).monthlyUsd.total;

    it("costs more with bigger classes and with more readers", () => {
        fc.assert(
            fc.property(regions, pairOf(auroraClasses.slice(0, 4)), (region, [smaller, bigger]) => {
                expect(totalOf(region, ...plan({}, [bigger]))).toBeGreaterThan(totalOf(region, ...plan({}, [smaller])));
                expect(totalOf(region, ...plan({}, [smaller, smaller]))).toBeGreaterThan(
                    totalOf(region, ...plan({}, [smaller])),
                );
            }),
        );
    });

    it("costs more with I/O-Optimized storage for little I/O, and less for much", () => {
        fc.assert(
            fc.property(regions, fc.integer({ min: 0, max: 50 }), (region, millions) => {
                const standard = plan({}, ["db.r6g.large"]);
                const optimized = plan({ storageType: "aurora-iopt1" }, ["db.r6g.large"]);
                expect(cost(region, optimized, millions)).toBeGreaterThan(cost(region, standard, millions));
                expect(cost(region, optimized, millions + 2000)).toBeLessThan(cost(region, standard, millions + 2000));
            }),
        );
    });

    it("costs more with a higher minimum and with a higher maximum of capacity", () => {
        const capacities = fc.record({
            minimum: fc.integer({ min: 1, max: 20 }),
            range: fc.integer({ min: 1, max: 100 }),
        });
        fc.assert(
            fc.property(regions, capacities, fc.integer({ min: 1, max: 20 }), (region, { minimum, range }, more) => {
                const serverless = (minCapacity: number, maxCapacity: number) =>
                    totalOf(
                        region,
                        ...plan({ serverlessv2ScalingConfiguration: { minCapacity, maxCapacity } }, ["db.serverless"]),
                    );
                const base = serverless(minimum, minimum + range + more);
                expect(serverless(minimum + more, minimum + range + more)).toBeGreaterThan(base);
                expect(serverless(minimum, minimum + range + 2 * more)).toBeGreaterThan(base);
            }),
        );
    });
});

describe("a cache costs more", () => {
    const groups = fc.record({
        engine: fc.constantFrom("redis", "valkey"),
        nodeType: fc.constantFrom(...cacheClasses),
        numNodeGroups: fc.integer({ min: 1, max: 10 }),
        replicasPerNodeGroup: fc.integer({ min: 0, max: 5 }),
    });
    const cache = (inputs: Record<string, unknown>) =>
        planned("aws:elasticache/replicationGroup:ReplicationGroup", inputs);

    it("with bigger nodes, more shards, more replicas, and as Redis OSS rather than Valkey", () => {
        fc.assert(
            fc.property(regions, groups, pairOf(cacheClasses), (region, inputs, [smaller, bigger]) => {
                const cost = (change: Record<string, unknown>) => totalOf(region, cache({ ...inputs, ...change }));
                expect(cost({ nodeType: bigger })).toBeGreaterThan(cost({ nodeType: smaller }));
                expect(cost({ numNodeGroups: inputs.numNodeGroups + 1 })).toBeGreaterThan(cost({}));
                expect(cost({ replicasPerNodeGroup: inputs.replicasPerNodeGroup + 1 })).toBeGreaterThan(cost({}));
                expect(cost({ engine: "redis" })).toBeGreaterThan(cost({ engine: "valkey" }));
            }),
        );
    });
});
