import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs } from "../component";
import type { Transform } from "../transform";
import type { NetworkSpec } from "./spec";

export interface NetworkArgs extends NetworkSpec, ComponentArgs {
    /**
     * The TCP ports of the data stores. The isolated subnets' network ACL admits no other from the rest of the VPC.
     * @remarks Updated in place.
     */
    dataPorts: number[];
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        vpc?: Transform<aws.ec2.VpcArgs>;
        /** Applied to every subnet. */
        subnet?: Transform<aws.ec2.SubnetArgs>;
        /** Applied to every NAT gateway. */
        natGateway?: Transform<aws.ec2.NatGatewayArgs>;
        /** Applied to the flow log. */
        flowLog?: Transform<aws.ec2.FlowLogArgs>;
        /** Applied to every VPC endpoint. */
        endpoint?: Transform<aws.ec2.VpcEndpointArgs>;
        /** Applied to the network ACL of the isolated subnets. */
        isolatedAcl?: Transform<aws.ec2.NetworkAclArgs>;
    };
}

/** What the platform needs to know of its network. */
export interface PlatformNetwork extends DataNetwork {
    readonly vpcId: pulumi.Output<string>;
    readonly vpcCidr: pulumi.Output<string>;
    /** One per zone, in the order of `availabilityZones`. */
    readonly publicSubnetIds: pulumi.Output<string>[];
    /** One per zone, in the order of `availabilityZones`. */
    readonly privateSubnetIds: pulumi.Output<string>[];
    /** One per zone, in the order of `availabilityZones`. */
    readonly isolatedSubnetIds: pulumi.Output<string>[];
    /** Subnets that were added, by name, each one per zone. */
    readonly additionalSubnetIds: Record<string, pulumi.Output<string>[]>;
    /** The names of the zones in use. */
    readonly availabilityZones: pulumi.Output<string>[];
    /** What must exist before anything starts in a private subnet, and is deleted after it: routes, NAT gateways, endpoints. */
    readonly resources: pulumi.Resource[];
    /** The gateway endpoint of S3, for the conditions of buckets' policies. */
    readonly s3EndpointId?: pulumi.Output<string>;
    /** The log group of the flow logs; undefined without any. */
    readonly flowLogGroupArn?: pulumi.Output<string>;
}

/** What a data store needs to know of its network. */
export interface DataNetwork {
    vpcId: pulumi.Input<string>;
    /** Subnets without a route out of the VPC, one per zone. */
    isolatedSubnetIds: pulumi.Input<string>[];
    /** The zones of those subnets, in the same order. */
    availabilityZones: pulumi.Input<string>[];
    /** Subnets for functions, from which AWS's services can be reached. */
    privateSubnetIds?: pulumi.Input<string>[];
    /** The interface endpoints for those services; undefined without any, and where they are not known. */
    interfaceEndpoints?: InterfaceEndpoints;
}

/** Where private subnets reach AWS's services without leaving the VPC. */
export interface InterfaceEndpoints {
    /** The services, as AWS names them after the region: `secretsmanager`. */
    services: readonly string[];
    /** The security group in front of them. */
    securityGroupId: pulumi.Input<string>;
}
