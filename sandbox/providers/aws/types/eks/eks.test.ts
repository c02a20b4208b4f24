import { beforeEach, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../rpc/values";
import type { Properties } from "../../../provider";
import { check } from "../../check";
import { difference } from "../../difference";
import type { AwsProvider } from "../../provider";
import { providerInAccount } from "../../testing";

const types = {
    vpc: "aws:ec2/vpc:Vpc",
    subnet: "aws:ec2/subnet:Subnet",
    group: "aws:ec2/securityGroup:SecurityGroup",
    groupRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
    template: "aws:ec2/launchTemplate:LaunchTemplate",
    key: "aws:kms/key:Key",
    role: "aws:iam/role:Role",
    policy: "aws:iam/policy:Policy",
    attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    oidc: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    cluster: "aws:eks/cluster:Cluster",
    addon: "aws:eks/addon:Addon",
    nodes: "aws:eks/nodeGroup:NodeGroup",
    entry: "aws:eks/accessEntry:AccessEntry",
    access: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    pods: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    repository: "aws:ecr/repository:Repository",
    cache: "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
    lifecycle: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
};
type Kind = keyof typeof types;

const ROLE = "arn:aws:iam::123456789012:role/nodes";
const ADMIN = "arn:aws:iam::123456789012:role/admin";
const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
const resource = (type: Kind) => ({ type: types[type], name: `a-${type}`, stack: "dev" });

/** What the check says of inputs, as `property: reason`. */
const failures = (type: Kind, inputs: Properties): string[] =>
    check(resource(type), {}, inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);

const aCluster = (vpcConfig: Properties = {}, more: Properties = {}): Properties => ({
    ...{ name: "k", roleArn: ROLE, vpcConfig: { subnetIds: ["subnet-1", "subnet-2"], ...vpcConfig } },
    ...more,
});
const nodes = (more: Properties): Properties => ({
    ...{ clusterName: "k", nodeGroupName: "ng", nodeRoleArn: ROLE, subnetIds: ["subnet-1"] },
    ...{ scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 } },
    ...more,
});
const scaled = (minSize: number, desiredSize: number, maxSize: number) =>
    nodes({ scalingConfig: { minSize, desiredSize, maxSize } });
const template = { id: "lt-1", version: "1" };
const anAddon = (more: Properties) => ({ clusterName: "k", addonName: "vpc-cni", ...more });
const anEntry = (more: Properties) => ({ clusterName: "k", principalArn: ADMIN, ...more });
const images = (rule: Properties, ...others: Properties[]) => ({
    repository: "r",
    policy: { rules: [{ rulePriority: 1, action: { type: "expire" }, ...rule }, ...others] },
});
const untagged = { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 };
const rule = (more: Properties): Properties => ({
    ...{ type: "ingress", protocol: "tcp", fromPort: 443, toPort: 443, securityGroupId: "sg-1" },
    ...{ cidrBlocks: ["10.0.0.0/8"], ...more },
});
const disk = (ebs: Properties) => ({ name: "lt1", blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] });

