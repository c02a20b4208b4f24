import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { inputsOf, rehearse, settled } from "../../testing/mocks";
import { auroraSpec, dataNetwork, platform } from "../../testing/specs";
import type { DatabaseArgs } from "../args";
import { Database } from "../database";

const args: DatabaseArgs = { ...auroraSpec, platform, network: dataNetwork };
const make = (change: Partial<DatabaseArgs> = {}, preview = false) =>
    rehearse(preview, (options) => new Database("database", { ...args, ...change }, options));

describe("secrets", () => {
    it.each([true, false])("stay secret, preview %s", async (preview) => {
        const { made, resources } = await make({}, preview);
        expect(await pulumi.isSecret(made.connectionUrl)).toBe(true);
        const { masterPassword } = inputsOf(resources, "database-cluster");
        expect(await pulumi.isSecret(pulumi.output(masterPassword))).toBe(true);
    });

    it("name the writer, and the one address that stands for all readers", async () => {
        const { resources } = await make();
        const { secretString } = inputsOf(resources, "database-master-credentials-value");
        expect(JSON.parse(String(await settled(secretString)))).toMatchObject({
            engine: "postgres",
            host: "database-cluster.example.internal",
            replicaHosts: ["ro-database-cluster.example.internal"],
        });
    });
});

describe("servers", () => {
    it("are a writer and readers in zones by turns, of which the first reader is the first to take over", async () => {
        const { resources } = await make({ readReplicas: 3 });
        const servers = ["writer", "reader-1", "reader-2", "reader-3"].map((part) =>
            inputsOf(resources, `database-${part}`),
        );
        expect(servers.map(({ availabilityZone, promotionTier }) => [availabilityZone, promotionTier])).toEqual([
            ["eu-west-1a", 0],
            ["eu-west-1b", 1],
            ["eu-west-1c", 2],
            ["eu-west-1a", 3],
        ]);
    });

    it("begin with the writer, since the first server of a cluster is that", async () => {
        const { resources } = await make();
        const writer = resources.find(({ name }) => name === "database-writer")?.resource;
        const readers = resources.filter(({ name }) => /^database-reader-\d$/.test(name));
        expect(readers).toHaveLength(2);
        for (const { options } of readers) expect([options.dependsOn].flat()).toContain(writer);
    });

    it("of which the writer and the cluster are protected, and no reader", async () => {
        const { resources } = await make();
        const guarded = resources.filter(({ options }) => options.protect).map(({ name }) => name);
        expect(guarded).toContain("database-cluster");
        expect(guarded).toContain("database-writer");
        expect(guarded).not.toContain("database-reader-1");
        expect(inputsOf(resources, "database-cluster").deletionProtection).toBe(true);
    });

    it("leave version, key and network to the cluster", async () => {
        const { resources } = await make();
        const { engineVersion, kmsKeyId, dbSubnetGroupName, performanceInsightsEnabled } = inputsOf(
            resources,
            "database-reader-1",
        );
        expect([engineVersion, kmsKeyId, dbSubnetGroupName, performanceInsightsEnabled]).toEqual(
            Array(4).fill(undefined),
        );
    });

    it("are serverless between the capacities that the cluster is given first", async () => {
        const serverlessCapacity = { minimumAcu: 0.5, maximumAcu: 8 };
        const { resources } = await make({ instanceClass: "db.serverless", serverlessCapacity });
        const { serverlessv2ScalingConfiguration } = inputsOf(resources, "database-cluster");
        expect(serverlessv2ScalingConfiguration).toEqual({ minCapacity: 0.5, maxCapacity: 8 });
        expect(inputsOf(resources, "database-reader-2").instanceClass).toBe("db.serverless");
    });
});

