import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, type State } from "./checkout";

/**
 * What the official components register, read from awsx 3.9.0 and eks 4.3.0 on the real engine: type, name, parent, inputs.
 * @see https://www.pulumi.com/registry/packages/eks/api-docs/cluster/
 */
const REGISTERED = `
awsx:ecr:Repository | backend | |
aws:ecr/repository:Repository | backend | Repository backend | encryptionConfigurations, forceDelete, imageScanningConfiguration, imageTagMutability, name, tags
aws:ecr/lifecyclePolicy:LifecyclePolicy | backend | Repository backend | policy, repository
eks:index:Cluster | k | |
eks:index:ServiceRole | k-eksRole | Cluster k |
aws:ec2/securityGroup:SecurityGroup | k-eksClusterSecurityGroup | Cluster k | description, revokeRulesOnDelete, tags, vpcId
aws:iam/role:Role | k-eksRole-role | ServiceRole k-eksRole | assumeRolePolicy, description
aws:ec2/securityGroupRule:SecurityGroupRule | k-eksClusterInternetEgressRule | Cluster k | cidrBlocks, description, fromPort, protocol, securityGroupId, toPort, type
aws:iam/rolePolicyAttachment:RolePolicyAttachment | k-eksRole-4b490823 | ServiceRole k-eksRole | policyArn, role
aws:eks/cluster:Cluster | k-eksCluster | Cluster k | accessConfig, bootstrapSelfManagedAddons, enabledClusterLogTypes, encryptionConfig, roleArn, tags, version, vpcConfig
pulumi:providers:kubernetes | k-eks-k8s | Cluster k | kubeconfig, version
aws:ec2/securityGroup:SecurityGroup | k-nodeSecurityGroup | Cluster k | description, revokeRulesOnDelete, tags, vpcId
aws:eks/addon:Addon | k-kube-proxy | Cluster k | addonName, addonVersion, clusterName, preserve, resolveConflictsOnCreate, resolveConflictsOnUpdate
eks:index:VpcCniAddon | k-vpc-cni | Cluster k |
aws:ec2/securityGroupRule:SecurityGroupRule | k-eksExtApiServerClusterIngressRule | Cluster k | description, fromPort, protocol, securityGroupId, sourceSecurityGroupId, toPort, type
aws:ec2/securityGroupRule:SecurityGroupRule | k-eksNodeInternetEgressRule | Cluster k | cidrBlocks, description, fromPort, protocol, securityGroupId, toPort, type
aws:ec2/securityGroupRule:SecurityGroupRule | k-eksNodeClusterIngressRule | Cluster k | description, fromPort, protocol, securityGroupId, sourceSecurityGroupId, toPort, type
aws:ec2/securityGroupRule:SecurityGroupRule | k-eksNodeIngressRule | Cluster k | description, fromPort, protocol, securityGroupId, self, toPort, type
aws:ec2/securityGroupRule:SecurityGroupRule | k-eksClusterIngressRule | Cluster k | description, fromPort, protocol, securityGroupId, sourceSecurityGroupId, toPort, type
aws:eks/addon:Addon | k-vpc-cni | VpcCniAddon k-vpc-cni | addonName, addonVersion, clusterName, configurationValues, preserve, resolveConflictsOnCreate, resolveConflictsOnUpdate
eks:index:ManagedNodeGroup | ng | |
eks:index:Addon | coredns | Cluster k |
aws:ec2/launchTemplate:LaunchTemplate | ng-launchTemplate | ManagedNodeGroup ng | blockDeviceMappings, metadataOptions
aws:eks/addon:Addon | coredns | Addon coredns | addonName, clusterName
aws:eks/nodeGroup:NodeGroup | ng | ManagedNodeGroup ng | clusterName, instanceTypes, launchTemplate, nodeRoleArn, scalingConfig, subnetIds, version
`
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));

const checkout = new Checkout();
afterAll(() => checkout.remove());