describe("at preview already", () => {
    it.each<[Kind, Properties, string]>([
        ["cluster", aCluster({}, { name: "-k" }), "InvalidParameterException"],
        ["cluster", aCluster({}, { version: "1.30" }), "unsupported Kubernetes version"],
        ["cluster", aCluster({ subnetIds: ["subnet-1"] }), "at least two different AZs"],
        ["cluster", aCluster({ endpointPublicAccess: false }), "Private and public endpoint access cannot be false"],
        ["cluster", aCluster({ publicAccessCidrs: ["10.0.0.0/33"] }), "invalid in publicAccessCidrs: [10.0.0.0/33]"],
        ["cluster", aCluster({ publicAccessCidrs: ["10.0.0.256/32"] }), "invalid in publicAccessCidrs"],
        ["cluster", aCluster({}, { enabledClusterLogTypes: ["all"] }), "Invalid log type"],
        ["cluster", aCluster({}, { accessConfig: { authenticationMode: "IAM" } }), "authenticationMode"],
        ["cluster", aCluster({}, { upgradePolicy: { supportType: "NONE" } }), "supportType"],
        ["nodes", nodes({ nodeGroupName: "_" }), "InvalidParameterException"],
        ["nodes", scaled(3, 2, 4), "Minimum capacity 3 can't be greater than desired size 2"],
        ["nodes", scaled(1, 5, 4), "desired capacity 5 can't be greater than max size 4"],
        ["nodes", scaled(0, 0, 0), "maxSize must be at least 1"],
        ["nodes", nodes({ subnetIds: [] }), "Subnets cannot be empty"],
        ["nodes", nodes({ amiType: "AL2024" }), "InvalidParameterException"],
        ["nodes", nodes({ capacityType: "CHEAP" }), "InvalidParameterException"],
        ["nodes", nodes({ launchTemplate: template, diskSize: 50 }), "Disk size must be specified within"],
        ["nodes", nodes({ launchTemplate: template, remoteAccess: {} }), "Remote access configuration cannot"],
        ["nodes", nodes({ instanceTypes: ["t4g.medium"] }), "[t4g.medium] is not a valid instance type"],
        ["nodes", nodes({ instanceTypes: ["m7i.large"], amiType: "AL2023_ARM_64_STANDARD" }), "not a valid instance"],
        ["nodes", nodes({ amiType: "AL2_x86_64", version: "1.33" }), "only supported for kubernetes versions 1.32"],
        ["nodes", nodes({ taints: [{ key: "a", effect: "NoSchedule" }] }), "NO_SCHEDULE"],
        ["nodes", nodes({ updateConfig: {} }), "updateConfig"],
        ["nodes", nodes({ updateConfig: { maxUnavailablePercentage: 101 } }), "updateConfig"],
        ["addon", anAddon({ addonName: "istio" }), "Addon istio specified is not supported"],
        ["addon", anAddon({ addonVersion: "1.21" }), "Addon version specified is not supported"],
        ["addon", anAddon({ resolveConflictsOnCreate: "PRESERVE" }), "InvalidParameterException"],
        ["addon", anAddon({ resolveConflictsOnUpdate: "KEEP" }), "InvalidParameterException"],
        ["addon", anAddon({ configurationValues: "{" }), "not valid JSON"],
        ["entry", anEntry({ principalArn: "admin" }), "invalid principal"],
        ["entry", anEntry({ type: "NODE" }), "InvalidParameterException"],
        ["entry", anEntry({ kubernetesGroups: ["system:masters"] }), "cannot start with system:"],
        ["entry", anEntry({ type: "EC2_LINUX", kubernetesGroups: ["a"] }), "not allowed with type EC2_LINUX"],
        ["access", { ...anEntry({ policyArn: "arn:admin" }), accessScope: { type: "cluster" } }, "access policies"],
        ["access", { ...anEntry({ policyArn }), accessScope: { type: "namespace" } }, "at least one namespace"],
        ["pods", { clusterName: "k", namespace: "A", serviceAccount: "a", roleArn: ROLE }, "DNS label"],
        ["pods", { clusterName: "k", namespace: "a", serviceAccount: "a_b", roleArn: ROLE }, "DNS name"],
        ["template", { name: "ab" }, "InvalidLaunchTemplateName.MalformedException"],
        ["template", disk({ volumeType: "gp5" }), "Invalid volume type"],
        ["template", disk({ volumeType: "st1", volumeSize: 20 }), "Volume size"],
        ["template", disk({ kmsKeyId: "k" }), "KmsKeyId requires the parameter Encrypted"],
        ["template", { metadataOptions: { httpPutResponseHopLimit: 65 } }, "httpPutResponseHopLimit"],
        ["template", { metadataOptions: { httpTokens: "yes" } }, "httpTokens"],
        ["template", { userData: "#!/bin/sh" }, "InvalidUserData.Malformed"],
        ["template", { vpcSecurityGroupIds: ["sg-1"], networkInterfaces: [{}] }, "InvalidParameterCombination"],
        ["groupRule", rule({ type: "in" }), "InvalidParameterValue"],
        ["groupRule", rule({ description: "nodes' rule" }), "InvalidParameterValue"],
        ["groupRule", rule({ cidrBlocks: undefined }), "InvalidParameterCombination"],
        ["groupRule", rule({ self: true, sourceSecurityGroupId: "sg-2" }), "InvalidParameterCombination"],
        ["groupRule", rule({ cidrBlocks: ["10.0.0.0"] }), "malformed"],
        ["groupRule", rule({ fromPort: 9, toPort: 8 }), "Invalid port range: 9 to 8"],
        ["repository", { name: "Backend" }, "InvalidParameterException"],
        ["repository", { name: "a", imageTagMutability: "NEVER" }, "InvalidParameterException"],
        ["repository", { name: "ab", encryptionConfigurations: [{ kmsKey: "k" }] }, "AES256 takes no kmsKey"],
        ["lifecycle", { repository: "r", policy: "{}" }, "it has no rules"],
        ["lifecycle", images({ selection: untagged }, { rulePriority: 1, selection: untagged }), "unique"],
        ["lifecycle", images({ selection: { ...untagged, tagStatus: "all" } }), "tagStatus"],
        ["lifecycle", images({ selection: { ...untagged, tagStatus: "tagged" } }), "lists prefixes"],
        ["lifecycle", images({ selection: { ...untagged, countType: "age" } }), "countType"],
        ["lifecycle", images({ selection: { ...untagged, countNumber: 0 } }), "countNumber"],
        ["lifecycle", images({ selection: untagged, action: { type: "keep" } }), "the action is expire"],
        ["cache", { ecrRepositoryPrefix: "A", upstreamRegistryUrl: "quay.io" }, "InvalidParameterException"],
        ["cache", { ecrRepositoryPrefix: "hub", upstreamRegistryUrl: "example.com" }, "UnsupportedUpstreamRegistry"],
        ["cache", { ecrRepositoryPrefix: "hub", upstreamRegistryUrl: "registry-1.docker.io" }, "ecr-pullthroughcache/"],
        ["policy", { policy: "{" }, "MalformedPolicyDocument"],
        ["policy", { policy: JSON.stringify("a".repeat(6200)) }, "LimitExceeded"],
        ["oidc", { url: "http://a", clientIdLists: ["a"] }, "ValidationError"],
    ])("AWS's refusal of %s with %j is given", (type, inputs, code) => {
        expect(failures(type, inputs)).toEqual(expect.arrayContaining([expect.stringContaining(code)]));
    });

    it("what is not known is left for later", () => {
        expect(failures("cluster", aCluster({ subnetIds: UNKNOWN, publicAccessCidrs: UNKNOWN }))).toEqual([]);
        expect(
            failures("nodes", nodes({ subnetIds: [UNKNOWN], launchTemplate: { id: UNKNOWN, version: "1" } })),
        ).toEqual([]);
        expect(failures("nodes", nodes({ instanceTypes: ["c6gn.large"], amiType: "AL2023_ARM_64_STANDARD" }))).toEqual(
            [],
        );
        expect(failures("nodes", nodes({ instanceTypes: ["g4dn.xlarge"] }))).toEqual([]);
        expect(failures("nodes", scaled(2, 2, 2))).toEqual([]);
    });
});

