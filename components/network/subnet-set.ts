import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { type Transform, transformed } from "../transform";

export interface SubnetSetArgs extends ComponentArgs {
    /** Its part of names. */
    part: string;
    vpcId: pulumi.Input<string>;
    /** The block of each zone's subnet. */
    cidrs: string[];
    /** The zone of each subnet. */
    availabilityZones: pulumi.Input<string>[];
    /** The route table of each zone's subnet. */
    routeTableIds: pulumi.Input<string>[];
    transform?: Transform<aws.ec2.SubnetArgs>;
}

/** Subnets of one purpose, one to a zone, on route tables that stand already. */
export class SubnetSet extends Component {
    /** One per zone. */
    public readonly subnetIds: pulumi.Output<string>[];

    constructor(name: string, args: SubnetSetArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:network:SubnetSet", name, args, options);
        this.subnetIds = args.cidrs.map((cidrBlock, zone) => {
            const subnetArgs: aws.ec2.SubnetArgs = {
                vpcId: args.vpcId,
                cidrBlock,
                availabilityZone: args.availabilityZones[zone],
                mapPublicIpOnLaunch: false,
                tags: this.tags(`${args.part}-${zone}`),
            };
            const subnet = new aws.ec2.Subnet(
                this.childName(`${zone}`),
                transformed(args.transform, subnetArgs),
                this.child,
            );
            new aws.ec2.RouteTableAssociation(
                this.childName(`${zone}-association`),
                { subnetId: subnet.id, routeTableId: args.routeTableIds[zone] ?? "" },
                this.child,
            );
            return subnet.id;
        });
        this.registerOutputs({ subnetIds: this.subnetIds });
    }
}
