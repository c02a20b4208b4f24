import { all, satisfied, through, unknown, type Verdict, violated } from "../verdict";
import type { View } from "./graph";
import { coversInternet } from "./internet";
import { type PrefixList, prefixListOf } from "./prefix-list";
import { elements, field, type Reading, text } from "./reading";
import { judgeReferences } from "./references";
import { types } from "./types";

/**
 * Whether a subnet is isolated: no route to an internet gateway, and no default route at all, not even through NAT.
 * Reasons are the rest of the path from the subnet: `network-public → route 0.0.0.0/0 → network-internet-gateway`.
 *
 * It does not see routes that are created outside the stack.
 */
export function judgeIsolation(subnet: View): Verdict {
    return judgeSubnet(subnet, noDefaultRoute);
}

/**
 * Whether a subnet is private: no route to an internet gateway. A default route may lead elsewhere, as through NAT. Reasons
 * and limits are those of isolation.
 */
export function judgePrivacy(subnet: View): Verdict {
    return judgeSubnet(subnet, anyOther);
}

/** What is required of a route without an internet gateway: of its known destinations, which may not be all, given a word for its target. */
type Requirement = (destinations: readonly string[], areAll: boolean, route: string, target: () => string) => Verdict;

const noDefaultRoute: Requirement = (destinations, areAll, route, target) => {
    if (destinations.some(coversInternet)) return violated(`${route} → ${target()}`);
    return destinations.length === 0 || !areAll ? unknown(route) : satisfied;
};

const anyOther: Requirement = () => satisfied;

function judgeSubnet(subnet: View, requirement: Requirement): Verdict {
    const associations = subnet.referrers([types.routeTableAssociation], "subnetId");
    const certain = associations.filter((one) => one.naming("subnetId", subnet) === "certain");
    if (certain.length > 0) return all(certain.map((one) => judgeAssociation(one, requirement)));
    const unseen = subnet
        .allOfTypes([types.routeTableAssociation])
        .filter((one) => one.namesUnseen("subnetId", [types.subnet]));
    const [possible] = [...associations, ...unseen];
    return possible
        ? unknown(`route table association ${possible.name}, which may be another subnet's`)
        : judgeMainTable(subnet, requirement);
}

function judgeAssociation(association: View, requirement: Requirement): Verdict {
    return judgeReferences(
        association,
        {
            key: "routeTableId",
            types: tableTypes,
            what: "route tables",
            whenAbsent: unknown("no route table"),
        },
        (table) => judgeTable(table, requirement),
    );
}

/** A subnet without an association of its own uses its VPC's main route table. */
function judgeMainTable(subnet: View, requirement: Requirement): Verdict {
    return judgeReferences(
        subnet,
        { key: "vpcId", types: [types.vpc], what: "VPCs", whenAbsent: unknown("no VPC") },
        (vpc) => {
            // An associated table replaces the VPC's own main table, whose routes then have no effect.
            const replaced = vpc
                .referrers([types.mainRouteTableAssociation], "vpcId")
                .map((one) => judgeAssociation(one, requirement));
            if (replaced.length > 0) return through("main route table", all(replaced));
            const adopted = vpc.referrers([types.defaultRouteTable], "defaultRouteTableId");
            const verdict = all([
                ...adopted.map((table) => judgeTable(table, requirement)),
                judgeRoutesOf(vpc, requirement),
            ]);
            if (verdict.is === "satisfied" && adopted.length === 0) {
                return unknown("main route table, which this stack does not manage");
            }
            return through("main route table", verdict);
        },
    );
}

function judgeTable(table: View, requirement: Requirement): Verdict {
    const inline = table.read("routes");
    const inlineRoutes = elements(inline);
    const verdicts = (inlineRoutes ?? []).map((route) => judgeInlineRoute(table, route, requirement));
    if (inline.is === "unknown") verdicts.push(unknown("routes that are not known yet"));

    verdicts.push(judgeRoutesOf(table, requirement));
    // Its VPC names the default route table too.
    const named = table.follow("defaultRouteTableId", [types.vpc]);
    verdicts.push(...named.map((vpc) => judgeRoutesOf(vpc, requirement)));
    // A route whose table the stack only looks up can be in any table.
    const unseen = table
        .allOfTypes([types.route])
        .filter((one) => one.namesUnseen("routeTableId", [...tableTypes, types.vpc]));
    return all([...verdicts, ...unseen.map((one) => judgePossibleRoute(one, requirement))]);
}

