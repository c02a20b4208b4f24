import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { InvalidSpecError, listed, problemAt, range, throwIfInvalid, violations } from "./validation";

describe("violations", () => {
    const days = range("days", { from: 7, to: 30, of: "KMS" });

    it.each([7, 30])("lets %i pass", (value) => {
        expect(violations("key", { days: value }, [days])).toEqual([]);
    });

    it.each([
        [6, "key.days: 6 is under KMS's 7; give 7 to 30"],
        [31, "key.days: 31 is over KMS's 30; give 7 to 30"],
        [7.5, "key.days: 7.5 is not a whole number; give 7 to 30"],
        [Number.NaN, "key.days: NaN is not a whole number; give 7 to 30"],
    ])("names field, value and mend of %d", (value, text) => {
        expect(violations("key", { days: value }, [days])).toEqual([{ at: "key.days", text }]);
    });
});

describe("throwIfInvalid", () => {
    it("throws every problem in one error that prints no stack", () => {
        const problems = [problemAt("a.b", "is wrong"), problemAt("c", "too")];
        const error = thrownBy(() => throwIfInvalid("Pulumi.dev.yaml", problems));
        expect(error).toBeInstanceOf(InvalidSpecError);
        expect(pulumi.RunError.isInstance(error)).toBe(true);
        expect(String(error)).toContain("Pulumi.dev.yaml has 2 problems:\n  - a.b: is wrong\n  - c: too");
        expect(String(thrownBy(() => throwIfInvalid("It", problems.slice(1))))).toContain("It has 1 problem:\n");
    });

    it("lets nothing wrong pass", () => {
        expect(() => throwIfInvalid("It", [])).not.toThrow();
    });
});

it("lists words as a sentence does", () => {
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((words) => listed(words))).toEqual([
        "",
        "a",
        "a or b",
        "a, b or c",
    ]);
});

function thrownBy(act: () => void): unknown {
    try {
        act();
    } catch (error) {
        return error;
    }
    return undefined;
}
