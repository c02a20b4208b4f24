import type * as aws from "@pulumi/aws";
import type { SubnetKind } from "./spec";

/** The raw resources of a `Network`. Lists have one entry per zone, in the order of `availabilityZones`. */
export interface NetworkNodes {
    vpc: aws.ec2.Vpc;
    /** The VPC's default security group, which has no rules. */
    defaultSecurityGroup: aws.ec2.DefaultSecurityGroup;
    internetGateway: aws.ec2.InternetGateway;
    subnets: Record<SubnetKind, aws.ec2.Subnet[]>;
    /** The subnets that were added, by name. */
    additionalSubnets: Record<string, aws.ec2.Subnet[]>;
    /** Public and isolated subnets have one route table each, private ones a table per zone. */
    routeTables: { public: aws.ec2.RouteTable; private: aws.ec2.RouteTable[]; isolated: aws.ec2.RouteTable };
    /** The NAT gateways, in the order of their zones: none, one, or one per zone. */
    natGateways: aws.ec2.NatGateway[];
    /** The network ACL of the isolated subnets. */
    isolatedAcl: aws.ec2.NetworkAcl;
    /** The gateway endpoint of S3. */
    s3Endpoint: aws.ec2.VpcEndpoint;
    /** The interface endpoints, by service: `ecr.api`. */
    interfaceEndpoints: Record<string, aws.ec2.VpcEndpoint>;
    /** The security group of the interface endpoints; undefined without any. */
    endpointSecurityGroup?: aws.ec2.SecurityGroup;
    /** The flow log; undefined without one. */
    flowLog?: aws.ec2.FlowLog;
    /** The log group of the flow log; undefined without one. */
    flowLogGroup?: aws.cloudwatch.LogGroup;
}