function atVersion(version: string, more: Record<string, string> = {}): void {
    const config = { "aws:region": "eu-west-1", "test:version": version, ...more };
    checkout.write("Pulumi.dev.yaml", JSON.stringify({ config }));
}

beforeAll(async () => {
    checkout.runs("tests/engine/programs/remote-components.cjs");
    atVersion("1.34");
    await checkout.update("dev");
});

describe("the remote components", () => {
    it("register what the official ones do", async () => {
        const { deployment } = checkout.state("dev");
        const known = new Set(REGISTERED.map(([, name]) => name));
        const registered = deployment.resources
            .filter(({ urn }) => known.has(nameOf(urn)))
            .map((resource) => rowOf(resource, deployment.resources));
        expect(registered.sort()).toEqual(REGISTERED.map((row) => row.join(" | ")).sort());
    });

    it("give out what the program reads, references to resources included", async () => {
        const outputs = checkout.outputs("dev") as Record<string, string>;
        const { resources } = await checkout.account("dev");
        expect(outputs.url).toBe("123456789012.dkr.ecr.eu-west-1.amazonaws.com/p-dev-backend");
        expect(outputs.server).toBe(outputs.endpoint);
        expect(outputs.endpoint).toMatch(/^https:\/\/[0-9A-F]{32}\.gr7\.eu-west-1\.eks\.amazonaws\.com$/);
        expect(outputs.oidcIssuer).toMatch(/^oidc\.eks\.eu-west-1\.amazonaws\.com\/id\//);
        expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining([outputs.clusterName, outputs.ownGroup]));
    });

    it("upgrade the control plane by one minor version in place, and refuse two before anything is done", async () => {
        atVersion("1.36");
        expect(await checkout.refused("dev")).toMatch(
            /InvalidParameterException.*Unsupported Kubernetes minor version update from 1\.34 to 1\.36/,
        );
        atVersion("1.35", { "test:repository": "images", "test:protect": "true" });
        const steps = (await checkout.update("dev")).steps.map(({ op, name }) => `${op} ${name}`);
        expect(steps).toEqual(expect.arrayContaining(["update k-eksCluster", "update k-kube-proxy", "update ng"]));
        expect(steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    });

    it("plan nothing anew, and find all as it was", async () => {
        await checkout.isAsPlanned("dev");
    });

    it("hand down the options that they are given: a provider, protection, an alias for the other name", async () => {
        const { deployment } = checkout.state("dev");
        const children = deployment.resources.filter(({ type }) => type.startsWith("aws:ecr/"));
        expect(children.map(({ urn, provider, protect }) => [nameOf(urn), provider?.split("::")[3], protect])).toEqual([
            ["images", "own", true],
            ["images", "own", true],
        ]);
        await checkout.succeed("pulumi", "state", "unprotect", "--all", "--stack", "dev", "--yes");
    });

    it("leave nothing behind", async () => {
        await checkout.succeed("destroy", "dev", "--skip-preview");
        const { resources, retained } = await checkout.account("dev");
        expect(resources).toEqual([]);
        expect(retained.map(({ type }) => type)).toEqual(["aws:kms/key:Key"]);
    });
});

const nameOf = (urn: string) => urn.split("::").pop() ?? "";

type Resource = State["deployment"]["resources"][number];

/** A resource as the table has it. A name that the provider made up is no input of the program's. */
function rowOf({ urn, type, inputs, parent }: Resource, all: Resource[]): string {
    const shown = all.find((other) => other.urn === parent && other.type !== "pulumi:pulumi:Stack");
    const madeUp = [inputs?.__defaults ?? []].flat();
    const names = Object.keys(inputs ?? {}).filter((name) => !name.startsWith("__") && !madeUp.includes(name));
    const parentCell = shown ? `${shown.type.split(":").pop()} ${nameOf(shown.urn)}` : "";
    return [type, nameOf(urn), parentCell, names.sort().join(", ")].join(" | ");
}
