import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import { transformed } from "../transform";
import type { PlannedSubnets } from "./additional-subnets";
import type { InterfaceEndpoints, NetworkArgs, PlatformNetwork } from "./args";
import { Endpoints } from "./endpoints";
import { FlowLogs } from "./flow-logs";
import { isolatedAcl } from "./isolated-acl";
import type { NetworkNodes } from "./nodes";
import { type NetworkPlan, planNetwork } from "./plan";
import { routeIsolated, routePrivate, routePublic } from "./routes";
import type { SubnetKind } from "./spec";
import { SubnetSet, type SubnetSetArgs } from "./subnet-set";
import { zoneNames } from "./zones";

/**
 * The tags by which the AWS Load Balancer Controller finds the subnets of internet-facing and of internal load balancers. A
 * tag with the cluster's name has not been needed since version 2.1.1 of the AWS Load Balancer Controller.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/
 */
const loadBalancerTags: Record<SubnetKind, Record<string, string>> = {
    public: { "kubernetes.io/role/elb": "1" },
    private: { "kubernetes.io/role/internal-elb": "1" },
    isolated: {},
};

/**
 * A VPC with public, private and isolated subnets in every zone. Public ones reach the internet, private ones
 * reach it through NAT, isolated ones have no route out of the VPC. The default security group admits nothing, and the isolated subnets' network
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
    /** The raw resources. */
    public readonly nodes: NetworkNodes;

    private readonly args: NetworkArgs;

    constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
        const plan = planNetwork(name, args);
        super("plinth:network:Network", name, args, options);
        this.args = args;

        const vpc = this.createVpc(plan);
        const defaultSecurityGroup = this.closeDefaultSecurityGroup(vpc);
        const internetGateway = this.createInternetGateway(vpc);
        const subnets = this.createSubnets(plan, vpc);
        const publicTable = routePublic(this.asParent, subnets.public, vpc, internetGateway);
        const natGateways = this.createNatGateways(plan, subnets.public, internetGateway);
        const privateTables = routePrivate(this.asParent, plan, subnets.private, vpc, natGateways);
        const isolatedTable = routeIsolated(this.asParent, subnets.isolated, vpc);
        const acl = this.guardIsolated(plan, subnets.isolated, vpc);
        const flowLogs = this.createFlowLogs(vpc);
        const endpoints = this.createEndpoints(vpc, subnets.private, privateTables);

        this.vpcId = vpc.id;
        this.vpcCidr = vpc.cidrBlock;
        this.publicSubnetIds = subnets.public.map((subnet) => subnet.id);
        this.privateSubnetIds = subnets.private.map((subnet) => subnet.id);
        this.isolatedSubnetIds = subnets.isolated.map((subnet) => subnet.id);
        this.availabilityZones = subnets.isolated.map((subnet) => subnet.availabilityZone);
        const additionalSubnets = this.createAdditionalSubnets(plan, vpc, {
            private: privateTables,
            isolated: subnets.isolated.map(() => isolatedTable),
        });
        this.additionalSubnetIds = Object.fromEntries(
            Object.entries(additionalSubnets).map(([part, added]) => [part, added.map(({ id }) => id)]),
        );
        this.s3EndpointId = endpoints.s3EndpointId;
        this.interfaceEndpoints = endpoints.interfaces;
        this.flowLogGroupArn = flowLogs?.logGroupArn;
        this.nodes = {
            ...{ vpc, defaultSecurityGroup, internetGateway, subnets, additionalSubnets, isolatedAcl: acl },
            routeTables: { public: publicTable, private: privateTables, isolated: isolatedTable },
            natGateways: [...natGateways.values()],
            ...endpoints.nodes,
            flowLog: flowLogs?.nodes.flowLog,
            flowLogGroup: flowLogs?.nodes.logGroup,
        };
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

    /** A default group opens everything to its members; without rules it isolates what is put into it by mistake. */
    private closeDefaultSecurityGroup(vpc: aws.ec2.Vpc): aws.ec2.DefaultSecurityGroup {
        return new aws.ec2.DefaultSecurityGroup(
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
        // Where zones are not configured, a subnet stays in its zone even if the region's list changes its order.
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
        // AWS creates neither in a VPC that has no internet gateway yet.
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

    private createAdditionalSubnets(
        plan: NetworkPlan,
        vpc: aws.ec2.Vpc,
        tables: Record<"private" | "isolated", aws.ec2.RouteTable[]>,
    ): Record<string, aws.ec2.Subnet[]> {
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
            return [part, new SubnetSet(this.childName(`additional-${part}`), args, this.child).nodes.subnets] as const;
        };
        return Object.fromEntries(Object.entries(plan.additionalSubnets).map(create));
    }

    /** Rules and subnets are arguments of the ACL itself, so that each change of them is an update in place. */
    private guardIsolated(plan: NetworkPlan, subnets: aws.ec2.Subnet[], vpc: aws.ec2.Vpc): aws.ec2.NetworkAcl {
        const args: aws.ec2.NetworkAclArgs = {
            vpcId: vpc.id,
            subnetIds: subnets.map((subnet) => subnet.id),
            ...isolatedAcl({ cidr: plan.cidr, isolated: plan.subnets.isolated, dataPorts: this.args.dataPorts }),
            tags: this.tags("isolated"),
        };
        return new aws.ec2.NetworkAcl(
            this.childName("isolated-acl"),
            transformed(this.args.transform?.isolatedAcl, args),
            this.child,
        );
    }

    /** Isolated subnets have no route to S3 either: data stores call no other service. */
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
}