describe("endpoints", () => {
    it("are the cluster's, for whichever server writes, and each reader's own", async () => {
        const { made } = await make();
        expect(await settled(made.primaryEndpoint)).toBe("database-cluster.example.internal:5432");
        expect(await settled(made.readerEndpoint)).toBe("ro-database-cluster.example.internal:5432");
        expect(await settled(made.replicaEndpoints)).toEqual([
            "database-reader-1.example.internal:5432",
            "database-reader-2.example.internal:5432",
        ]);
        expect(await settled(made.resourceId)).toBe("cluster-ABC");
        expect(await settled(made.clusterIdentifier ?? "")).toBe("shop-test-database");
        expect(await settled(made.instanceId)).toBe("shop-test-database-writer");
    });
});

describe("autoscaling of readers", () => {
    const scaling = (resources: Awaited<ReturnType<typeof make>>["resources"]) =>
        resources.filter(({ type }) => type.startsWith("aws:appautoscaling/"));

    it("goes from the readers that there are to the most, once they are there", async () => {
        const { resources } = await make();
        const [target, policy] = scaling(resources);
        expect(await settled(target?.inputs as pulumi.Input<object>)).toMatchObject({
            resourceId: "cluster:shop-test-database",
            minCapacity: 2,
            maxCapacity: 5,
        });
        expect(policy?.inputs.targetTrackingScalingPolicyConfiguration).toMatchObject({
            predefinedMetricSpecification: { predefinedMetricType: "RDSReaderAverageCPUUtilization" },
            targetValue: 70,
        });
        const readers = resources.filter(({ name }) => /^database-reader-\d$/.test(name));
        const group = resources.find(({ name }) => name === "database-autoscaled-readers");
        expect(group?.options.dependsOn).toEqual(readers.map(({ resource }) => resource));
    });

    it.each<Partial<DatabaseArgs>>([
        { readerAutoscaling: undefined },
        { readerAutoscaling: { maximumReaders: 2, targetCpuPercent: 70 } },
    ])("is not there with %j", async (change) => {
        expect(scaling((await make(change)).resources)).toEqual([]);
    });
});

describe("monitoring", () => {
    it("has the cluster's log groups and a role before anything, and one key for all that it keeps", async () => {
        const { made, resources } = await make();
        const groups = resources.filter(({ type }) => type.endsWith(":LogGroup"));
        expect(groups.map(({ inputs }) => inputs.name)).toEqual(["/aws/rds/cluster/shop-test-database/postgresql"]);
        const cluster = inputsOf(resources, "database-cluster");
        expect(cluster).toMatchObject({
            enabledCloudwatchLogsExports: ["postgresql"],
            databaseInsightsMode: "advanced",
            performanceInsightsEnabled: true,
            performanceInsightsRetentionPeriod: 465,
        });
        expect(await settled(cluster.performanceInsightsKmsKeyId as string)).toBe(await settled(made.kmsKeyId));
        const monitoring = resources.find(({ name }) => name === "database-monitoring")?.resource;
        const waiting = resources.filter(({ type }) => /:Cluster(Instance)?$/.test(type));
        expect(waiting).toHaveLength(4);
        for (const { options } of waiting) expect([options.dependsOn].flat()).toContain(monitoring);
    });
});

describe("transform", () => {
    it("has the last word on each child", async () => {
        const { resources } = await make({
            transform: {
                cluster: { storageType: "aurora-iopt1" },
                server: { caCertIdentifier: "rds-ca-ecc384-g1" },
                clusterParameterGroup: { description: "Mine" },
                parameterGroup: { description: "Mine too" },
            },
        });
        expect(inputsOf(resources, "database-cluster").storageType).toBe("aurora-iopt1");
        expect(inputsOf(resources, "database-reader-2").caCertIdentifier).toBe("rds-ca-ecc384-g1");
        expect(inputsOf(resources, "database-cluster-parameter-group").description).toBe("Mine");
        expect(inputsOf(resources, "database-parameter-group").description).toBe("Mine too");
    });

    it("is refused for children that the engine has not", async () => {
        await expect(make({ transform: { primary: {}, replica: {} } })).rejects.toThrow(
            /database\.transform\.primary: aurora-postgresql has no such child; leave it out\n.*transform\.replica/,
        );
    });
});
