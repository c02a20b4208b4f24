import { describe, expect, it } from "vitest";
import { type Transform, transformed } from "./transform";

interface Args {
    size: number;
    encrypted?: boolean;
}

describe("transformed", () => {
    const args: Args = { size: 1, encrypted: true };

    it.each<[string, Transform<Args> | undefined, Args]>([
        ["nothing", undefined, { size: 1, encrypted: true }],
        ["some arguments", { encrypted: false }, { size: 1, encrypted: false }],
        ["a function that returns others", ({ size }) => ({ size: size + 1 }), { size: 2 }],
        [
            "a function that changes its copy",
            (copy) => {
                copy.size = 9;
                return undefined;
            },
            { size: 9, encrypted: true },
        ],
    ])("applies %s and leaves the original alone", (_, transform, result) => {
        expect(transformed(transform, args)).toEqual(result);
        expect(args).toEqual({ size: 1, encrypted: true });
    });
});
