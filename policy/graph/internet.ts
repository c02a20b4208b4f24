import { BlockList, isIP } from "node:net";

/** Ranges that the internet does not route: RFC 1918, RFC 6598, RFC 3927, RFC 1122; and RFC 4193 and RFC 4291 for IPv6. */
const localRanges = [
    ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"],
    ...["fc00::/7", "fe80::/10"],
];

interface Block {
    readonly address: string;
    readonly bits: number;
    readonly family: "ipv4" | "ipv6";
}

function parsed(cidr: string): Block | undefined {
    const [address = "", length] = cidr.split("/");
    const family = isIP(address) === 4 ? "ipv4" : isIP(address) === 6 ? "ipv6" : undefined;
    const bits = length === undefined ? (family === "ipv4" ? 32 : 128) : Number(length);
    return family && Number.isInteger(bits) ? { address, bits, family } : undefined;
}

const local = localRanges.flatMap((range) => {
    const block = parsed(range);
    if (!block) return [];
    const list = new BlockList();
    list.addSubnet(block.address, block.bits, block.family);
    return [{ ...block, list }];
});

/** Whether addresses of a CIDR block are reached over the internet: it is not wholly in a private or local range. */
export function isPublicRange(cidr: string): boolean {
    const block = parsed(cidr);
    if (!block) return false;
    return !local.some(
        ({ list, bits, family }) =>
            family === block.family && bits <= block.bits && list.check(block.address, block.family),
    );
}

/**
 * Whether a CIDR block is so wide that it counts as the internet: a public IPv4 range of /8 or wider, a public IPv6 range of
 * /16 or wider. Not only 0.0.0.0/0 and ::/0: two halves cover as much.
 */
export function coversInternet(cidr: string): boolean {
    const block = parsed(cidr);
    return block !== undefined && block.bits <= (block.family === "ipv4" ? 8 : 16) && isPublicRange(cidr);
}
