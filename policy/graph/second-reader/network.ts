import fc from "fast-check";

/* Random networks, as abstract as a specification is: what the pack and the second reader are both asked about. */

/** Where a route leads. */
export type Target = "internet" | "nat" | "virtualPrivateGateway" | "peering" | "egressOnly" | "transit";

/** A CIDR block, or the number of a prefix list. */
export type Destination = string | number;

export interface Route {
    /** The number of a table, or `main` for the one that the VPC came with. */
    readonly table: number | "main";
    readonly destination: Destination;
    readonly target: Target;
    /** Declared in the table's own list of routes. */
    readonly isInline: boolean;
}

/** One VPC with its tables, routes and subnets. */
export interface Network {
    readonly isKnown: boolean;
    /** Whether the stack adopts the route table that the VPC came with. */
    readonly adoptsMain: boolean;
    /** The table that the stack makes the main one instead. */
    readonly main: number | undefined;
    readonly tables: number;
    /** The CIDR blocks of each prefix list; the last is an entry of its own. */
    readonly lists: readonly (readonly string[])[];
    readonly routes: readonly Route[];
    /** The table of each subnet; without one it uses the main table. */
    readonly subnets: readonly (number | undefined)[];
}

/** Destinations: the internet in whole and in parts, narrow public ranges, and private ones. */
export const blocks = [
    ...["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "52.0.0.0/8", "52.0.0.0/9", "198.51.100.0/24", "10.0.0.0/8"],
    ...["10.1.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "8.0.0.0/7", "::/0", "2000::/3"],
    ...["2001:db8::/32", "fc00::/7", "fd00::/8"],
];

const targets: readonly Target[] = ["internet", "nat", "virtualPrivateGateway", "peering", "egressOnly", "transit"];

export const networks: fc.Arbitrary<Network> = fc
    .record({
        isKnown: fc.boolean(),
        tables: fc.integer({ min: 1, max: 3 }),
        lists: fc.array(fc.subarray(blocks, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
    })
    .chain(({ isKnown, tables, lists }) => {
        const table = fc.integer({ min: 0, max: tables - 1 });
        const destination: fc.Arbitrary<Destination> =
            lists.length === 0
                ? fc.constantFrom(...blocks)
                : fc.oneof(
                      { weight: 4, arbitrary: fc.constantFrom(...blocks) },
                      { weight: 1, arbitrary: fc.integer({ min: 0, max: lists.length - 1 }) },
                  );
        const route = fc.record({
            table: fc.oneof({ weight: 4, arbitrary: table }, { weight: 1, arbitrary: fc.constant("main" as const) }),
            destination,
            target: fc.constantFrom(...targets),
            // At the first preview the engine shows no more than that some inline route leads to a gateway.
            isInline: isKnown ? fc.boolean() : fc.constant(false),
        });
        return fc.record({
            ...{ isKnown: fc.constant(isKnown), tables: fc.constant(tables), lists: fc.constant(lists) },
            adoptsMain: fc.boolean(),
            main: fc.option(table, { nil: undefined }),
            routes: fc.array(route, { maxLength: 5 }),
            subnets: fc.array(fc.option(table, { nil: undefined, freq: 3 }), { minLength: 1, maxLength: 4 }),
        });
    });
