import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import { transformed } from "../transform";
import type { PlannedSubnets } from "./additional-subnets";
import type { InterfaceEndpoints, NetworkArgs, PlatformNetwork } from "./args";
import { Endpoints } from "./endpoints";
import { FlowLogs } from "./flow-logs";
import { isolatedAcl } from "./isolated-acl";
import { type NetworkPlan, planNetwork } from "./plan";
import type { SubnetKind } from "./spec";
import { SubnetSet, type SubnetSetArgs } from "./subnet-set";
import { zoneNames } from "./zones";

/**
 * What tells a Kubernetes cluster's load balancers, of the internet and internal ones, which subnets are theirs. A tag of
 * the cluster's own has not been needed since version 2.1.1 of the AWS Load Balancer Controller.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/
 */
const loadBalancerTags: Record<SubnetKind, Record<string, string>> = {
    public: { "kubernetes.io/role/elb": "1" },
    private: { "kubernetes.io/role/internal-elb": "1" },
    isolated: {},
};

/**
 * A VPC with public, private and isolated subnets in every zone. Public ones reach the internet, private ones go out
 * through NAT, isolated ones go nowhere. The default security group admits nothing, and the isolated subnets' network
 * ACL only the ports of the data stores.
 *
 * NAT gateways and interface endpoints cost by the hour and by the GiB, flow logs by the GiB and a dollar a month for their key; all else here is
 * free.
 */
export class Network extends Component implements PlatformNetwork {
    public readonly vpcId: pulumi.Output<string>;
    public readonly vpcCidr: pulumi.Output<string>;
    /** One per zone, in the order of `availabilityZones`. */
    public readonly publicSubnetIds: pulumi.Output<string>[];
    /** One per zone, in the order of `availabilityZones`. */
    public readonly privateSubnetIds: pulumi.Output<string>[];
    /** One per zone, in the order of `availabilityZones`. */
    public readonly isolatedSubnetIds: pulumi.Output<string>[];
    /** Subnets that were added, by name, each one per zone. */
    public readonly additionalSubnetIds: Record<string, pulumi.Output<string>[]>;
    /** The names of the zones in use. */
    public readonly availabilityZones: pulumi.Output<string>[];
    /** The network itself, all that it is made of. */
    public readonly resources: pulumi.Resource[] = [this];
    /** The gateway endpoint of S3, for the conditions of buckets' policies. */
    public readonly s3EndpointId: pulumi.Output<string>;
    /** The interface endpoints; undefined without any. */
    public readonly interfaceEndpoints?: InterfaceEndpoints;
    /** The log group of the flow logs; undefined without any. */
    public readonly flowLogGroupArn?: pulumi.Output<string>;

    private readonly args: NetworkArgs;

    constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
        const plan = planNetwork(name, args);
        super("plinth:network:Network", name, args, options);
        this.args = args;

        const vpc = this.createVpc(plan);
        this.closeDefaultSecurityGroup(vpc);
        const internetGateway = this.createInternetGateway(vpc);
        const subnets = this.createSubnets(plan, vpc);
        this.routePublic(subnets.public, vpc, internetGateway);
        const natGateways = this.createNatGateways(plan, subnets.public, internetGateway);
        const privateTables = this.routePrivate(plan, subnets.private, vpc, natGateways);
        const isolatedTable = this.routeIsolated(subnets.isolated, vpc);
        this.guardIsolated(plan, subnets.isolated, vpc);
        const flowLogs = this.createFlowLogs(vpc);
        const endpoints = this.createEndpoints(vpc, subnets.private, privateTables);

