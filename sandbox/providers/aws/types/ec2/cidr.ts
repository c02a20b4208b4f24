import type { Value } from "../../../../rpc/values";

/** The first and the last address of a block of IPv4 addresses. */
interface Block {
    first: number;
    last: number;
}

export function blockOf(cidr: Value | undefined): Block {
    const [address = "", length = "32"] = String(cidr).split("/");
    const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    return { first, last: first + 2 ** (32 - Number(length)) - 1 };
}

export function contains(outer: Block, inner: Block): boolean {
    return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(one: Block, other: Block): boolean {
    return one.first <= other.last && other.first <= one.last;
}

/** Whether `text` is a block of IPv4 addresses in CIDR notation. */
export function isBlock(text: string): boolean {
    const [, ...numbers] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text) ?? [];
    return numbers.length === 5 && numbers.every((part, index) => Number(part) <= (index < 4 ? 255 : 32));
}

/** Blocks that nobody on the internet has an address of. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(blockOf);

/** Whether `text` is a block with addresses of the internet. */
export function isPublicBlock(text: string): boolean {
    return isBlock(text) && !PRIVATE.some((outer) => contains(outer, blockOf(text)));
}
