import { isIPv6 } from "node:net";
import { init } from "z3-solver";
import { blocks, type Network, type Route } from "./network";

/*
 * The second reader: what AWS's documentation says of routes, as rules of Datalog and as a question on addresses, both answered by
 * Z3. It shares no code with the pack.
 * https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */

/** What is true of a subnet. */
export interface Reading {
    /** The stack declares its route table. */
    readonly isManaged: boolean;
    /** The routes of its table to an internet gateway. */
    readonly toInternet: readonly Route[];
    /** The routes of its table for the internet, wherever they lead. */
    readonly defaults: readonly Route[];
}

const rules = `
(declare-rel subnet_of ((_ BitVec 20) (_ BitVec 20)))
(declare-rel came_with ((_ BitVec 20) (_ BitVec 20)))
(declare-rel made_main ((_ BitVec 20) (_ BitVec 20)))
(declare-rel associated ((_ BitVec 20) (_ BitVec 20)))
(declare-rel in_table ((_ BitVec 20) (_ BitVec 20)))
(declare-rel to_internet_gateway ((_ BitVec 20)))
(declare-rel for_internet ((_ BitVec 20)))
(declare-rel declared ((_ BitVec 20)))
(declare-rel has_own ((_ BitVec 20)))
(declare-rel has_new_main ((_ BitVec 20)))
(declare-rel effective ((_ BitVec 20) (_ BitVec 20)))
(declare-rel public_by ((_ BitVec 20) (_ BitVec 20)))
(declare-rel open_by ((_ BitVec 20) (_ BitVec 20)))
(declare-rel managed ((_ BitVec 20)))
(declare-var subnet (_ BitVec 20)) (declare-var table (_ BitVec 20)) (declare-var vpc (_ BitVec 20)) (declare-var route (_ BitVec 20))
(rule (=> (associated subnet table) (has_own subnet)))
(rule (=> (made_main vpc table) (has_new_main vpc)))
(rule (=> (associated subnet table) (effective subnet table)))
(rule (=> (and (subnet_of subnet vpc) (made_main vpc table) (not (has_own subnet))) (effective subnet table)))
(rule (=> (and (subnet_of subnet vpc) (came_with vpc table) (not (has_own subnet)) (not (has_new_main vpc))) (effective subnet table)))
(rule (=> (and (effective subnet table) (in_table table route) (to_internet_gateway route)) (public_by subnet route)))
(rule (=> (and (effective subnet table) (in_table table route) (for_internet route)) (open_by subnet route)))
(rule (=> (and (effective subnet table) (declared table)) (managed subnet)))
`;

const word = (number: number) => `#x${number.toString(16).padStart(5, "0")}`;

/** The numbers of what a network has: unique among all networks. */
class Numbers {
    private next = 1;
    readonly routes = new Map<number, Route>();
    readonly subnets: number[][] = [];

    take(): number {
        return this.next++;
    }
}

/** Reads all networks at once: each becomes facts of one program. */
export async function readAll(networks: readonly Network[]): Promise<Reading[][]> {
    const { Context, em } = await init();
    try {
        const z3 = Context("main");
        const forInternet = new Set<string>();
        for (const block of blocks) {
            const solver = new z3.Solver();
            solver.fromString(widePublicAddress(block));
            if ((await solver.check()) === "sat") forInternet.add(block);
        }
        const numbers = new Numbers();
        const facts = networks.flatMap((network) => factsOf(network, numbers, forInternet));
        const answers = async (relation: string) => {
            const program = new z3.Fixedpoint();
            program.set("engine", "datalog");
            const [query] = program.fromString(
                `${rules}${facts.map((fact) => `(rule (${fact}))`).join("\n")}(query ${relation})`,
            );
            if (!query || (await program.query(query)) !== "sat") return [];
            return tuplesIn(String(program.getAnswer()));
        };
        const managed = new Set((await answers("managed")).map(([subnet]) => subnet));
        const routesBy = async (relation: string) => {
            const bySubnet = new Map<number, Route[]>();
            for (const [route = 0, subnet = 0] of await answers(relation)) {
                const found = numbers.routes.get(route);
                if (found) bySubnet.set(subnet, [...(bySubnet.get(subnet) ?? []), found]);
            }
            return bySubnet;
        };
        const [toInternet, defaults] = [await routesBy("public_by"), await routesBy("open_by")];
        return numbers.subnets.map((subnets) =>
            subnets.map((subnet) => ({
                isManaged: managed.has(subnet),
                toInternet: toInternet.get(subnet) ?? [],
                defaults: defaults.get(subnet) ?? [],
            })),
        );
    } finally {
        em.PThread.terminateAllThreads();
    }
}

