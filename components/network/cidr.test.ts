import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aligned, type Cidr, contains, formatCidr, overlap, parseCidr, part, sizeOf } from "./cidr";

const cidrs = fc
    .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 8, max: 32 }))
    .map(([first, prefix]): Cidr => aligned({ first, prefix }));

describe("parseCidr", () => {
    it.each([
        ["0.0.0.0/0", { first: 0, prefix: 0 }],
        ["10.0.1.0/24", { first: 167_772_416, prefix: 24 }],
        ["255.255.255.255/32", { first: 4_294_967_295, prefix: 32 }],
    ])("reads %s", (text, block) => {
        expect(parseCidr(text)).toEqual(block);
    });

    it.each([
        "10.0.0.0",
        "10.0.0/16",
        "10.0.0.256/16",
        "10.0.0.0/33",
        "010.0.0.0/16",
        "10.0.0.0/016",
        " 10.0.0.0/16",
        "::/0",
    ])("refuses %j", (text) => {
        expect(parseCidr(text)).toBeUndefined();
    });

    it("reads back what formatCidr writes", () => {
        fc.assert(
            fc.property(cidrs, (block) => {
                expect(parseCidr(formatCidr(block))).toEqual(block);
            }),
        );
    });
});

it("divides a block into parts that fill it and never overlap", () => {
    fc.assert(
        fc.property(cidrs, fc.integer({ min: 0, max: 5 }), (block, bits) => {
            fc.pre(block.prefix + bits <= 32);
            const parts = Array.from({ length: 2 ** bits }, (_, index) => part(block, block.prefix + bits, index));
            expect(parts.reduce((sum, each) => sum + sizeOf(each), 0)).toBe(sizeOf(block));
            for (const [index, each] of parts.entries()) {
                expect(contains(block, each) && aligned(each).first === each.first).toBe(true);
                expect(parts.slice(index + 1).some((other) => overlap(each, other))).toBe(false);
            }
            expect(() => part(block, block.prefix + bits, 2 ** bits)).toThrow(RangeError);
        }),
    );
});

it("takes two blocks to overlap exactly where one holds the other", () => {
    fc.assert(
        fc.property(cidrs, cidrs, (one, other) => {
            expect(overlap(one, other)).toBe(contains(one, other) || contains(other, one));
        }),
    );
});