const tableTypes = [types.routeTable, types.defaultRouteTable];

/** The routes that are added to a route table, or to a VPC's main or default one. */
function judgeRoutesOf(table: View, requirement: Requirement): Verdict {
    return all(
        table
            .referrers([types.route], "routeTableId")
            .map((route) =>
                route.naming("routeTableId", table) === "certain"
                    ? judgeRoute(route, requirement)
                    : judgePossibleRoute(route, requirement),
            ),
    );
}

function judgePossibleRoute(route: View, requirement: Requirement): Verdict {
    const verdict = judgeRoute(route, requirement);
    return verdict.is === "violated" ? unknown(`${verdict.reason}, which may be another's`) : verdict;
}

function judgeRoute(route: View, requirement: Requirement): Verdict {
    const read = (key: string) => route.read(key);
    return judgeRouteTarget(
        ["destinationCidrBlock", "destinationIpv6CidrBlock"].map(read),
        prefixListOf(read("destinationPrefixListId"), route, "destinationPrefixListId"),
        judgeGateway(read("gatewayId"), route, "gatewayId"),
        read,
        requirement,
    );
}

function judgeInlineRoute(table: View, route: Reading, requirement: Requirement): Verdict {
    const read = (key: string) => field(route, key);
    // The engine reports edges per whole input, so those of all inline routes are mixed in `routes`.
    return judgeRouteTarget(
        ["cidrBlock", "ipv6CidrBlock"].map(read),
        prefixListOf(read("destinationPrefixListId"), table, "routes"),
        judgeGateway(read("gatewayId"), table, "routes"),
        read,
        requirement,
    );
}

function judgeRouteTarget(
    destinations: readonly Reading[],
    list: PrefixList | undefined,
    gateway: Verdict,
    read: (key: string) => Reading,
    requirement: Requirement,
): Verdict {
    const known = destinations.flatMap((one) => text(one) ?? []);
    const route = `route ${[...known, ...(list ? [list.name] : [])].join(" and ") || "to an unknown destination"}`;
    if (gateway.is !== "satisfied") return through(route, gateway);
    // AWS's own lists are of services, and the route of a gateway endpoint leads to one.
    const isService = read("vpcEndpointId").is !== "absent" || text(read("gatewayId"))?.startsWith("vpce-") === true;
    const ranges = list?.ranges ?? (list && isService ? [list.name] : undefined);
    const all = list ? ranges && [...known, ...ranges] : known;
    return requirement(all ?? known, all !== undefined, route, () => targetOf(read));
}

/** Whether a route's gateway is provably not an internet gateway. Other targets have their own properties. */
function judgeGateway(gateway: Reading, view: View, key: string): Verdict {
    if (gateway.is === "absent") return satisfied;
    const identifier = text(gateway);
    if (identifier !== undefined) {
        if (!identifier.startsWith("igw-")) return satisfied;
        return violated(view.named(gateway, [types.internetGateway], key)[0]?.name ?? identifier);
    }
    const [first] = view.follow(key, [types.internetGateway]);
    const [other] = view.follow(key, [types.vpnGateway]);
    if (first) return other ? unknown(`${first.name} or ${other.name}`) : violated(first.name);
    // The edges of one inline route are mixed with those of the others, which lead to what routes name.
    const isOther = other !== undefined && view.follow(key).every(({ type }) => otherTargets.includes(type));
    return isOther ? satisfied : unknown("a gateway that is not known yet");
}

/** What routes name besides internet gateways. */
const otherTargets: readonly string[] = [
    ...[types.vpnGateway, types.vpc, types.subnet, types.vpcEndpoint],
    "aws:ec2/natGateway:NatGateway",
];

/** A word for the target of a default route other than an internet gateway. */
function targetOf(read: (key: string) => Reading): string {
    const targets: Record<string, string> = {
        natGatewayId: "a NAT gateway",
        egressOnlyGatewayId: "an egress-only internet gateway",
        carrierGatewayId: "a carrier gateway",
        transitGatewayId: "a transit gateway",
        networkInterfaceId: "a network interface",
        vpcPeeringConnectionId: "a peered VPC",
        gatewayId: "a virtual private gateway",
    };
    const found = Object.keys(targets).find((key) => read(key).is !== "absent");
    return (found && targets[found]) ?? "its target";
}
