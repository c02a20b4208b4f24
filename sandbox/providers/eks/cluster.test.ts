import type { ClusterArgs } from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { Cluster } from "./cluster";
import { ManagedNodeGroup } from "./node-group";

interface Registered {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
}

let registered: Registered[] = [];
beforeEach(() => {
    registered = [];
    return pulumi.runtime.setMocks({
        newResource: ({ type, name, inputs, id }) => {
            registered.push({ type, name, inputs });
            const identities = [{ oidcs: [{ issuer: "https://oidc.example/id/1" }] }];
            const computed = { endpoint: "https://k", certificateAuthority: { data: "YQ==" }, identities };
            const own = { arn: `arn:aws:eks:eu-west-1:1:${name}`, name, latestVersion: 3 };
            const vpcConfig = { clusterSecurityGroupId: "sg-own", ...(inputs.vpcConfig as object) };
            return { id: id || `${name}-id`, state: { ...own, ...computed, ...inputs, vpcConfig } };
        },
        call: ({ inputs }) => ({ ...inputs, version: "v1.2.3-eksbuild.1" }),
    });
});

const base: ClusterArgs = {
    vpcId: "vpc-1",
    subnetIds: ["subnet-1", "subnet-2"],
    authenticationMode: "API",
    skipDefaultNodeGroup: true,
};

async function cluster(args: object): Promise<pulumi.Unwrap<pulumi.Inputs>> {
    const { state } = new Cluster("k", { ...base, ...args }, {});
    return settled(state);
}

async function settled<T>(value: T): Promise<pulumi.Unwrap<T>> {
    await pulumi.runtime.disconnect(); // once all is registered
    return new Promise((resolve) => pulumi.output(value).apply(resolve));
}

const names = (type: string) => registered.filter((one) => one.type === type).map(({ name }) => name);
const inputsOf = (name: string, type = "") =>
    registered.find((one) => one.name === name && one.type.includes(type))?.inputs ?? {};