        this.vpcId = vpc.id;
        this.vpcCidr = vpc.cidrBlock;
        this.publicSubnetIds = subnets.public.map((subnet) => subnet.id);
        this.privateSubnetIds = subnets.private.map((subnet) => subnet.id);
        this.isolatedSubnetIds = subnets.isolated.map((subnet) => subnet.id);
        this.availabilityZones = subnets.isolated.map((subnet) => subnet.availabilityZone);
        this.additionalSubnetIds = this.createAdditionalSubnets(plan, vpc, {
            private: privateTables,
            isolated: subnets.isolated.map(() => isolatedTable),
        });
        this.s3EndpointId = endpoints.s3EndpointId;
        this.interfaceEndpoints = endpoints.interfaces;
        this.flowLogGroupArn = flowLogs?.logGroupArn;
        this.registerOutputs({
            vpcId: this.vpcId,
            vpcCidr: this.vpcCidr,
            publicSubnetIds: this.publicSubnetIds,
            privateSubnetIds: this.privateSubnetIds,
            isolatedSubnetIds: this.isolatedSubnetIds,
            availabilityZones: this.availabilityZones,
        });
    }

    private createVpc(plan: NetworkPlan): aws.ec2.Vpc {
        const args: aws.ec2.VpcArgs = {
            cidrBlock: plan.cidr,
            enableDnsSupport: true,
            enableDnsHostnames: true,
            tags: this.tags(),
        };
        return new aws.ec2.Vpc(this.childName("vpc"), transformed(this.args.transform?.vpc, args), this.child);
    }

    /** A default group opens everything to its members; without rules, whatever lands in it by mistake is shut off. */
    private closeDefaultSecurityGroup(vpc: aws.ec2.Vpc): void {
        new aws.ec2.DefaultSecurityGroup(
            this.childName("default-security-group"),
            { vpcId: vpc.id, ingress: [], egress: [], tags: this.tags("default") },
            this.child,
        );
    }

    private createInternetGateway(vpc: aws.ec2.Vpc): aws.ec2.InternetGateway {
        const args = { vpcId: vpc.id, tags: this.tags() };
        return new aws.ec2.InternetGateway(this.childName("internet-gateway"), args, this.child);
    }

    private createSubnets(plan: NetworkPlan, vpc: aws.ec2.Vpc): Record<SubnetKind, aws.ec2.Subnet[]> {
        const zoneName = zoneNames(this.physicalIdentity, this.args, this.child);
        // Where the region chose the zone, a subnet stays in it even if the region's list changes its order.
        const ignoreChanges = this.args.zones ? [] : ["availabilityZone"];
        const create = (kind: SubnetKind) =>
            plan.subnets[kind].map((cidrBlock, zone) => {
                const part = `${kind}-${zone}`;
                const args: aws.ec2.SubnetArgs = {
                    vpcId: vpc.id,
                    cidrBlock,
                    availabilityZone: zoneName(zone),
                    mapPublicIpOnLaunch: false,
                    tags: { ...this.tags(part), ...loadBalancerTags[kind] },
                };
                return new aws.ec2.Subnet(this.childName(part), transformed(this.args.transform?.subnet, args), {
                    ...this.child,
                    ignoreChanges,
                });
            });
        return { public: create("public"), private: create("private"), isolated: create("isolated") };
    }

    private routePublic(subnets: aws.ec2.Subnet[], vpc: aws.ec2.Vpc, gateway: aws.ec2.InternetGateway): void {
        const table = this.createRouteTable("public", vpc);
        new aws.ec2.Route(
            this.childName("public-default-route"),
            { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
            this.child,
        );
        for (const [zone, subnet] of subnets.entries()) this.associate(`public-${zone}`, subnet, table);
    }

    private createNatGateways(
        plan: NetworkPlan,
        publicSubnets: aws.ec2.Subnet[],
        internetGateway: aws.ec2.InternetGateway,
    ): Map<number, aws.ec2.NatGateway> {
        const gateways = plan.natZones.flatMap((zone) => {
            const subnet = publicSubnets[zone];
            return subnet ? [[zone, this.createNatGateway(zone, subnet, internetGateway)] as const] : [];
        });
        return new Map(gateways);
    }

    private createNatGateway(
        zone: number,
        subnet: aws.ec2.Subnet,
        internetGateway: aws.ec2.InternetGateway,
    ): aws.ec2.NatGateway {
        const part = `nat-${zone}`;
        // AWS makes neither in a VPC that has no internet gateway yet.
        const options = { ...this.child, dependsOn: [internetGateway] };
        const address = new aws.ec2.Eip(
            this.childName(`${part}-address`),
            { domain: "vpc", tags: this.tags(part) },
            options,
        );
        const args: aws.ec2.NatGatewayArgs = { subnetId: subnet.id, allocationId: address.id, tags: this.tags(part) };
        return new aws.ec2.NatGateway(
            this.childName(part),
            transformed(this.args.transform?.natGateway, args),
            options,
        );
    }

    /** A table for each zone, so that going from one NAT gateway to several only changes routes. */
    private routePrivate(
        plan: NetworkPlan,
        subnets: aws.ec2.Subnet[],
        vpc: aws.ec2.Vpc,
        natGateways: Map<number, aws.ec2.NatGateway>,
    ): aws.ec2.RouteTable[] {
        return subnets.map((subnet, zone) => {
            const part = `private-${zone}`;
            const table = this.createRouteTable(part, vpc);
            const natGateway = natGateways.get(plan.natZoneOf[zone] ?? -1);
            if (natGateway) {
                new aws.ec2.Route(
                    this.childName(`${part}-default-route`),
                    { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: natGateway.id },
                    this.child,
                );
            }
            this.associate(part, subnet, table);
            return table;
        });
    }

    private routeIsolated(subnets: aws.ec2.Subnet[], vpc: aws.ec2.Vpc): aws.ec2.RouteTable {
        const table = this.createRouteTable("isolated", vpc);
        for (const [zone, subnet] of subnets.entries()) this.associate(`isolated-${zone}`, subnet, table);
        return table;
    }

    private createAdditionalSubnets(
        plan: NetworkPlan,
        vpc: aws.ec2.Vpc,
        tables: Record<"private" | "isolated", aws.ec2.RouteTable[]>,
    ): Record<string, pulumi.Output<string>[]> {
        const create = ([part, { routes, cidrs }]: [string, PlannedSubnets]) => {
            const args: SubnetSetArgs = {
                ...this.shared,
                part,
                vpcId: vpc.id,
                cidrs,
                availabilityZones: this.availabilityZones,
                routeTableIds: tables[routes].map((table) => table.id),
                transform: this.args.transform?.subnet,
            };
            return [part, new SubnetSet(this.childName(`additional-${part}`), args, this.child).subnetIds] as const;
        };
        return Object.fromEntries(Object.entries(plan.additionalSubnets).map(create));
    }

    /** Rules and subnets stand in the ACL itself, where each change of them is an update in place. */
    private guardIsolated(plan: NetworkPlan, subnets: aws.ec2.Subnet[], vpc: aws.ec2.Vpc): void {
        const args: aws.ec2.NetworkAclArgs = {
            vpcId: vpc.id,
            subnetIds: subnets.map((subnet) => subnet.id),
            ...isolatedAcl({ cidr: plan.cidr, isolated: plan.subnets.isolated, dataPorts: this.args.dataPorts }),
            tags: this.tags("isolated"),
        };
        new aws.ec2.NetworkAcl(
            this.childName("isolated-acl"),
            transformed(this.args.transform?.isolatedAcl, args),
            this.child,
        );
    }

    /** Isolated subnets get no way to S3 either: what stands in them calls nobody. */
    private createEndpoints(vpc: aws.ec2.Vpc, subnets: aws.ec2.Subnet[], tables: aws.ec2.RouteTable[]): Endpoints {
        const args = {
            ...this.shared,
            vpcId: vpc.id,
            vpcCidr: vpc.cidrBlock,
            routeTableIds: tables.map((table) => table.id),
            subnetIds: subnets.map((subnet) => subnet.id),
            services: this.args.interfaceEndpoints,
            transform: this.args.transform?.endpoint,
        };
        return new Endpoints(this.childName("endpoints"), args, this.child);
    }

    private createFlowLogs(vpc: aws.ec2.Vpc): FlowLogs | undefined {
        const { flowLogTraffic, flowLogRetentionDays, keyDeletionWindowDays, transform } = this.args;
        if (flowLogTraffic === "none") return undefined;
        const args = {
            ...this.shared,
            vpcId: vpc.id,
            traffic: flowLogTraffic,
            retentionDays: flowLogRetentionDays,
            keyDeletionWindowDays,
            transform: transform?.flowLog,
        };
        return new FlowLogs(this.childName("flow-logs"), args, this.child);
    }

    private createRouteTable(part: string, vpc: aws.ec2.Vpc): aws.ec2.RouteTable {
        const args = { vpcId: vpc.id, tags: this.tags(part) };
        return new aws.ec2.RouteTable(this.childName(`${part}-routes`), args, this.child);
    }

    private associate(part: string, subnet: aws.ec2.Subnet, table: aws.ec2.RouteTable): void {
        new aws.ec2.RouteTableAssociation(
            this.childName(`${part}-association`),
            { subnetId: subnet.id, routeTableId: table.id },
            this.child,
        );
    }
}
