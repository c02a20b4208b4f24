import { describe, expect, it } from "vitest";
import { type PlannedResource, unknown } from "../plan/resource";
import { planned, priced } from "../testing/plan";

type Line = [price: string, quantity: number];

/** The lines of a plan: the keys of prices with their quantities. */
const linesOf = (plan: readonly PlannedResource[], options?: Parameters<typeof priced>[1]): Line[] =>
    priced(plan, options).lines.map(({ price, quantity }) => [price, Math.round(quantity * 1000) / 1000]);

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const SERVER = "aws:rds/clusterInstance:ClusterInstance";

const postgres = { engine: "postgres", instanceClass: "db.r6g.large", storageType: "gp3", allocatedStorage: 100 };

describe("a database instance", () => {
    it.each<[string, Record<string, unknown>, Line[]]>([
        [
            "by its class and storage",
            {},
            [
                ["rds/postgres/db.r6g.large", 730],
                ["rds-storage/gp3", 100],
            ],
        ],
        [
            "with a standby, which doubles both",
            { multiAz: true },
            [
                ["rds-multi-az/postgres/db.r6g.large", 730],
                ["rds-storage-multi-az/gp3", 100],
            ],
        ],
        [
            "with backups",
            { backupRetentionPeriod: 7 },
            [
                ["rds/postgres/db.r6g.large", 730],
                ["rds-storage/gp3", 100],
                ["rds-backup", 0],
            ],
        ],
        [
            "by all IOPS of io1",
            { storageType: "io1", iops: 3000 },
            [
                ["rds/postgres/db.r6g.large", 730],
                ["rds-storage/io1", 100],
                ["rds-iops/io1", 3000],
            ],
        ],
        [
            "by the IOPS of gp3 above those that are included",
            { allocatedStorage: 400, iops: 13_000 },
            [
                ["rds/postgres/db.r6g.large", 730],
                ["rds-storage/gp3", 400],
                ["rds-iops/gp3", 1000],
            ],
        ],
        [
            "by no IOPS of gp3 that are included",
            { allocatedStorage: 400, iops: 12_000 },
            [
                ["rds/postgres/db.r6g.large", 730],
                ["rds-storage/gp3", 400],
            ],
        ],
        [
            "with advanced insights by the virtual CPU",
            { databaseInsightsMode: "advanced" },
            [
                ["rds/postgres/db.r6g.large", 730],
                ["rds-storage/gp3", 100],
                ["database-insights-advanced/vcpu", 1460],
            ],
        ],
    ])("is charged %s", (_, change, expected) => {
        expect(linesOf([planned(INSTANCE, { ...postgres, ...change })])).toEqual(expected);
    });

    it("takes what a replica leaves out from the primary", () => {
        const primary = planned(INSTANCE, postgres, {}, "primary");
        const inputs = { replicateSourceDb: unknown, instanceClass: "db.t4g.medium", storageType: "gp3" };
        const replica = planned(INSTANCE, inputs, { replicateSourceDb: [primary] }, "replica");
        expect(linesOf([replica])).toEqual([
            ["rds/postgres/db.t4g.medium", 730],
            ["rds-storage/gp3", 100],
        ]);
        expect(priced([replica]).lines.every(({ isReplica }) => isReplica)).toBe(true);
    });

    it("is not counted, and listed, where its storage is what a snapshot says", () => {
        const { lines, unpriced } = priced([planned(INSTANCE, { ...postgres, allocatedStorage: undefined })]);
        expect(lines).toEqual([]);
        expect(unpriced).toMatchObject([
            { type: INSTANCE, count: 1, reason: expect.stringMatching(/allocatedStorage/) },
        ]);
    });
});

