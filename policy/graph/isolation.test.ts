import { describe, expect, it } from "vitest";
import { adding, both, type Change, set, without } from "../testing/platform";
import { reportsOn } from "../testing/report";
import { applied, type Declared, lookedUp, type Mode, read, ref } from "../testing/stack";
import { types } from "./types";

interface Case {
    readonly what: string;
    readonly change: Change;
    /** The result of the database's rule. */
    readonly expect: { readonly violated: RegExp } | { readonly unproved: RegExp } | "proved";
    /** The modes to test, when the message depends on whether ids are known; all by default. */
    readonly modes?: readonly Mode[];
}

const subnets = (...subnetIds: unknown[]): Change => set("database-subnet-group", { subnetIds });
const chosen = (pick: (ids: unknown[]) => unknown, ...names: string[]): Change =>
    set("database-subnet-group", { subnetIds: applied(names, pick) });
const isolatedRoute = (props: Record<string, unknown>): Declared => ({
    type: types.route,
    name: "extra-route",
    props: { routeTableId: ref("network-isolated-routes"), ...props },
});
const inline = (...routes: object[]): Change => set("network-isolated-routes", { routes });
const gateway = ref("network-internet-gateway");
const vpnGateway: Declared = { type: types.vpnGateway, name: "network-vpn", props: { vpcId: ref("network-vpc") } };
const adoptedTable = (props: Record<string, unknown> = {}): Declared => ({
    type: types.defaultRouteTable,
    name: "network-main-routes",
    props: { defaultRouteTableId: ref("network-vpc", "defaultRouteTableId"), ...props },
});
const unassociated = without("network-isolated-0-association");