describe("in an account", () => {
    let provider: AwsProvider;
    const made = (type: Kind, inputs: Properties) => provider.create(resource(type), inputs, false);
    const make = (type: Kind, inputs: Properties): string => made(type, inputs).id;
    const update = (type: Kind, id: string, inputs: Properties, preview = false): Properties => {
        const stored = provider.read(resource(type), id);
        if (!stored) throw new Error(`no ${type} ${id}`);
        return provider.update(resource(type), stored, inputs, preview);
    };
    const remove = (type: Kind, id: string) => provider.delete(resource(type), { id, inputs: {}, outputs: {} });

    let vpcId = "";
    let subnetIds: string[] = [];
    const subnet = (index: number, zone: string) =>
        make("subnet", { vpcId, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `eu-west-1${zone}` });
    const cluster = (more: Properties = {}, vpcConfig: Properties = {}) =>
        aCluster(
            { subnetIds, ...vpcConfig },
            { version: "1.34", accessConfig: { authenticationMode: "API" }, ...more },
        );
    const group = (more: Properties = {}) => nodes({ subnetIds, version: "1.34", ...more });

    beforeEach(() => {
        provider = providerInAccount();
        vpcId = make("vpc", { cidrBlock: "10.0.0.0/16" });
        subnetIds = [subnet(1, "a"), subnet(2, "b")];
        make("role", { name: "nodes", assumeRolePolicy: "{}" });
    });

    it("a cluster has its own security group, and takes it along", () => {
        const { outputs } = made("cluster", cluster());
        const { clusterSecurityGroupId } = outputs.vpcConfig as { clusterSecurityGroupId: string };
        expect(provider.read(resource("group"), clusterSecurityGroupId)?.inputs).toMatchObject({ vpcId });
        const after = update("cluster", "k", cluster({ tags: { a: "b" } }));
        expect(after.vpcConfig).toMatchObject({ clusterSecurityGroupId, subnetIds });
        remove("cluster", "k");
        expect(provider.read(resource("group"), clusterSecurityGroupId)).toBeUndefined();
        remove("subnet", subnetIds[0] ?? "");
    });

    it("what the cluster's own group will be is unknown in a preview", () => {
        const { outputs } = provider.create(resource("cluster"), cluster(), true);
        expect(outputs.vpcConfig).toMatchObject({ clusterSecurityGroupId: UNKNOWN, subnetIds });
    });

    it("a cluster stands in two zones of one VPC, with groups of it", () => {
        expect(() => made("cluster", cluster({}, { subnetIds: [subnet(3, "a"), subnet(4, "a")] }))).toThrow(/two diff/);
        const elsewhere = make("vpc", { cidrBlock: "10.1.0.0/16" });
        const strange = make("subnet", { vpcId: elsewhere, cidrBlock: "10.1.0.0/24", availabilityZone: "eu-west-1b" });
        expect(() => made("cluster", cluster({}, { subnetIds: [subnetIds[0] ?? "", strange] }))).toThrow(/same VPC/);
        const securityGroupIds = [make("group", { name: "g", vpcId: elsewhere })];
        expect(() => made("cluster", cluster({}, { securityGroupIds }))).toThrow(/InvalidParameterException.*VPC/);
        expect(() => made("cluster", cluster({ roleArn: ADMIN }))).toThrow(/NoSuchEntity/);
        made("cluster", cluster());
        expect(() => made("cluster", cluster())).toThrow(/ResourceInUseException/);
    });

    it("a cluster goes up one minor version at a time, and never down", () => {
        made("cluster", cluster());
        const to = (version: string, preview = true) => update("cluster", "k", cluster({ version }), preview);
        expect(() => to("1.36")).toThrow(/InvalidParam.*Unsupported Kubernetes minor version update from 1.34 to 1.36/);
        expect(() => to("1.33")).toThrow(/from 1\.34 to 1\.33/);
        expect(to("1.35", false).version).toBe("1.35");
    });

    it("a cluster does not go back on its access, its key or its zones", () => {
        const keys = [made("key", {}), made("key", {})].map(({ outputs }) => String(outputs.arn));
        const encrypted = (index: number) => ({
            encryptionConfig: { provider: { keyArn: keys[index] ?? "" }, resources: ["secrets"] },
        });
        made("cluster", cluster(encrypted(0)));
        const change =
            (more: Properties, vpcConfig: Properties = {}) =>
            () =>
                update("cluster", "k", cluster({ ...encrypted(0), ...more }, vpcConfig), true);
        expect(change({ accessConfig: { authenticationMode: "CONFIG_MAP" } })).toThrow(/from API to CONFIG_MAP/);
        expect(change(encrypted(1))).toThrow(/InvalidParameterException.*key/);
        expect(change({}, { subnetIds: [...subnetIds, subnet(3, "c")] })).toThrow(
            /different set of availability zones/,
        );
        change({}, { subnetIds: [subnet(4, "a"), subnetIds[1] ?? ""] })();
    });

    it("a cluster stays while it has node groups or is protected, and its VPC and subnets stay with it", () => {
        made("cluster", cluster({ deletionProtection: true }));
        make("nodes", group());
        expect(() => remove("cluster", "k")).toThrow(/InvalidRequestException.*deletion protection/);
        update("cluster", "k", cluster({ deletionProtection: false }));
        expect(() => remove("cluster", "k")).toThrow(/ResourceInUseException.*nodegroups attached/);
        expect(() => remove("subnet", subnetIds[0] ?? "")).toThrow(/DependencyViolation/);
        remove("nodes", "k:ng");
        remove("cluster", "k");
    });

    it("nodes hold on to the security groups of their launch template", () => {
        made("cluster", cluster());
        const securityGroup = make("group", { name: "nodes", vpcId });
        const id = make("template", { name: "nodes", vpcSecurityGroupIds: [securityGroup] });
        make("nodes", group({ launchTemplate: { id, version: "1" } }));
        expect(() => remove("group", securityGroup)).toThrow(/DependencyViolation.*a-nodes/);
        remove("nodes", "k:ng");
        remove("group", securityGroup);
    });

    it("a launch template gets a version by every change of what it starts", () => {
        const id = make("template", { name: "nodes", instanceType: "t3.medium" });
        expect(update("template", id, { name: "nodes", instanceType: "t3.large" })).toMatchObject({ latestVersion: 2 });
        const retagged = { name: "nodes", instanceType: "t3.large", tags: { a: "b" } };
        expect(update("template", id, retagged)).toMatchObject({ latestVersion: 2, defaultVersion: 1 });
        const chosen = { ...retagged, instanceType: "t3.small", updateDefaultVersion: true };
        expect(update("template", id, chosen)).toMatchObject({ latestVersion: 3, defaultVersion: 3 });
    });

    it.each<[Properties, Properties, RegExp]>([
        [
            { instanceType: "t3.large" },
            { instanceTypes: ["t3.large"] },
            /both in the launch template and in the request/,
        ],
        [{ imageId: "ami-1" }, { amiType: "AL2023_x86_64_STANDARD" }, /AMI Type other than CUSTOM/],
        [{ imageId: "ami-1" }, { version: "1.34" }, /kubernetesVersion or releaseVersion/],
        [{ iamInstanceProfile: { name: "p" } }, {}, /should not specify an instance profile/],
        [{ instanceMarketOptions: { marketType: "spot" } }, {}, /market options/],
    ])("a launch template with %j does not go with %j", (content, more, refusal) => {
        made("cluster", cluster());
        const id = make("template", { name: "nodes", ...content });
        const launchTemplate = { id, version: "1" };
        expect(() => made("nodes", nodes({ subnetIds, launchTemplate, ...more }))).toThrow(refusal);
        expect(() => made("nodes", nodes({ subnetIds, launchTemplate: { id, version: "2" } }))).toThrow(
            /does not|should/,
        );
    });

    it("nodes have the cluster's version when they are made, follow it later, and hold it back when they are old", () => {
        made("cluster", cluster({ version: "1.31" }));
        expect(() => made("nodes", group({ version: "1.32" }))).toThrow(/must match the cluster's, 1\.31/);
        const old = group({ version: "1.31" });
        make("nodes", old);
        expect(() => update("nodes", "k:ng", group({ version: "1.32" }))).toThrow(/not supported with the cluster's/);
        for (const version of ["1.32", "1.33", "1.34"]) update("cluster", "k", cluster({ version }));
        expect(() => update("cluster", "k", cluster({ version: "1.35" }), true)).toThrow(/InvalidReq.*ng \(1\.31\)/);
        expect(update("nodes", "k:ng", group())).toMatchObject({ version: "1.34", releaseVersion: "1.34.0-20261101" });
        expect(update("cluster", "k", cluster({ version: "1.35" }))).toMatchObject({ version: "1.35" });
    });

    it("nodes are in the cluster's VPC, once under a name", () => {
        made("cluster", cluster());
        const elsewhere = make("vpc", { cidrBlock: "10.1.0.0/16" });
        const strange = make("subnet", { vpcId: elsewhere, cidrBlock: "10.1.0.0/24" });
        expect(() => made("nodes", group({ subnetIds: [strange] }))).toThrow(/VPC of the cluster/);
        make("nodes", group());
        expect(() => made("nodes", group())).toThrow(/ResourceInUseException/);
    });

    it("an add-on is there once, in a release for the cluster's version", () => {
        made("cluster", cluster());
        const kubeProxy = (addonVersion: string) => ({ clusterName: "k", addonName: "kube-proxy", addonVersion });
        expect(() => made("addon", kubeProxy("v1.35.0-eksbuild.2"))).toThrow(
            /Addon version specified is not supported/,
        );
        expect(make("addon", kubeProxy("v1.34.0-eksbuild.2"))).toBe("k:kube-proxy");
        expect(() => made("addon", kubeProxy("v1.34.0-eksbuild.2"))).toThrow(/ResourceInUseException.*already exists/);
        expect(() => update("addon", "k:kube-proxy", kubeProxy("v1.35.0-eksbuild.2"))).toThrow(/not supported/);
        expect(made("addon", { clusterName: "k", addonName: "coredns" }).outputs.addonVersion).toMatch(/^v1\.12\./);
        expect(() => made("addon", { clusterName: "other", addonName: "coredns" })).toThrow(
            /ResourceNotFoundException/,
        );
    });

    it("access is for clusters that have entries, and policies for principals that have one", () => {
        made("cluster", cluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } }));
        expect(() => made("entry", anEntry({}))).toThrow(/InvalidRequestException.*authentication mode/);
        update("cluster", "k", cluster());
        const access = { ...anEntry({ policyArn }), accessScope: { type: "cluster" } };
        expect(() => made("access", access)).toThrow(/ResourceNotFoundException.*list-access-entries/);
        make("entry", anEntry({}));
        make("access", access);
        expect(() => made("entry", anEntry({}))).toThrow(/ResourceInUseException/);
        make("entry", anEntry({ principalArn: ROLE, type: "EC2_LINUX" }));
        expect(() => made("access", { ...access, principalArn: ROLE })).toThrow(/type STANDARD/);
    });

    it("a service account has one role", () => {
        made("cluster", cluster());
        const association = { clusterName: "k", namespace: "app", serviceAccount: "backend", roleArn: ROLE };
        const id = make("pods", association);
        expect(() => made("pods", association)).toThrow(new RegExp(`ResourceInUseException.*already exists: ${id}`));
        make("pods", { ...association, namespace: "other" });
    });

    it("rules and policies are there once, and go before what they belong to", () => {
        const securityGroupId = make("group", { name: "g", vpcId });
        const all = { ...rule({ self: true, cidrBlocks: undefined }), securityGroupId };
        const id = make("groupRule", all);
        expect(() => made("groupRule", { ...all, description: "again" })).toThrow(/InvalidPermission\.Duplicate/);
        expect(() => remove("group", securityGroupId)).toThrow(/DependencyViolation/);
        remove("groupRule", id);
        remove("group", securityGroupId);
        const policy = make("policy", { name: "p", policy: "{}" });
        const attached = make("attachment", { role: "nodes", policyArn: policy });
        expect(() => remove("policy", policy)).toThrow(/DeleteConflict/);
        remove("attachment", attached);
        remove("policy", policy);
        for (let index = 0; index < 10; index++) make("attachment", { role: "nodes", policyArn: `${policy}${index}` });
        expect(() => made("attachment", { role: "nodes", policyArn: policy })).toThrow(/PoliciesPerRole: 10/);
        const issuer = { url: "https://oidc.example/id/1", clientIdLists: ["sts.amazonaws.com"] };
        make("oidc", issuer);
        expect(() => made("oidc", issuer)).toThrow(/EntityAlreadyExists/);
    });
});

it.each<[Kind, Properties, Properties, string[]]>([
    ["cluster", { version: "1.34" }, { version: "1.35" }, []],
    ["cluster", {}, { encryptionConfig: { provider: { keyArn: "k" } } }, []],
    ["cluster", { encryptionConfig: { provider: { keyArn: "k" } } }, {}, ["encryptionConfig"]],
    ["cluster", { roleArn: "a" }, { roleArn: "b" }, ["roleArn"]],
    ["nodes", { scalingConfig: { maxSize: 2 } }, { scalingConfig: { maxSize: 3 } }, []],
    ["nodes", { launchTemplate: template }, { launchTemplate: { ...template, version: "2" } }, []],
    ["nodes", { instanceTypes: ["t3.medium"] }, { instanceTypes: ["t3.large"] }, ["instanceTypes"]],
    ["repository", {}, { encryptionConfigurations: [{ encryptionType: "KMS" }] }, ["encryptionConfigurations"]],
    ["lifecycle", { policy: "a" }, { policy: "b" }, ["policy"]],
    ["pods", { roleArn: "a" }, { roleArn: "b" }, []],
])("%s from %j to %j replaces %j", (type, old, next, replaced) => {
    expect(difference(types[type], old, next).replaces).toEqual(replaced);
});