describe("an Aurora cluster", () => {
    const cluster = (inputs: Record<string, unknown> = {}) => planned(CLUSTER, inputs, {}, "cluster");
    const server = (own: PlannedResource, instanceClass: string, promotionTier = 0) =>
        planned(SERVER, { instanceClass, promotionTier }, { clusterIdentifier: [own] }, `server-${promotionTier}`);

    it("is charged for storage, I/O and each server", () => {
        const own = cluster();
        expect(linesOf([own, server(own, "db.r6g.large"), server(own, "db.r6g.large", 1)])).toEqual([
            ["aurora-storage/standard", 100],
            ["aurora-io/standard", 50],
            ["aurora-backup", 0],
            ["aurora/db.r6g.large", 730],
            ["aurora/db.r6g.large", 730],
        ]);
    });

    it("is charged for no I/O, and more for all else, where its storage is I/O-Optimized", () => {
        const own = cluster({ storageType: "aurora-iopt1" });
        expect(linesOf([own, server(own, "db.r6g.large")])).toEqual([
            ["aurora-storage/io-optimized", 100],
            ["aurora-backup", 0],
            ["aurora-io-optimized/db.r6g.large", 730],
        ]);
    });

    it("is charged for a serverless server's minimum, and for its share of the rest by use", () => {
        const own = cluster({ serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 8.5 } });
        const { lines } = priced([server(own, "db.serverless")], { usage: { auroraCapacityShare: 0.5 } });
        expect(lines.map(({ price, quantity, usage }) => [price, quantity, usage])).toEqual([
            ["aurora-acu/standard", 730 * 0.5, undefined],
            ["aurora-acu/standard", 730 * 4, "auroraCapacityShare"],
        ]);
    });
});

describe("a proxy", () => {
    const PROXY_TARGET = "aws:rds/proxyTarget:ProxyTarget";

    it("is charged by the virtual CPUs of the instance behind it", () => {
        const instance = planned(INSTANCE, { ...postgres, instanceClass: "db.r6g.2xlarge" });
        expect(linesOf([planned(PROXY_TARGET, {}, { dbInstanceIdentifier: [instance] })])).toEqual([
            ["rds-proxy/vcpu", 730 * 8],
        ]);
    });

    it("is charged by all servers of a cluster, and for eight ACU at least", () => {
        const cluster = planned(CLUSTER, { serverlessv2ScalingConfiguration: { minCapacity: 1, maxCapacity: 4 } });
        const servers = ["writer", "reader"].map((name) =>
            planned(SERVER, { instanceClass: "db.serverless" }, { clusterIdentifier: [cluster] }, name),
        );
        const target = planned(PROXY_TARGET, {}, { dbClusterIdentifier: [cluster] });
        expect(linesOf([cluster, ...servers, target]).at(-1)).toEqual(["rds-proxy/acu", 730 * 8]);
    });
});

describe("what cannot be counted", () => {
    const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";

    it.each<[string, PlannedResource, RegExp]>([
        ["Aurora of Serverless v1", planned(CLUSTER, { engineMode: "serverless" }), /Serverless v2/],
        ["a Multi-AZ cluster", planned(CLUSTER, { dbClusterInstanceClass: "db.m6gd.large" }), /Aurora clusters/],
        ["a proxy of a database elsewhere", planned("aws:rds/proxyTarget:ProxyTarget"), /not in the plan/],
        ["a claim without a size", planned(CLAIM, { spec: {} }), /"undefined" is not the size of a volume/],
        [
            "a chart whose volume has no size",
            planned("kubernetes:helm.sh/v3:Release", { values: { persistence: { size: "a lot" } } }),
            /"a lot" is not the size of a volume, such as 20Gi/,
        ],
    ])("is listed with the reason: %s", (_, resource, reason) => {
        const { lines, unpriced } = priced([resource]);
        expect(lines).toEqual([]);
        expect(unpriced).toMatchObject([{ type: resource.type, count: 1, reason: expect.stringMatching(reason) }]);
    });

    it("is an error where only the size of a class is missing, which names the class", () => {
        const instance = planned(INSTANCE, {
            ...postgres,
            instanceClass: "db.x99.large",
            databaseInsightsMode: "advanced",
        });
        const target = planned("aws:rds/proxyTarget:ProxyTarget", {}, { dbInstanceIdentifier: [instance] });
        expect(() => priced([instance, target])).toThrow(
            /rds\/postgres\/db\.x99\.large.*database-insights-advanced\/db\.x99\.large.*rds-proxy\/db\.x99\.large/s,
        );
    });
});

