import * as aws from "@pulumi/aws";
import type { Parent } from "../component";
import type { NetworkPlan } from "./plan";

/** A table that leads to the internet gateway. */
export function routePublic(
    parent: Parent,
    subnets: aws.ec2.Subnet[],
    vpc: aws.ec2.Vpc,
    gateway: aws.ec2.InternetGateway,
): aws.ec2.RouteTable {
    const table = createRouteTable(parent, "public", vpc);
    new aws.ec2.Route(
        parent.childName("public-default-route"),
        { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
        parent.options,
    );
    for (const [zone, subnet] of subnets.entries()) associate(parent, `public-${zone}`, subnet, table);
    return table;
}

/** A table for each zone, so that going from one NAT gateway to several only changes routes. */
export function routePrivate(
    parent: Parent,
    plan: NetworkPlan,
    subnets: aws.ec2.Subnet[],
    vpc: aws.ec2.Vpc,
    natGateways: Map<number, aws.ec2.NatGateway>,
): aws.ec2.RouteTable[] {
    return subnets.map((subnet, zone) => {
        const part = `private-${zone}`;
        const table = createRouteTable(parent, part, vpc);
        const natGateway = natGateways.get(plan.natZoneOf[zone] ?? -1);
        if (natGateway) {
            new aws.ec2.Route(
                parent.childName(`${part}-default-route`),
                { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: natGateway.id },
                parent.options,
            );
        }
        associate(parent, part, subnet, table);
        return table;
    });
}

/** A table without a default route. */
export function routeIsolated(parent: Parent, subnets: aws.ec2.Subnet[], vpc: aws.ec2.Vpc): aws.ec2.RouteTable {
    const table = createRouteTable(parent, "isolated", vpc);
    for (const [zone, subnet] of subnets.entries()) associate(parent, `isolated-${zone}`, subnet, table);
    return table;
}

function createRouteTable(parent: Parent, part: string, vpc: aws.ec2.Vpc): aws.ec2.RouteTable {
    const args = { vpcId: vpc.id, tags: parent.tags(part) };
    return new aws.ec2.RouteTable(parent.childName(`${part}-routes`), args, parent.options);
}

function associate(parent: Parent, part: string, subnet: aws.ec2.Subnet, table: aws.ec2.RouteTable): void {
    new aws.ec2.RouteTableAssociation(
        parent.childName(`${part}-association`),
        { subnetId: subnet.id, routeTableId: table.id },
        parent.options,
    );
}
