import { endpointServiceName, gatewayServiceName } from "@plinth/facts";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type Transform, transformed } from "../transform";
import type { InterfaceEndpoints } from "./args";
import { endpointPolicy } from "./endpoint-policy";
import type { NetworkNodes } from "./nodes";

type EndpointsNodes = Pick<NetworkNodes, "s3Endpoint" | "interfaceEndpoints" | "endpointSecurityGroup">;

export interface EndpointsArgs extends ComponentArgs {
    vpcId: pulumi.Input<string>;
    /** The CIDR block whose addresses may use the interface endpoints. */
    vpcCidr: pulumi.Input<string>;
    /** The route tables from which S3 is reached through its gateway. */
    routeTableIds: pulumi.Input<string>[];
    /** The subnets of the interface endpoints, one per zone. */
    subnetIds: pulumi.Input<string>[];
    /** The services that get an interface endpoint: `ecr.api`. */
    services: string[];
    transform?: Transform<aws.ec2.VpcEndpointArgs>;
}

/** VPC endpoints, which reach AWS's services without NAT: S3's gateway endpoint, which is free, and interface endpoints. */
export class Endpoints extends Component {
    /** The gateway endpoint of S3, for the conditions of buckets' policies. */
    public readonly s3EndpointId: pulumi.Output<string>;
    /** The interface endpoints; undefined without any. */
    public readonly interfaces?: InterfaceEndpoints;
    /** The raw resources. */
    public readonly nodes: EndpointsNodes;

    private readonly args: EndpointsArgs;

    constructor(name: string, args: EndpointsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:network:Endpoints", name, args, options);
        this.args = args;
        const gateway = { vpcEndpointType: "Gateway", routeTableIds: args.routeTableIds };
        const s3Endpoint = this.create("s3", gateway, (region) => gatewayServiceName("s3", region));
        this.s3EndpointId = s3Endpoint.id;
        const endpointSecurityGroup = args.services.length > 0 ? this.createSecurityGroup() : undefined;
        const interfaceEndpoints = endpointSecurityGroup ? this.createInterfaces(endpointSecurityGroup) : {};
        this.interfaces = endpointSecurityGroup && {
            services: args.services,
            securityGroupId: endpointSecurityGroup.id,
        };
        this.nodes = { s3Endpoint, interfaceEndpoints, endpointSecurityGroup };
        this.registerOutputs({ s3EndpointId: this.s3EndpointId });
    }

    private createInterfaces(group: aws.ec2.SecurityGroup): Record<string, aws.ec2.VpcEndpoint> {
        const { services, subnetIds } = this.args;
        const kind = {
            vpcEndpointType: "Interface",
            subnetIds,
            securityGroupIds: [group.id],
            privateDnsEnabled: true,
        };
        const named = (service: string) => (region: string) => endpointServiceName(service, region);
        return Object.fromEntries(services.map((service) => [service, this.create(service, kind, named(service))]));
    }

    private create(
        service: string,
        kind: Partial<aws.ec2.VpcEndpointArgs>,
        nameIn: (region: string) => string,
    ): aws.ec2.VpcEndpoint {
        const args: aws.ec2.VpcEndpointArgs = {
            vpcId: this.args.vpcId,
            serviceName: this.awsContext.region.apply(nameIn),
            policy: endpointPolicy(service, this.awsContext),
            ...kind,
            tags: this.tags(service),
        };
        return new aws.ec2.VpcEndpoint(this.childName(service), transformed(this.args.transform, args), this.child);
    }

    private createSecurityGroup(): aws.ec2.SecurityGroup {
        const group = new aws.ec2.SecurityGroup(
            this.childName("security-group"),
            {
                name: this.physicalName(nameLimits.securityGroup, "endpoints"),
                description: "Admits the VPC to the interface endpoints",
                vpcId: this.args.vpcId,
                tags: this.tags("endpoints"),
            },
            this.child,
        );
        new aws.vpc.SecurityGroupIngressRule(
            this.childName("from-vpc"),
            {
                securityGroupId: group.id,
                cidrIpv4: this.args.vpcCidr,
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
                description: "HTTPS from the VPC",
                tags: this.tags("endpoints"),
            },
            this.child,
        );
        return group;
    }
}