function factsOf(network: Network, numbers: Numbers, forInternet: ReadonlySet<string>): string[] {
    const [vpc, main] = [numbers.take(), numbers.take()];
    const tables = Array.from({ length: network.tables }, () => numbers.take());
    const tableOf = (table: Route["table"]) => (table === "main" ? main : (tables[table] ?? 0));
    const subnets = network.subnets.map(() => numbers.take());
    numbers.subnets.push(subnets);
    const fact = (relation: string, ...of: number[]) => `${relation} ${of.map(word).join(" ")}`;
    return [
        fact("came_with", vpc, main),
        ...(network.main === undefined ? [] : [fact("made_main", vpc, tableOf(network.main))]),
        ...[...tables, ...(network.adoptsMain ? [main] : [])].map((table) => fact("declared", table)),
        ...network.subnets.flatMap((table, index) => [
            fact("subnet_of", subnets[index] ?? 0, vpc),
            ...(table === undefined ? [] : [fact("associated", subnets[index] ?? 0, tableOf(table))]),
        ]),
        ...network.routes.flatMap((route) => {
            const number = numbers.take();
            numbers.routes.set(number, route);
            const ranges =
                typeof route.destination === "number" ? (network.lists[route.destination] ?? []) : [route.destination];
            return [
                fact("in_table", tableOf(route.table), number),
                ...(route.target === "internet" ? [fact("to_internet_gateway", number)] : []),
                ...(ranges.some((range) => forInternet.has(range)) ? [fact("for_internet", number)] : []),
            ];
        }),
    ];
}

/** The numbers in an answer, whose variables count from the last argument on. */
function tuplesIn(answer: string): number[][] {
    const numbers = [...answer.matchAll(/\(:var (\d)\) #x([0-9a-f]+)/g)].map(([, variable, value]) => ({
        variable: Number(variable),
        value: Number.parseInt(value ?? "", 16),
    }));
    const arity = Math.max(...numbers.map(({ variable }) => variable)) + 1;
    return Array.from({ length: numbers.length / arity }, (_, index) =>
        numbers
            .slice(index * arity, (index + 1) * arity)
            .sort((one, other) => one.variable - other.variable)
            .map(({ value }) => value),
    );
}

/** Ranges that the internet does not route, by the RFCs 1918, 6598, 3927, 1122, 4193 and 4291. */
const local = {
    4: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"],
    6: ["fc00::/7", "fe80::/10"],
};

/** Whether a block as wide as a 256th of IPv4, or a 65,536th of IPv6, has an address outside the local ranges. */
function widePublicAddress(block: string): string {
    const version = isIPv6(block.split("/")[0] ?? "") ? 6 : 4;
    const bits = version === 6 ? 128 : 32;
    const isWide = Number(block.split("/")[1]) <= (version === 6 ? 16 : 8);
    const within = (range: string) => {
        const [address = "", length = ""] = range.split("/");
        const kept = Number(length);
        if (kept === 0) return "true";
        const start = (numberOf(address) >> BigInt(bits - kept)).toString(2).padStart(kept, "0");
        return `(= ((_ extract ${bits - 1} ${bits - kept}) address) #b${start})`;
    };
    return [
        `(declare-const address (_ BitVec ${bits}))`,
        `(assert (and ${isWide} ${within(block)} ${local[version].map((range) => `(not ${within(range)})`).join(" ")}))`,
    ].join("\n");
}

/** An address as a number. */
function numberOf(address: string): bigint {
    if (!isIPv6(address)) return address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    const [head = [], tail = []] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
    const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
    return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}
