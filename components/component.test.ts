import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Cache, Cluster, Database, existingNetwork, Network, type PlatformContext, Queue, Registry } from ".";
import { inputsOf, type Registered, rehearse, settled } from "./testing/mocks";
import {
    cacheSpec,
    clusterSpec,
    databaseSpec,
    dataNetwork,
    networkSpec,
    platform,
    queueSpec,
    registrySpec,
} from "./testing/specs";

/** Types that AWS gives no tags. Any other has to have them. */
const untaggable = [
    "aws:ec2/route:Route",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:kms/alias:Alias",
    "aws:secretsmanager/secretVersion:SecretVersion",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
    "aws:sqs/redrivePolicy:RedrivePolicy",
];

/** What holds data, or the keys and credentials to it. */
const stateful = [
    "network-flow-logs-logs-encryption-key",
    "database-primary",
    "database-encryption-key",
    "database-monitoring-logs-encryption-key",
    "database-master-credentials-secret",
    "database-application-credentials-secret",
    "database-read-only-credentials-secret",
    "cache-replication-group",
    "cache-encryption-key",
    "cache-logs-encryption-key",
    "cache-credentials-secret",
    "cluster-control-plane-eks",
    "cluster-control-plane-encryption-key",
    "cluster-control-plane-logs-encryption-key",
    "cluster-nodes-encryption-key",
    "cluster-addons-container-logs-encryption-key",
    "registry-encryption-key",
    "registry-backend",
    "registry-frontend",
    "orders-queue",
    "orders-dead-letter",
    "orders-encryption-key",
];

describe.each([
    ["at preview", true],
    ["at update", false],
])("every component, %s", (_, preview) => {
    it("tags all that takes tags with the platform's tags, its own name and a name of the resource", async () => {
        const { resources } = await rehearse(preview, (options) => everything(platform, options));
        const taggable = resources.filter(({ type }) => type.startsWith("aws:") && !untaggable.includes(type));
        expect(taggable.length).toBeGreaterThan(40);
        for (const { name, inputs } of taggable) {
            const tags = (await settled(inputs.tags)) as Record<string, string> | undefined;
            expect(tags, name).toMatchObject(platform.tags);
            expect(["network", "database", "cache", "cluster", "registry", "orders"], name).toContain(tags?.Component);
            expect(tags?.Name, name).toMatch(/^shop-test-(network|database|cache|cluster|registry|orders)/);
        }
    });

    it("gives every child a name that begins with its parent's, so that an alias of the parent covers it", async () => {
        const { resources } = await rehearse(preview, (options) => everything(platform, options));
        const children = resources.filter(({ options }) => options.parent);
        expect(children.length).toBeGreaterThan(40);
        for (const { name, options } of children) {
            expect(name).toMatch(new RegExp(`^${parentName(options, resources)}(-|$)`));
        }
    });
});

describe("protection", () => {
    it.each([true, false])("of all that holds data follows the one switch: %s", async (protect) => {
        const { resources } = await rehearse(false, (options) => everything({ ...platform, protect }, options));
        const protectedNames = resources.filter(({ options }) => options.protect).map(({ name }) => name);
        expect(protectedNames.sort()).toEqual(protect ? [...stateful].sort() : []);
        expect(inputsOf(resources, "database-primary").deletionProtection).toBe(protect);
    });
});

describe("a renamed component", () => {
    it("keeps every physical name and tag if it states its old name", async () => {
        const before = await rehearse(false, (options) => new Database("database", databaseArgs, options));
        const after = await rehearse(
            false,
            (options) => new Database("store", { ...databaseArgs, physicalName: "database" }, options),
        );
        const names = (resources: Registered[]) =>
            resources.map(({ inputs }) => [inputs.identifier, inputs.name, inputs.tags, inputs.description]);
        expect(await settled(names(after.resources) as pulumi.Input<unknown>)).toEqual(
            await settled(names(before.resources) as pulumi.Input<unknown>),
        );
        expect(after.resources.map(({ name }) => name.replace(/^store/, "database"))).toEqual(
            before.resources.map(({ name }) => name),
        );
    });
});

describe("what is wrong", () => {
    it.each<[string, (options: pulumi.ComponentResourceOptions) => unknown]>([
        [
            "network",
            (options) => new Network("network", { ...networkSpec, platform, dataPorts: [], cidr: "x" }, options),
        ],
        ["database", (options) => new Database("database", { ...databaseArgs, port: 1 }, options)],
        ["cache", (options) => new Cache("cache", { ...cacheSpec, platform, network: dataNetwork, port: 1 }, options)],
        [
            "cluster",
            (options) => {
                const network = existingNetwork(standing);
                return new Cluster("cluster", { ...clusterSpec, platform, network, minNodes: 0 }, options);
            },
        ],
        ["registry", (options) => new Registry("registry", { ...registrySpec, platform, keptImages: 0 }, options)],
        ["queue", (options) => new Queue("orders", { ...queueSpec, platform, maxReceiveCount: 0 }, options)],
    ])("with a %s is said before anything is registered", async (_, make) => {
        const { made, resources } = await rehearse(true, (options) => thrownBy(() => make(options)));
        expect(String(made)).toMatch(/has 1 problem:/);
        expect(resources).toEqual([]);
    });
});

const subnetIds = ["subnet-1", "subnet-2", "subnet-3"];
const standing = {
    ...{ vpcId: "vpc-1", cidr: "10.0.0.0/16", zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
    ...{ publicSubnetIds: [], privateSubnetIds: subnetIds, isolatedSubnetIds: subnetIds },
};
const databaseArgs = { ...databaseSpec, platform, network: dataNetwork };

function everything(context: PlatformContext, options: pulumi.ComponentResourceOptions) {
    const network = new Network("network", { ...networkSpec, platform: context, dataPorts: [5432, 6379] }, options);
    new Database("database", { ...databaseSpec, platform: context, network }, options);
    new Cache("cache", { ...cacheSpec, platform: context, network }, options);
    new Cluster("cluster", { ...clusterSpec, platform: context, network }, options);
    new Registry("registry", { ...registrySpec, platform: context }, options);
    new Queue("orders", { ...queueSpec, platform: context }, options);
}

/** The name of the component that is a resource's parent. */
function parentName(options: pulumi.CustomResourceOptions, resources: Registered[]): string | undefined {
    return resources.find(({ resource }) => resource === options.parent)?.name;
}

function thrownBy(act: () => unknown): unknown {
    try {
        return act();
    } catch (error) {
        return error;
    }
}