const cases: readonly Case[] = [
    // Subnets of the group
    { what: "ids of isolated subnets", change: (all) => [...all], expect: "proved" },
    {
        what: "a public subnet among them",
        change: subnets(ref("network-isolated-0"), ref("network-public-0")),
        expect: {
            violated:
                /: database-primary → database-subnet-group → network-public-0 → network-public-routes → route 0\.0\.0\.0\/0 → network-internet-gateway\./,
        },
    },
    {
        what: "a choice of isolated subnets",
        change: chosen((ids) => ids, "network-isolated-0", "network-isolated-1"),
        expect: "proved",
    },
    {
        what: "a choice between isolated and public subnets",
        change: chosen(([first]) => [first], "network-isolated-0", "network-public-0"),
        expect: { unproved: /subnetIds, which may name one of: network-public-0 → network-public-routes/ },
        modes: ["fresh"],
    },
    {
        what: "a choice that turned out as an isolated subnet",
        change: chosen(([first]) => [first], "network-isolated-0", "network-public-0"),
        expect: "proved",
        modes: ["updated"],
    },
    {
        what: "a choice that turned out as a public subnet",
        change: chosen(([, second]) => [second], "network-isolated-0", "network-public-0"),
        expect: { violated: /database-subnet-group → network-public-0 → network-public-routes → route/ },
        modes: ["updated"],
    },
    {
        what: "another id in the place of that of an isolated subnet",
        change: chosen(() => ["subnet-0123"], "network-isolated-0"),
        expect: { unproved: /subnets that are not resources of this stack \(1 in subnetIds\)/ },
        modes: ["updated"],
    },
    {
        what: "the id of a public subnet, which no edge leads to",
        change: subnets(ref("network-isolated-0"), lookedUp("network-public-0")),
        expect: { violated: /database-subnet-group → network-public-0 → network-public-routes → route/ },
        modes: ["updated"],
    },
    {
        what: "isolated subnets that may come from something else",
        change: chosen((ids) => ids, "network-isolated-0", "network-nat-0"),
        expect: { unproved: /subnets that may come from network-nat-0 \(subnetIds\)/ },
        modes: ["fresh"],
    },
    {
        what: "a choice for one element of the list",
        change: subnets(
            ref("network-isolated-1"),
            applied(["network-isolated-0", "network-public-0"], ([first]) => first),
        ),
        expect: { unproved: /subnetIds, which may name one of: network-public-0/ },
        modes: ["fresh"],
    },
    {
        what: "a literal among them",
        change: subnets(ref("network-isolated-0"), "subnet-0123"),
        expect: { unproved: /database-subnet-group → subnets that are not resources of this stack \(1 in subnetIds\)/ },
    },
    {
        what: "a subnet that the stack only reads",
        change: subnets(ref("network-isolated-0"), read("subnet-0123")),
        expect: { unproved: /subnets that are not resources of this stack \(1 in subnetIds\)/ },
    },
    {
        what: "a list that is not known yet, of a resource that the stack only reads",
        change: set("database-subnet-group", { subnetIds: read(["subnet-0123"]) }),
        expect: { unproved: /subnets (from outside this stack \(subnetIds\)|that are not resources of this stack)/ },
    },
    { what: "an empty list", change: subnets(), expect: { violated: /database-subnet-group → no subnets/ } },

    // Routes of the table
    {
        what: "a default route for IPv6 only",
        change: adding(isolatedRoute({ destinationIpv6CidrBlock: "::/0", gatewayId: gateway })),
        expect: { violated: /network-isolated-0 → network-isolated-routes → route ::\/0 → network-internet-gateway/ },
    },
    {
        what: "a default route through NAT",
        change: adding(isolatedRoute({ destinationCidrBlock: "0.0.0.0/0", natGatewayId: ref("network-nat-0") })),
        expect: { violated: /route 0\.0\.0\.0\/0 → a NAT gateway/ },
    },
    {
        what: "one half of a default route",
        change: adding(isolatedRoute({ destinationCidrBlock: "0.0.0.0/1", natGatewayId: ref("network-nat-0") })),
        expect: { violated: /route 0\.0\.0\.0\/1 → a NAT gateway/ },
    },
    {
        what: "an egress-only default route",
        change: adding(isolatedRoute({ destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: "eigw-0123" })),
        expect: { violated: /route ::\/0 → an egress-only internet gateway/ },
    },
    {
        what: "a narrow route to the internet gateway",
        change: adding(isolatedRoute({ destinationCidrBlock: "198.51.100.0/24", gatewayId: gateway })),
        expect: { violated: /route 198\.51\.100\.0\/24 → network-internet-gateway/ },
    },
    {
        what: "a literal internet gateway",
        change: adding(isolatedRoute({ destinationCidrBlock: "198.51.100.0/24", gatewayId: "igw-0123" })),
        expect: { violated: /route 198\.51\.100\.0\/24 → igw-0123/ },
    },
    {
        what: "a gateway that the stack only reads",
        change: adding(isolatedRoute({ destinationCidrBlock: "198.51.100.0/24", gatewayId: read("igw-0123") })),
        expect: { unproved: /route 198\.51\.100\.0\/24 → a gateway that is not known yet/ },
        modes: ["fresh"],
    },
    {
        what: "a narrow route to a virtual private gateway",
        change: adding(
            vpnGateway,
            isolatedRoute({ destinationCidrBlock: "192.168.0.0/16", gatewayId: ref("network-vpn") }),
        ),
        expect: "proved",
    },
    {
        what: "a prefix list through a gateway endpoint",
        change: adding(isolatedRoute({ destinationPrefixListId: "pl-0123", vpcEndpointId: "vpce-0123" })),
        expect: "proved",
    },
    {
        what: "a destination that is not known yet",
        change: adding(
            isolatedRoute({ destinationCidrBlock: ref("network-nat-0", "publicIp"), natGatewayId: "nat-0" }),
        ),
        expect: { unproved: /network-isolated-routes → route to an unknown destination/ },
        modes: ["fresh"],
    },
    {
        what: "a route of one table or another",
        change: set("network-public-default-route", {
            routeTableId: applied(["network-public-routes", "network-isolated-routes"], ([first]) => first),
        }),
        expect: { unproved: /network-internet-gateway, which may be another's/ },
        modes: ["fresh"],
    },
    ...[
        { mode: "fresh" as const, expect: { unproved: /network-internet-gateway, which may be another's/ } },
        {
            mode: "updated" as const,
            expect: { violated: /network-isolated-routes → route 0.* → network-internet-gat/ },
        },
    ].map(({ mode, expect }) => ({
        what: "a route of a table that the stack looks up",
        change: adding(
            isolatedRoute({
                routeTableId: lookedUp("network-isolated-routes"),
                destinationCidrBlock: "0.0.0.0/0",
                gatewayId: gateway,
            }),
        ),
        expect,
        modes: [mode],
    })),
    {
        what: "a route of a table outside the stack",
        change: adding(
            isolatedRoute({ routeTableId: "rtb-0123", destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway }),
        ),
        expect: "proved",
    },
    {
        what: "a gateway that may come from something else than a virtual private gateway",
        change: adding(
            vpnGateway,
            isolatedRoute({
                destinationCidrBlock: "192.168.0.0/16",
                gatewayId: applied(["network-vpn", "database-primary"], ([, other]) => other),
            }),
        ),
        expect: { unproved: /route 192\.168\.0\.0\/16 → a gateway that is not known yet/ },
        modes: ["fresh"],
    },
    {
        what: "an inline route to the internet gateway",
        change: inline({ cidrBlock: "0.0.0.0/0", gatewayId: gateway }),
        expect: { violated: /network-isolated-routes → route 0\.0\.0\.0\/0 → (network-internet-gateway|igw-)/ },
    },
    {
        what: "an inline route through NAT, other targets as AWS's provider writes them when they are left out",
        change: inline({ cidrBlock: "0.0.0.0/0", gatewayId: "", natGatewayId: ref("network-nat-0") }),
        expect: { violated: /route 0\.0\.0\.0\/0 → a NAT gateway/ },
    },
    {
        what: "inline routes to one gateway or the other",
        change: both(
            adding(vpnGateway),
            inline(
                { cidrBlock: "198.51.100.0/24", gatewayId: gateway },
                { cidrBlock: "192.168.0.0/16", gatewayId: ref("network-vpn") },
            ),
        ),
        expect: { unproved: /route 198\.51\.100\.0\/24 → network-internet-gateway or network-vpn/ },
        modes: ["fresh"],
    },
    {
        what: "inline routes that are not known yet",
        change: set("network-isolated-routes", { routes: ref("network-nat-0", "routes") }),
        expect: { unproved: /network-isolated-routes → routes that are not known yet/ },
        modes: ["fresh"],
    },

    // Table of the subnet
    {
        what: "no association, and a main route table that nobody manages",
        change: unassociated,
        expect: { unproved: /network-isolated-0 → network-vpc → main route table, which this stack does not manage/ },
    },
    {
        what: "no association, and a main route table without routes",
        change: both(unassociated, adding(adoptedTable())),
        expect: "proved",
    },
    {
        what: "no association, and a main route table with a default route",
        change: both(unassociated, adding(adoptedTable({ routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway }] }))),
        expect: { violated: /network-vpc → main route table → route 0\.0\.0\.0\/0 → / },
    },
    {
        what: "no association, and a default route added to the main route table",
        change: both(
            unassociated,
            adding(
                isolatedRoute({
                    routeTableId: ref("network-vpc", "mainRouteTableId"),
                    destinationCidrBlock: "0.0.0.0/0",
                    gatewayId: gateway,
                }),
            ),
        ),
        expect: { violated: /network-vpc → main route table → route 0\.0\.0\.0\/0 → network-internet-gateway/ },
    },
    ...[
        { table: "network-isolated-routes", expect: "proved" as const },
        { table: "network-public-routes", expect: { violated: /main route table → network-public-routes → route/ } },
    ].map(({ table, expect }) => ({
        what: `no association, and ${table} in the place of the main route table`,
        change: both(
            unassociated,
            adding({
                type: types.mainRouteTableAssociation,
                name: "network-main",
                props: { vpcId: ref("network-vpc"), routeTableId: ref(table) },
            }),
        ),
        expect,
    })),
    {
        what: "an association of one subnet or another",
        change: set("network-isolated-0-association", {
            subnetId: applied(["network-isolated-0", "network-isolated-1"], ([first]) => first),
        }),
        expect: { unproved: /route table association network-isolated-0-association, which may be another subnet's/ },
        modes: ["fresh"],
    },
    {
        what: "no association but one of a subnet that the stack looks up",
        change: both(
            unassociated,
            adding(adoptedTable(), {
                type: types.routeTableAssociation,
                name: "extra-association",
                props: { subnetId: lookedUp("network-isolated-0"), routeTableId: ref("network-public-routes") },
            }),
        ),
        expect: { unproved: /route table association extra-association, which may be another subnet's/ },
        modes: ["fresh"],
    },
    {
        what: "an association of a subnet that the stack looked up",
        change: set("network-isolated-0-association", {
            subnetId: lookedUp("network-isolated-0"),
            routeTableId: lookedUp("network-public-routes"),
        }),
        expect: { violated: /network-isolated-0 → network-public-routes → route/ },
        modes: ["updated"],
    },
    {
        what: "an association whose table turned out to be another",
        change: set("network-isolated-0-association", {
            routeTableId: applied(["network-isolated-routes"], () => "rtb-0123"),
        }),
        expect: { unproved: /network-isolated-0 → route tables that are not resources of this stack/ },
        modes: ["updated"],
    },
    {
        what: "an association with the default route table, to which its VPC's routes are added",
        change: both(
            adding(
                adoptedTable(),
                isolatedRoute({
                    routeTableId: ref("network-vpc", "defaultRouteTableId"),
                    destinationCidrBlock: "0.0.0.0/0",
                    gatewayId: gateway,
                }),
            ),
            set("network-isolated-0-association", { routeTableId: ref("network-main-routes") }),
        ),
        expect: {
            violated: /network-isolated-0 → network-main-routes → route 0\.0\.0\.0\/0 → network-internet-gateway/,
        },
        modes: ["fresh"],
    },
    {
        what: "a choice between an isolated and a public table",
        change: set("network-isolated-0-association", {
            routeTableId: applied(["network-isolated-routes", "network-public-routes"], ([first]) => first),
        }),
        expect: { unproved: /routeTableId, which may name one of: network-public-routes → route 0\.0\.0\.0\/0/ },
        modes: ["fresh"],
    },
    {
        what: "an association without a table",
        change: set("network-isolated-0-association", { routeTableId: undefined }),
        expect: { unproved: /network-isolated-0 → no route table/ },
    },
    {
        what: "neither an association nor a VPC",
        change: both(unassociated, set("network-isolated-0", { vpcId: undefined })),
        expect: { unproved: /network-isolated-0 → no VPC/ },
    },
    {
        what: "a literal table",
        change: set("network-isolated-0-association", { routeTableId: "rtb-0123" }),
        expect: { unproved: /network-isolated-0 → route tables that are not resources of this stack/ },
    },
];

describe.each<Mode>(["fresh", "updated"])("a database in %s subnets", (mode) => {
    it.each(cases.filter(({ modes }) => modes?.includes(mode) ?? true))("$what", ({ change, expect: outcome }) => {
        // Its proxy has subnets of its own.
        const reports = reportsOn(mode, change).filter(
            ({ rule, urn }) => rule === "database-in-isolated-subnets" && !urn?.includes("::database-proxy"),
        );
        const messages = reports.map(({ message }) => message);
        if (outcome === "proved") return expect(messages).toEqual([]);

        const [pattern, unproved] = "violated" in outcome ? [outcome.violated, false] : [outcome.unproved, true];
        // The primary, and its replica through the primary.
        expect(reports.map(({ urn }) => urn?.split("::").pop())).toEqual(["database-primary", "database-replica-1"]);
        for (const message of messages) expect(message.includes("cannot be proved: ")).toBe(unproved);
        expect(messages[0]).toMatch(pattern);
        return expect(messages[1]).toContain("database-replica-1 → database-primary → ");
    });
});
