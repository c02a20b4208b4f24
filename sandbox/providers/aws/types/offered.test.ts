import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Properties } from "../../../rpc/values";
import { check } from "../check";
import { checkFailures, TestAccount } from "../testing";

vi.mock("../../../rpc/server", () => ({ engineIsAlive: () => true }));

const types = {
    instance: "aws:rds/instance:Instance",
    cluster: "aws:rds/cluster:Cluster",
    server: "aws:rds/clusterInstance:ClusterInstance",
    cache: "aws:elasticache/replicationGroup:ReplicationGroup",
    parameters: "aws:elasticache/parameterGroup:ParameterGroup",
    kubernetes: "aws:eks/cluster:Cluster",
    nodes: "aws:eks/nodeGroup:NodeGroup",
    subnet: "aws:ec2/subnet:Subnet",
    zones: "aws:index/getAvailabilityZones:getAvailabilityZones",
};

const instance = {
    ...{ identifier: "db", engine: "postgres", engineVersion: "16", instanceClass: "db.t3.micro" },
    ...{ allocatedStorage: 20, username: "owner", password: "long-enough", skipFinalSnapshot: true },
};
const cache = { replicationGroupId: "c", description: "c", nodeType: "cache.t3.micro", numCacheClusters: 1 };
const server = { identifier: "w", clusterIdentifier: "db", engine: "aurora-mysql", instanceClass: "db.r6g.large" };
const nodes = {
    ...{ clusterName: "k", nodeGroupName: "n", nodeRoleArn: "arn:aws:iam::123456789012:role/nodes" },
    ...{ subnetIds: ["subnet-1"], scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 } },
};
const kubernetes = {
    ...{ name: "k", roleArn: "arn:aws:iam::123456789012:role/nodes" },
    vpcConfig: { subnetIds: ["subnet-1", "subnet-2"] },
};
const subnet = { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" };

describe("what AWS does not offer", () => {
    it.each<[keyof typeof types, Properties, string, string]>([
        ["instance", { ...instance, instanceClass: "db.m10g.large" }, "eu-west-1", "Invalid DB Instance class"],
        ["instance", { ...instance, instanceClass: "db.m9g.large" }, "eu-west-3", "does not support creating"],
        ["instance", { ...instance, engineVersion: "16.99" }, "eu-west-1", "Cannot find version 16.99 for postgres."],
        ["instance", { ...instance, engineVersion: "15.4" }, "eu-west-1", "for postgres, which RDS has withdrawn"],
        ["instance", { ...instance, availabilityZone: "eu-west-1d" }, "eu-west-1", "eu-west-1 has eu-west-1a"],
        ["server", { ...server, instanceClass: "db.t3.micro" }, "eu-west-1", "does not support creating"],
        ["cache", { ...cache, nodeType: "cache.t1.48xlarge" }, "eu-west-1", "cache.t1.48xlarge is not offered"],
        ["cache", { ...cache, engine: "valkey", engineVersion: "7.9" }, "eu-west-1", "Cannot find version 7.9"],
        ["kubernetes", { ...kubernetes, version: "1.31" }, "eu-west-1", "EKS has 1.32, 1.33, 1.34, 1.35, 1.36"],
        ["nodes", { ...nodes, instanceTypes: ["m6i.large", "m6i.tiny"] }, "eu-west-1", "not exist: [m6i.tiny]"],
        ["subnet", { ...subnet, availabilityZone: "eu-west-1x" }, "eu-west-1", "eu-west-1 has eu-west-1a"],
        ["subnet", { ...subnet, availabilityZone: "eu-west-3a" }, "eu-west-1", "eu-west-1 has eu-west-1a"],
    ])("is refused in a preview: %s %j in %s", (kind, inputs, region, reason) => {
        expect(checkFailures(types[kind], inputs, region)).toEqual([expect.stringContaining(reason)]);
    });

    it.each<[keyof typeof types, Properties, string]>([
        ["instance", { ...instance, instanceClass: "db.m8a.large" }, "eu-west-1"],
        ["instance", { ...instance, instanceClass: "db.r8a.large" }, "us-east-1"],
        ["instance", { ...instance, instanceClass: "db.m9g.large" }, "us-east-1"],
        ["instance", { ...instance, engineVersion: "13.23-rds.20260514" }, "eu-west-1"],
        ["instance", { ...instance, engine: "mysql", engineVersion: "5.7.44-rds.20260902" }, "eu-west-1"],
        ["cache", { ...cache, nodeType: "cache.r8g.large" }, "eu-west-1"],
        ["cache", { ...cache, engine: "valkey", engineVersion: "9.0" }, "eu-west-1"],
        ["parameters", { name: "g", family: "valkey9" }, "eu-west-1"],
        ["kubernetes", { ...kubernetes, version: "1.33" }, "eu-west-1"],
        ["nodes", { ...nodes, instanceTypes: ["m8g.large"], amiType: "AL2023_ARM_64_STANDARD" }, "eu-west-1"],
        // Nothing is known of this region, so it has what any other has.
        ["instance", { ...instance, instanceClass: "db.m9g.large" }, "eu-isoe-west-1"],
    ])("is not %s %j in %s", (kind, inputs, region) => {
        expect(checkFailures(types[kind], inputs, region)).toEqual([]);
    });

    it("is judged in the region of the resource, where it has its own", () => {
        const elsewhere = { ...instance, instanceClass: "db.m9g.large", region: "us-east-1" };
        expect(checkFailures(types.instance, elsewhere, "eu-west-3")).toEqual([]);
    });

    it("is kept by what has it already", () => {
        const old = { ...instance, engineVersion: "15.4", instanceClass: "db.m10g.large" };
        expect(checkFailures(types.instance, old, "eu-west-1", old)).toEqual([]);
        expect(checkFailures(types.instance, { ...old, engineVersion: "15.5" }, "eu-west-1", old)).toHaveLength(1);
        const moved = { ...subnet, availabilityZone: "eu-west-1a" };
        expect(checkFailures(types.subnet, moved, "us-east-1", moved)).toEqual([]);
    });

    it("is taken where the account is said to have it", () => {
        const place = { region: "eu-west-1", alsoOffered: ["db.m10g.large", "19"] };
        const newer = { ...instance, instanceClass: "db.m10g.large", engineVersion: "19" };
        expect(check({ type: types.instance, name: "it", stack: "dev" }, {}, newer, place).failures).toEqual([]);
    });
});

describe("once the facts have expired", () => {
    beforeEach(() => vi.useFakeTimers({ now: new Date("2099-01-01") }));
    afterEach(() => vi.useRealTimers());

    it("what they do not know is no error", () => {
        expect(checkFailures(types.instance, { ...instance, instanceClass: "db.m10g.large" })).toEqual([]);
        expect(checkFailures(types.kubernetes, { ...kubernetes, version: "1.40" })).toEqual([]);
    });
});

it("an account has the zones of its region", () => {
    const account = new TestAccount(types);
    expect(account.provider.invoke(types.zones, {}).names).toEqual(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
});
