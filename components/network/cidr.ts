/** A block of IPv4 addresses. */
export interface Cidr {
    /** The first address as a number. */
    first: number;
    /** How many leading bits are fixed: 16 for a /16. */
    prefix: number;
}

/** Reads `10.0.0.0/16`; undefined where it isn't a block in that form. */
export function parseCidr(text: string): Cidr | undefined {
    const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
    if (!match) return undefined;
    const numbers = match.slice(1).map(Number);
    const [prefix = 33, ...octets] = [numbers.at(-1), ...numbers.slice(0, 4)];
    if (prefix > 32 || octets.some((octet) => octet > 255)) return undefined;
    const block = { first: octets.reduce((sum, octet) => sum * 256 + octet, 0), prefix };
    // A leading zero reads as octal elsewhere, so only one spelling of a block is taken.
    return formatCidr(block) === text ? block : undefined;
}

export function formatCidr({ first, prefix }: Cidr): string {
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
    return `${octets.join(".")}/${prefix}`;
}

/** How many addresses the block has. */
export function sizeOf(block: Cidr): number {
    return 2 ** (32 - block.prefix);
}

/** The block of that prefix in which `block` begins: 10.0.0.0/24 for 10.0.0.7/24. */
export function aligned(block: Cidr): Cidr {
    return { first: block.first - (block.first % sizeOf(block)), prefix: block.prefix };
}

export function contains(outer: Cidr, inner: Cidr): boolean {
    return inner.first >= outer.first && inner.first + sizeOf(inner) <= outer.first + sizeOf(outer);
}

export function overlap(one: Cidr, other: Cidr): boolean {
    return one.first < other.first + sizeOf(other) && other.first < one.first + sizeOf(one);
}

/** The `index`-th of the blocks of that prefix that `block` divides into. */
export function part(block: Cidr, prefix: number, index: number): Cidr {
    const size = 2 ** (32 - prefix);
    const inner = { first: block.first + index * size, prefix };
    if (!contains(block, inner)) throw new RangeError(`${formatCidr(block)} has no ${index}th /${prefix}`);
    return inner;
}
