import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { inputsOf, namesOfNodes, type Registered, rehearse, settled } from "../testing/mocks";
import { networkSpec, platform } from "../testing/specs";
import { Network, type NetworkArgs } from ".";

const args: NetworkArgs = { ...networkSpec, platform, dataPorts: [5432] };
const make = (change: Partial<NetworkArgs> = {}) =>
    rehearse(false, (options) => new Network("network", { ...args, ...change }, options));

describe("routes", () => {
    it("lead public subnets to the internet, private ones to their zone's NAT gateway, isolated ones nowhere", async () => {
        const { resources } = await make();
        expect(await defaultRouteOf(resources, "public-2")).toEqual({ gatewayId: "network-internet-gateway-id" });
        expect(await defaultRouteOf(resources, "private-0")).toEqual({ natGatewayId: "network-nat-0-id" });
        expect(await defaultRouteOf(resources, "private-2")).toEqual({ natGatewayId: "network-nat-2-id" });
        expect(await defaultRouteOf(resources, "isolated-1")).toBeUndefined();
    });

    it("lead all private subnets to the one NAT gateway there is", async () => {
        const { resources } = await make({ natGateways: "single" });
        expect(await defaultRouteOf(resources, "private-2")).toEqual({ natGatewayId: "network-nat-0-id" });
    });

    it("lead private subnets nowhere without NAT gateways", async () => {
        const { resources } = await make({ natGateways: "none" });
        expect(await defaultRouteOf(resources, "private-0")).toBeUndefined();
        expect(resources.filter(({ type }) => /natGateway|eip/.test(type))).toEqual([]);
    });

    it("keep their names from one NAT gateway to several, so that they are only updated", async () => {
        const names = async (natGateways: NetworkArgs["natGateways"]) =>
            (await make({ natGateways })).resources
                .filter(({ type }) => type.includes("route"))
                .map(({ name }) => name)
                .sort();
        expect(await names("per-zone")).toEqual(await names("single"));
    });
});

describe("zones", () => {
    it("are the region's first ones, in which a subnet then stays", async () => {
        const { resources } = await make({ availabilityZones: 2 });
        const subnets = resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
        expect(await settled(subnets.map(({ inputs }) => inputs.availabilityZone) as pulumi.Input<string>[])).toEqual(
            Array(3).fill(["eu-west-1a", "eu-west-1b"]).flat(),
        );
        for (const { options } of subnets) expect(options.ignoreChanges).toEqual(["availabilityZone"]);
    });

    it("are none in which EKS has no control plane, so that a cluster can come later", async () => {
        const { calls } = await make({ availabilityZones: 2 });
        const asked = calls.filter(({ token }) => token === "aws:index/getAvailabilityZones:getAvailabilityZones");
        expect(asked.map(({ inputs }) => inputs.excludeZoneIds)).toEqual([["use1-az3", "usw1-az2", "cac1-az3"]]);
    });

    it("are the ones that are named, and then count", async () => {
        const { made, resources } = await make({ availabilityZones: 2, zones: ["eu-west-1c", "eu-west-1a"] });
        expect(await settled(made.availabilityZones)).toEqual(["eu-west-1c", "eu-west-1a"]);
        for (const { type, options } of resources)
            if (type === "aws:ec2/subnet:Subnet") expect(options.ignoreChanges).toEqual([]);
    });
});

it("puts every isolated subnet, and no other, behind the network ACL", async () => {
    const { resources } = await make();
    const acl = inputsOf(resources, "network-isolated-acl");
    expect(await settled(acl.subnetIds as pulumi.Input<string>[])).toEqual(
        [0, 1, 2].map((zone) => `network-isolated-${zone}-id`),
    );
    expect(acl.ingress).toContainEqual(expect.objectContaining({ cidrBlock: "10.0.0.0/16", fromPort: 5432 }));
});

it("tells Kubernetes which subnets are for load balancers of the internet, for internal ones, and for none", async () => {
    const { resources } = await make();
    const rolesOf = (name: string) =>
        Object.keys(inputsOf(resources, name).tags ?? {}).filter((key) => key.startsWith("kubernetes.io/"));
    expect(rolesOf("network-public-1")).toEqual(["kubernetes.io/role/elb"]);
    expect(rolesOf("network-private-1")).toEqual(["kubernetes.io/role/internal-elb"]);
    expect(rolesOf("network-isolated-1")).toEqual([]);
});

describe("endpoints", () => {
    const policyOf = async (resources: Registered[], name: string) =>
        JSON.parse(String(await settled(inputsOf(resources, name).policy))) as { Statement: Record<string, unknown>[] };

    it("lead private subnets to S3 by its gateway, and to each service by an interface in each zone", async () => {
        const { made, resources } = await make();
        const s3 = inputsOf(resources, "network-endpoints-s3");
        expect(await settled(s3.serviceName)).toBe("com.amazonaws.eu-west-1.s3");
        expect(await settled(s3.routeTableIds)).toEqual([0, 1, 2].map((zone) => `network-private-${zone}-routes-id`));
        const ecr = inputsOf(resources, "network-endpoints-ecr.api");
        expect(await settled(ecr.serviceName)).toBe("com.amazonaws.eu-west-1.ecr.api");
        expect(await settled(ecr.subnetIds)).toEqual(await settled(made.privateSubnetIds));
        expect(await settled(inputsOf(resources, "network-endpoints-from-vpc").cidrIpv4)).toBe("10.0.0.0/16");
    });

    it("carry the account's own requests, and those that are nobody's to where they are needed", async () => {
        const { resources } = await make();
        const sids = async (name: string) => (await policyOf(resources, name)).Statement.map(({ Sid }) => Sid);
        expect(await sids("network-endpoints-ecr.api")).toEqual(["AllowOwnIdentities"]);
        expect(await sids("network-endpoints-sts")).toEqual(["AllowOwnIdentities", "AllowTokensForOwnRoles"]);
        const [own, images] = (await policyOf(resources, "network-endpoints-s3")).Statement;
        expect(own?.Condition).toEqual({ StringEquals: { "aws:PrincipalAccount": "123456789012" } });
        expect(images?.Resource).toContain("arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*");
    });

    it("leave nothing but S3's gateway where no service is named", async () => {
        const { resources } = await make({ interfaceEndpoints: [] });
        const names = resources.filter(({ name }) => name.startsWith("network-endpoints-")).map(({ name }) => name);
        expect(names).toEqual(["network-endpoints-s3"]);
    });
});

