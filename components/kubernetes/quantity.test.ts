import { describe, expect, it } from "vitest";
import { quantity } from "./quantity";

describe("a quantity", () => {
    it.each([
        ["250m", 0.25],
        ["0.5", 0.5],
        [".5", 0.5],
        ["1.5Gi", 1.5 * 2 ** 30],
        ["20G", 20e9],
        ["107374182400", 107374182400],
        ["1E", 1e18],
        ["1e3", 1000],
        ["-1", -1],
    ])("%s is %d", (text, expected) => {
        expect(quantity(text)).toBeCloseTo(expected, 6);
    });

    it.each(["", "a lot", "20GB", "20 Gi", "1.2.3", "Gi"])('"%s" is none', (text) => {
        expect(quantity(text)).toBeUndefined();
    });
});
