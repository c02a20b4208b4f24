import type { Rule } from "../validation";
import { aligned, type Cidr, formatCidr, overlap, parseCidr } from "./cidr";

/**
 * Blocks that AWS takes for no VPC.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
const reserved = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4"];

/** Blocks from which nobody calls over the internet: private ones, and those that AWS reserves. */
const unrouted = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", ...reserved];

/** AWS's bounds for the block of a VPC and of a subnet. */
export const largestBlock = 16;
export const smallestBlock = 28;

/** The fewest bits that a block of callers has to fix: a wider one is a mistake, or means the whole internet. */
const widestOfCallers = 8;

/** The rule that a VPC is in no block that AWS reserves. */
export const reservedRule: Rule<{ cidr: string }> = {
    at: "cidr",
    when: ({ cidr }) => !isOutside(cidr) && reservedBlock(cidr) !== undefined,
    say: ({ cidr }) =>
        `${cidr} is in ${reservedBlock(cidr)}, which AWS reserves; give a private block, like 10.0.0.0/16`,
};

function reservedBlock(text: string): string | undefined {
    const block = parseCidr(text);
    return block && within(reserved, block);
}

/** Whether a block begins in the middle of itself, as 10.0.0.5/16 does. */
export function isMisaligned(text: string): boolean {
    return parseCidr(text) !== undefined && alignedText(text) !== text;
}

/** The block that `text` begins in. */
export function alignedText(text: string): string {
    const block = parseCidr(text);
    return block ? formatCidr(aligned(block)) : text;
}

/** Whether AWS takes no VPC or subnet of that size. */
export function isOutside(text: string, from = largestBlock, to = smallestBlock): boolean {
    const block = parseCidr(text);
    return block !== undefined && (block.prefix < from || block.prefix > to);
}

/**
 * What is wrong with the blocks that may call something over the internet, with the mend; undefined where nothing is.
 * @param everybody whether the whole internet may be among them
 */
export function callersFault(cidrs: readonly string[], everybody: boolean): string | undefined {
    const mend = "give the blocks of those who may call, like 203.0.113.0/24";
    for (const [index, text] of cidrs.entries()) {
        const block = parseCidr(text);
        if (!block) continue;
        const world = block.prefix === 0;
        if (world && !everybody) return `${text} is the whole internet; ${mend}`;
        if (isMisaligned(text)) return `${text} begins inside a block; give ${alignedText(text)}`;
        if (!world && block.prefix < widestOfCallers) return `${text} is wider than /${widestOfCallers}; ${mend}`;
        const inner = world ? undefined : within(unrouted, block);
        if (inner) return `${text} is in ${inner}, from which nobody calls over the internet; ${mend}`;
        if (cidrs.indexOf(text) < index) return `${text} is named twice; name each block once`;
    }
    return undefined;
}

function within(blocks: readonly string[], block: Cidr): string | undefined {
    return blocks.find((text) => {
        const other = parseCidr(text);
        return other !== undefined && overlap(other, block);
    });
}
