import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { InvalidSpecError, listed, problemAt, throwIfInvalid, violations } from "./validation";

describe("violations", () => {
    const days = {
        at: "days",
        when: (spec: { days: number }) => spec.days < 7,
        say: (spec: { days: number }) => `${spec.days} is too few; give 7 or more`,
    };

    it("are none where no rule is broken", () => {
        expect(violations("key", { days: 7 }, [days])).toEqual([]);
    });

    it("name field, value and mend", () => {
        const problem = { at: "key.days", text: "key.days: 6 is too few; give 7 or more" };
        expect(violations("key", { days: 6 }, [days])).toEqual([problem]);
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