describe("other resources", () => {
    const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
    const NODES = "aws:eks/nodeGroup:NodeGroup";
    const template = planned("aws:ec2/launchTemplate:LaunchTemplate", {
        blockDeviceMappings: [{ ebs: { volumeType: "gp3", volumeSize: 50, kmsKeyId: unknown } }],
    });
    const nodes = { instanceTypes: ["m6i.large"], scalingConfig: { desiredSize: 2, minSize: 1, maxSize: 9 } };

    it.each<[string, PlannedResource, Line[]]>([
        [
            "a cache by shards and replicas",
            planned(GROUP, { engine: "redis", nodeType: "cache.r6g.large", numNodeGroups: 3, replicasPerNodeGroup: 2 }),
            [["cache/redis/cache.r6g.large", 730 * 9]],
        ],
        [
            "a cache by nodes",
            planned(GROUP, {
                engine: "valkey",
                nodeType: "cache.t4g.small",
                numCacheClusters: 2,
                snapshotRetentionLimit: 5,
            }),
            [
                ["cache/valkey/cache.t4g.small", 730 * 2],
                ["cache-backup", 0],
            ],
        ],
        [
            "nodes with the volumes of their template",
            planned(NODES, nodes, { launchTemplate: [template] }),
            [
                ["ec2/m6i.large", 730 * 2],
                ["ebs/gp3", 100],
            ],
        ],
        [
            "nodes with the volume that EKS gives",
            planned(NODES, nodes),
            [
                ["ec2/m6i.large", 730 * 2],
                ["ebs/gp3", 40],
            ],
        ],
        [
            "an interface endpoint by its subnets",
            planned("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Interface", subnetIds: [unknown, unknown] }),
            [
                ["interface-endpoint/hour", 1460],
                ["interface-endpoint/gb", 10],
            ],
        ],
        [
            "a gateway endpoint not at all",
            planned("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Gateway" }),
            [],
        ],
        [
            "an Ingress as a load balancer",
            planned("kubernetes:networking.k8s.io/v1:Ingress", { spec: { ingressClassName: "alb" } }),
            [
                ["alb/hour", 730],
                ["alb/lcu", 730],
                ["data-transfer-out/gb", 100],
            ],
        ],
        [
            "a Service inside the cluster not at all",
            planned("kubernetes:core/v1:Service", { spec: { type: "ClusterIP" } }),
            [],
        ],
        [
            "a chart by the volumes in its values",
            planned("kubernetes:helm.sh/v3:Release", {
                values: {
                    server: { persistentVolume: { size: "50Gi" } },
                    other: { enabled: false, persistence: { size: "9Gi" } },
                    config: unknown,
                },
            }),
            [["ebs/gp3", 50]],
        ],
        [
            "an alarm by the metrics of its expression",
            planned("aws:cloudwatch/metricAlarm:MetricAlarm", {
                metricQueries: [{ expression: "MAX([m1, m2])" }, { metric: {} }, { metric: {} }],
            }),
            [["cloudwatch/alarm", 2]],
        ],
        ["an alarm on one metric", planned("aws:cloudwatch/metricAlarm:MetricAlarm"), [["cloudwatch/alarm", 1]]],
        [
            "a log group by what it takes in and keeps",
            planned("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 60 }),
            [
                ["cloudwatch/logs-ingest", 1],
                ["cloudwatch/logs-storage", 0.3],
            ],
        ],
        ["a FIFO queue", planned("aws:sqs/queue:Queue", { fifoQueue: true }), [["sqs/fifo", 1]]],
        [
            "a web ACL with its rules",
            planned("aws:wafv2/webAcl:WebAcl", { rules: [{ name: "a" }, { name: "b" }] }),
            [
                ["waf/web-acl", 1],
                ["waf/rule", 2],
                ["waf/requests", 10],
            ],
        ],
    ])("price %s", (_, resource, expected) => {
        expect(linesOf([resource])).toEqual(expected);
    });

    it("price a control plane six times as high once its version leaves standard support", () => {
        const cluster = planned("aws:eks/cluster:Cluster", { version: "1.34" });
        expect(linesOf([cluster], { today: "2026-12-02" })).toEqual([["eks/cluster", 730]]);
        expect(linesOf([cluster], { today: "2026-12-03" })).toEqual([["eks/cluster-extended", 730]]);
    });
});