describe("eks.Cluster", () => {
    it("makes an entry, and an association for each of its policies, of every access entry", async () => {
        const accessScope = { type: "cluster" };
        const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
        const principalArn = "arn:aws:iam::1:role/admin";
        await cluster({
            accessEntries: { admin: { principalArn, accessPolicies: { view: { policyArn, accessScope } } } },
        });
        expect(inputsOf("k-admin")).toEqual({ clusterName: "k-eksCluster", principalArn });
        expect(inputsOf("k-admin-view")).toEqual({ clusterName: "k-eksCluster", principalArn, policyArn, accessScope });
    });

    it("turns the network plugin's options into its add-on's configuration, over which what is given for it wins", async () => {
        const given = { env: { AWS_VPC_ENI_MTU: "1500" }, tolerations: [] };
        const options = { enableNetworkPolicy: true, enablePodEni: true, disableTcpEarlyDemux: true, warmIpTarget: 2 };
        await cluster({ vpcCniOptions: { ...options, configurationValues: given } });
        expect(JSON.parse(String(inputsOf("k-vpc-cni", "addon").configurationValues))).toEqual({
            enableNetworkPolicy: "true",
            env: {
                AWS_VPC_ENI_MTU: "1500",
                AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "false",
                AWS_VPC_K8S_CNI_EXTERNALSNAT: "false",
                AWS_VPC_K8S_CNI_LOGLEVEL: "DEBUG",
                AWS_VPC_K8S_CNI_LOG_FILE: "/host/var/log/aws-routed-eni/ipamd.log",
                AWS_VPC_K8S_CNI_VETHPREFIX: "eni",
                AWS_VPC_K8S_PLUGIN_LOG_FILE: "/var/log/aws-routed-eni/plugin.log",
                AWS_VPC_K8S_PLUGIN_LOG_LEVEL: "DEBUG",
                ENABLE_POD_ENI: "true",
                WARM_ENI_TARGET: "1",
                WARM_IP_TARGET: "2",
            },
            init: { env: { DISABLE_TCP_EARLY_DEMUX: "true" } },
            tolerations: [],
        });
    });

    it("leaves out what is not wanted, and takes releases and settings of the add-ons", async () => {
        await cluster({
            kubeProxyAddonOptions: { enabled: false },
            corednsAddonOptions: { enabled: true, version: "v1.13.1-eksbuild.1", configurationValues: { b: 1, a: 2 } },
            useDefaultVpcCni: true,
        });
        expect(names("aws:eks/addon:Addon")).toEqual(["k-coredns"]);
        expect(inputsOf("k-coredns")).toMatchObject({
            addonVersion: "v1.13.1-eksbuild.1",
            configurationValues: '{"a":2,"b":1}',
        });
    });

    it("in Auto Mode has roles for it, no security groups, and no add-ons but CoreDNS", async () => {
        const { nodeSecurityGroupId, autoModeNodeRoleName } = await cluster({ autoMode: { enabled: true } });
        expect(names("aws:eks/addon:Addon")).toEqual(["k-coredns"]);
        expect(names("aws:ec2/securityGroup:SecurityGroup")).toEqual([]);
        expect([nodeSecurityGroupId, autoModeNodeRoleName]).toEqual(["sg-own", "k-nodeRole-role"]);
        expect(names("aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toHaveLength(7);
        expect(inputsOf("k-eksCluster")).toMatchObject({
            bootstrapSelfManagedAddons: false,
            computeConfig: { enabled: true, nodePools: ["general-purpose", "system"] },
            storageConfig: { blockStorage: { enabled: true } },
            kubernetesNetworkConfig: { ipFamily: "ipv4", elasticLoadBalancing: { enabled: true } },
        });
    });

    it("passes on what AWS takes, and merges tags", async () => {
        const tags = { team: "a" };
        await cluster({
            ...{ name: "p-dev", version: "1.35", deletionProtection: true, upgradePolicy: { supportType: "STANDARD" } },
            ...{ tags, clusterTags: { tier: "dev" }, nodeSecurityGroupTags: { node: "1" } },
            ...{ endpointPublicAccess: true, publicAccessCidrs: ["192.0.2.0/24"], encryptionConfigKeyArn: "arn:key" },
        });
        expect(inputsOf("k-eksCluster")).toMatchObject({
            ...{ name: "p-dev", version: "1.35", deletionProtection: true, upgradePolicy: { supportType: "STANDARD" } },
            tags: { Name: "k-eksCluster", tier: "dev", team: "a" },
            encryptionConfig: { provider: { keyArn: "arn:key" }, resources: ["secrets"] },
            vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["192.0.2.0/24"] },
        });
        expect(inputsOf("k-nodeSecurityGroup").tags).toEqual({
            ...{ Name: "k-nodeSecurityGroup", "kubernetes.io/cluster/p-dev": "owned", node: "1", team: "a" },
        });
    });

    it.each([
        [{ createOidcProvider: true }, "Pod Identity"],
        [{ fargate: true }, "fargateProfile"],
        [{ instanceType: "t3.medium" }, "eks.ManagedNodeGroup"],
        [{ surprise: 1 }, "no such input"],
    ])("refuses %j, naming what to do", (args, reason) => {
        expect(() => new Cluster("k", { ...base, ...args }, {})).toThrow(
            expect.objectContaining({ errors: [expect.objectContaining({ reason: expect.stringContaining(reason) })] }),
        );
    });

    it.each([
        [{ authenticationMode: "CONFIG_MAP" }, "authenticationMode"],
        [{ skipDefaultNodeGroup: false }, "skipDefaultNodeGroup"],
        [{ privateSubnetIds: [] }, "subnetIds"],
        [{ vpcId: undefined }, "vpcId"],
    ])("refuses %j", (args, propertyPath) => {
        expect(() => new Cluster("k", { ...base, ...args } as never, {})).toThrow(
            expect.objectContaining({ propertyPath }),
        );
    });
});

describe("eks.ManagedNodeGroup", () => {
    const core = { cluster: { name: "k", version: "1.35" }, subnetIds: ["subnet-9"] };
    const group = async (args: object) => {
        const made = new ManagedNodeGroup("ng", { cluster: core, nodeRoleArn: "arn:role", ...args } as never, {});
        await settled(made.nodeGroup.id);
        return inputsOf("ng", "nodeGroup");
    };

    it("takes what it is not told from the cluster", async () => {
        expect(await group({})).toEqual({
            ...{ clusterName: "k", nodeRoleArn: "arn:role", subnetIds: ["subnet-9"], version: "1.35" },
            scalingConfig: { desiredSize: 2, minSize: 1, maxSize: 2 },
        });
    });

    it("makes no launch template where one is given, and leaves the version to that", async () => {
        const launchTemplate = { id: "lt-1", version: "7" };
        expect(await group({ launchTemplate })).toMatchObject({ launchTemplate });
        expect(inputsOf("ng", "nodeGroup").version).toBeUndefined();
        expect(names("aws:ec2/launchTemplate:LaunchTemplate")).toEqual([]);
    });

    it("finds the image for the operating system and the architecture", async () => {
        expect(await group({ operatingSystem: "Bottlerocket", instanceTypes: ["m7g.large"] })).toMatchObject({
            amiType: "BOTTLEROCKET_ARM_64",
        });
    });

    it("passes on labels, taints, capacity and tags", async () => {
        const more = {
            ...{ labels: { a: "b" }, taints: [{ key: "a", effect: "NO_SCHEDULE" }], capacityType: "SPOT" },
            ...{ amiType: "AL2023_x86_64_STANDARD", tags: { a: "b" }, nodeGroupName: "p-ng", diskSize: 30 },
        };
        expect(await group(more)).toMatchObject(more);
    });

    it("asks for one role", () => {
        const make = (args: object) => () => new ManagedNodeGroup("ng", { cluster: core, ...args } as never, {});
        expect(make({})).toThrow(expect.objectContaining({ propertyPath: "nodeRole" }));
        expect(make({ nodeRoleArn: "a", nodeRole: {} })).toThrow(expect.objectContaining({ propertyPath: "nodeRole" }));
        const template = { nodeRoleArn: "a", launchTemplate: { version: "1" }, enableIMDSv2: true };
        expect(make(template)).toThrow(expect.objectContaining({ propertyPath: "launchTemplate" }));
    });
});
