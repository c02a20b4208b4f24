import { unknownValue } from "../../testing/sdk";
import { Computed, type Declared, materialise, Timed, urnOf } from "../../testing/stack";
import type { View } from "../graph";
import { Graph } from "../graph";
import { types } from "../types";
import type { Destination, Network, Route, Target } from "./network";

const later = (id: string) => new Timed(unknownValue, id);

/** An output of a resource: unknown at first, with an edge to it. */
const named = (name: string, id: string) => new Computed([name], (mode) => (mode === "fresh" ? unknownValue : id));

/** The input of a route for each target. */
const inputs: Readonly<Record<Target, string>> = {
    internet: "gatewayId",
    nat: "natGatewayId",
    virtualPrivateGateway: "gatewayId",
    peering: "vpcPeeringConnectionId",
    egressOnly: "egressOnlyGatewayId",
    transit: "transitGatewayId",
};

const others: Partial<Record<Target, string>> = {
    nat: "nat-1",
    peering: "pcx-1",
    egressOnly: "eigw-1",
    transit: "tgw-1",
};

function targetOf({ target }: Route): Record<string, unknown> {
    if (target === "internet") return { gatewayId: named("internet-gateway", "igw-1") };
    if (target === "virtualPrivateGateway") return { gatewayId: named("vpn-gateway", "vgw-1") };
    return { [inputs[target]]: others[target] };
}

function destinationOf(destination: Destination, isInline: boolean): Record<string, unknown> {
    if (typeof destination === "number")
        return { destinationPrefixListId: named(`list-${destination}`, `pl-list-${destination}`) };
    const isIpv6 = destination.includes(":");
    if (isInline) return { [isIpv6 ? "ipv6CidrBlock" : "cidrBlock"]: destination };
    return { [isIpv6 ? "destinationIpv6CidrBlock" : "destinationCidrBlock"]: destination };
}

/** The network as a program declares it. */
export function declared(network: Network): Declared[] {
    const inline = (table: Route["table"]) => {
        const routes = network.routes.filter((route) => route.isInline && route.table === table);
        return routes.length > 0
            ? { routes: routes.map((route) => ({ ...destinationOf(route.destination, true), ...targetOf(route) })) }
            : {};
    };
    const tableId = (table: Route["table"]) =>
        table === "main" ? named("vpc", "rtb-main") : named(`table-${table}`, `rtb-${table}`);
    // Without a table of the stack's for them, the routes of the VPC's own table are resources.
    const isApart = (route: Route) => !route.isInline || (route.table === "main" && !network.adoptsMain);
    return [
        {
            type: types.vpc,
            name: "vpc",
            props: { id: later("vpc-1"), mainRouteTableId: later("rtb-main"), defaultRouteTableId: later("rtb-main") },
        },
        {
            type: types.internetGateway,
            name: "internet-gateway",
            props: { id: later("igw-1"), vpcId: named("vpc", "vpc-1") },
        },
        { type: types.vpnGateway, name: "vpn-gateway", props: { id: later("vgw-1"), vpcId: named("vpc", "vpc-1") } },
        ...Array.from({ length: network.tables }, (_, index) => ({
            type: types.routeTable,
            name: `table-${index}`,
            props: { id: later(`rtb-${index}`), vpcId: named("vpc", "vpc-1"), ...inline(index) },
        })),
        ...(network.adoptsMain
            ? [
                  {
                      type: types.defaultRouteTable,
                      name: "adopted",
                      props: {
                          id: later("rtb-main"),
                          defaultRouteTableId: named("vpc", "rtb-main"),
                          ...inline("main"),
                      },
                  },
              ]
            : []),
        ...(network.main === undefined
            ? []
            : [
                  {
                      type: types.mainRouteTableAssociation,
                      name: "main",
                      props: {
                          vpcId: named("vpc", "vpc-1"),
                          routeTableId: named(`table-${network.main}`, `rtb-${network.main}`),
                      },
                  },
              ]),
        ...network.lists.flatMap((ranges, index) => listed(`list-${index}`, ranges)),
        ...network.routes.filter(isApart).map((route, index) => ({
            type: types.route,
            name: `route-${index}`,
            props: {
                routeTableId: tableId(route.table),
                ...destinationOf(route.destination, false),
                ...targetOf(route),
            },
        })),
        ...network.subnets.flatMap((table, index) => [
            {
                type: types.subnet,
                name: `subnet-${index}`,
                props: { id: later(`subnet-${index}`), vpcId: named("vpc", "vpc-1") },
            },
            ...(table === undefined
                ? []
                : [
                      {
                          type: types.routeTableAssociation,
                          name: `association-${index}`,
                          props: {
                              subnetId: named(`subnet-${index}`, `subnet-${index}`),
                              routeTableId: named(`table-${table}`, `rtb-${table}`),
                          },
                      },
                  ]),
        ]),
    ];
}

function listed(name: string, ranges: readonly string[]): Declared[] {
    const inline = ranges.slice(0, -1).map((cidr) => ({ cidr }));
    return [
        {
            type: types.prefixList,
            name,
            props: { id: later(`pl-${name}`), ...(inline.length > 0 && { entries: inline }) },
        },
        ...ranges.slice(-1).map((cidr) => ({
            type: types.prefixListEntry,
            name: `${name}-entry`,
            props: { prefixListId: named(name, `pl-${name}`), cidr },
        })),
    ];
}

/** Its subnets, as a rule sees them. */
export function subnetsOf(network: Network): View[] {
    const resources = declared(network);
    const graph = new Graph(materialise(resources, network.isKnown ? "updated" : "fresh"));
    return network.subnets.map(
        (_, index) => graph.find(urnOf({ type: types.subnet, name: `subnet-${index}` })) as View,
    );
}
