import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameLimits, physicalName } from "./naming";

/** Names as stacks have them, and names with anything else in them. */
const wishes = fc.oneof(
    fc.stringMatching(/^[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,30}){0,4}$/),
    fc.string({ maxLength: 300 }),
    fc.string({ unit: "grapheme", maxLength: 80 }),
);
const limits = fc.constantFrom(...Object.values(nameLimits));

describe("physicalName", () => {
    it.each([
        ["plinth-prod-database", 63, "plinth-prod-database"],
        ["a".repeat(40), 40, "a".repeat(40)],
    ])("leaves %s as it is", (wanted, limit, name) => {
        expect(physicalName(wanted, limit)).toBe(name);
    });

    it.each([
        ["plinth-prod-a-very-long-name-for-a-cache-indeed", 40, /^plinth-prod-a-very-long-name-fo-[0-9a-f]{8}$/],
        ["Shop_1-dev-database", 63, /^shop-1-dev-database-[0-9a-f]{8}$/],
        ["9lives-dev-cache", 40, /^n9lives-dev-cache-[0-9a-f]{8}$/],
        ["double--hyphen-", 40, /^double-hyphen-[0-9a-f]{8}$/],
        ["", 40, /^n-[0-9a-f]{8}$/],
    ])("mends %j", (wanted, limit, name) => {
        expect(physicalName(wanted, limit)).toMatch(name);
    });

    it("drops a hyphen that cutting would leave before the hash", () => {
        expect(physicalName(`${"a".repeat(30)}-${"b".repeat(30)}`, 40)).toMatch(/^a{30}-[0-9a-f]{8}$/);
    });

    it("gives names that AWS takes, within the limit, the same every time", () => {
        fc.assert(
            fc.property(wishes, limits, (wanted, limit) => {
                const name = physicalName(wanted, limit);
                expect(name.length).toBeLessThanOrEqual(limit);
                expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
                expect(physicalName(wanted, limit)).toBe(name);
            }),
        );
    });

    it("never gives two wishes one name", () => {
        const pairs = fc.oneof(
            fc.tuple(wishes, wishes),
            // Wishes that only differ after the cut, or in what mending evens out.
            fc
                .tuple(fc.string({ minLength: 60, maxLength: 80 }), fc.string({ minLength: 1, maxLength: 3 }))
                .map(([start, end]): [string, string] => [start, start + end]),
            fc
                .stringMatching(/^[a-z]{1,9}-[a-z]{1,9}$/)
                .map((wish): [string, string] => [wish, wish.replace("-", "_")]),
        );
        fc.assert(
            fc.property(pairs, limits, ([one, other], limit) => {
                fc.pre(one !== other);
                expect(physicalName(one, limit)).not.toBe(physicalName(other, limit));
            }),
        );
    });
});
