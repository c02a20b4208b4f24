import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type Transform, transformed } from "../transform";
import type { InterfaceEndpoints } from "./args";
import { endpointPolicy } from "./endpoint-policy";

export interface EndpointsArgs extends ComponentArgs {
    vpcId: pulumi.Input<string>;
    /** The block whose addresses may use the interface endpoints. */
    vpcCidr: pulumi.Input<string>;
    /** The route tables from which S3 is reached through its gateway. */
    routeTableIds: pulumi.Input<string>[];
    /** The subnets that interface endpoints stand in, one per zone. */
    subnetIds: pulumi.Input<string>[];
    /** The services that get an interface endpoint: `ecr.api`. */
    services: string[];
    transform?: Transform<aws.ec2.VpcEndpointArgs>;
}

/** Ways to AWS's services that don't lead over NAT: S3's gateway, which is free, and interface endpoints. */
export class Endpoints extends Component {
    /** The gateway endpoint of S3, for the conditions of buckets' policies. */
    public readonly s3EndpointId: pulumi.Output<string>;
    /** The interface endpoints; undefined without any. */
    public readonly interfaces?: InterfaceEndpoints;

    private readonly args: EndpointsArgs;

    constructor(name: string, args: EndpointsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:network:Endpoints", name, args, options);
        this.args = args;
        this.s3EndpointId = this.create("s3", { vpcEndpointType: "Gateway", routeTableIds: args.routeTableIds }).id;
        if (args.services.length > 0) this.interfaces = this.createInterfaces();
        this.registerOutputs({ s3EndpointId: this.s3EndpointId });
    }

    private createInterfaces(): InterfaceEndpoints {
        const { services, subnetIds } = this.args;
        const group = this.createSecurityGroup();
        for (const service of services) {
            this.create(service, {
                vpcEndpointType: "Interface",
                subnetIds,
                securityGroupIds: [group.id],
                privateDnsEnabled: true,
            });
        }
        return { services, securityGroupId: group.id };
    }

    private create(service: string, kind: Partial<aws.ec2.VpcEndpointArgs>): aws.ec2.VpcEndpoint {
        const args: aws.ec2.VpcEndpointArgs = {
            vpcId: this.args.vpcId,
            serviceName: pulumi.interpolate`com.amazonaws.${this.awsContext.region}.${service}`,
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