describe("flow logs", () => {
    it("are written by a role that only they can take, to the network's log group and nowhere else", async () => {
        const { made, resources } = await make({ flowLogTraffic: "rejected" });
        expect(inputsOf(resources, "network-flow-logs-flow-log")).toMatchObject({ trafficType: "REJECT" });
        expect(inputsOf(resources, "network-flow-logs-logs-group")).toMatchObject({
            name: "/aws/vpc-flow-logs/shop-test-network",
            retentionInDays: 365,
        });
        const trust = JSON.parse(
            String(await settled(inputsOf(resources, "network-flow-logs-role").assumeRolePolicy)),
        ) as { Statement: unknown[] };
        expect(trust.Statement).toEqual([
            expect.objectContaining({
                Principal: { Service: "vpc-flow-logs.amazonaws.com" },
                Condition: expect.objectContaining({ StringEquals: { "aws:SourceAccount": "123456789012" } }),
            }),
        ]);
        const rights = String(await settled(inputsOf(resources, "network-flow-logs-role-policy").policy));
        expect(JSON.parse(rights).Statement).toEqual([
            expect.objectContaining({ Resource: `${await settled(made.flowLogGroupArn ?? "")}:*` }),
            expect.objectContaining({ Action: "logs:DescribeLogGroups", Resource: "*" }),
        ]);
    });

    it("can be left out, with their key and role", async () => {
        const { made, resources } = await make({ flowLogTraffic: "none" });
        expect(made.flowLogGroupArn).toBeUndefined();
        expect(resources.filter(({ name }) => name.startsWith("network-flow-logs"))).toEqual([]);
    });
});

it("shuts the default security group and hands out no public addresses", async () => {
    const { resources } = await make();
    const { ingress, egress } = inputsOf(resources, "network-default-security-group");
    expect([ingress, egress]).toEqual([[], []]);
    const subnets = resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
    expect(subnets.map(({ inputs }) => inputs.mapPublicIpOnLaunch)).toEqual(Array(9).fill(false));
});

it("lets a transform have the last word on each child", async () => {
    const { resources } = await make({
        transform: {
            vpc: { enableDnsHostnames: false },
            subnet: (subnet) => ({ ...subnet, mapPublicIpOnLaunch: true }),
            natGateway: { connectivityType: "private" },
            isolatedAcl: { egress: [] },
            endpoint: { privateDnsEnabled: false },
        },
    });
    expect(inputsOf(resources, "network-vpc").enableDnsHostnames).toBe(false);
    expect(inputsOf(resources, "network-isolated-2").mapPublicIpOnLaunch).toBe(true);
    expect(inputsOf(resources, "network-endpoints-sts").privateDnsEnabled).toBe(false);
    expect(inputsOf(resources, "network-isolated-acl").egress).toEqual([]);
    expect(inputsOf(resources, "network-nat-1").connectivityType).toBe("private");
});

/** Where the default route of a subnet's table leads: found by following association and table, as AWS does. */
async function defaultRouteOf(resources: Registered[], subnet: string): Promise<object | undefined> {
    const table = await settled(inputsOf(resources, `network-${subnet}-association`).routeTableId);
    const routes = resources.filter(({ type }) => type === "aws:ec2/route:Route");
    for (const { inputs } of routes) {
        if ((await settled(inputs.routeTableId)) !== table) continue;
        expect(inputs.destinationCidrBlock).toBe("0.0.0.0/0");
        const { gatewayId, natGatewayId } = inputs;
        return gatewayId ? { gatewayId: await settled(gatewayId) } : { natGatewayId: await settled(natGatewayId) };
    }
    return undefined;
}

it("gives its raw resources", async () => {
    const { made, resources } = await make({ interfaceEndpoints: ["sts"] });
    expect(namesOfNodes(resources, made.nodes)).toMatchObject({
        vpc: "network-vpc",
        defaultSecurityGroup: "network-default-security-group",
        internetGateway: "network-internet-gateway",
        subnets: { isolated: ["network-isolated-0", "network-isolated-1", "network-isolated-2"] },
        routeTables: {
            public: "network-public-routes",
            private: ["network-private-0-routes", "network-private-1-routes", "network-private-2-routes"],
            isolated: "network-isolated-routes",
        },
        natGateways: ["network-nat-0", "network-nat-1", "network-nat-2"],
        isolatedAcl: "network-isolated-acl",
        s3Endpoint: "network-endpoints-s3",
        interfaceEndpoints: { sts: "network-endpoints-sts" },
        endpointSecurityGroup: "network-endpoints-security-group",
        flowLog: "network-flow-logs-flow-log",
        flowLogGroup: "network-flow-logs-logs-group",
    });
});
