import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
    fromStruct,
    hasSecret,
    hasUnknown,
    type Properties,
    revealDeep,
    Secret,
    toStruct,
    UNKNOWN,
    type Value,
} from "./values";

const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.boolean(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0), // the wire has no -0
        fc.constant(null),
        fc.constant(UNKNOWN),
        tie("value").map((inner) => new Secret(inner)),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.string({ minLength: 1 }), tie("value"), { maxKeys: 4, noNullPrototype: true }),
    ),
}));

describe("property values on the wire", () => {
    it("come back as they were sent, secrets and unknowns included, at any depth", () => {
        fc.assert(
            fc.property(value, (sent) => {
                const { back } = fromStruct(toStruct({ back: sent }));
                expect(back).toEqual(sent);
            }),
        );
    });

    it("drop what is undefined", () => {
        expect(fromStruct(toStruct({ here: 1, gone: undefined }))).toEqual({ here: 1 });
    });

    it("take an output of the SDK's for what it holds", () => {
        const output = (fields: Properties) =>
            fromStruct(
                toStruct({ x: { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...fields } }),
            ).x;
        expect(output({ value: "v" })).toBe("v");
        expect(output({ value: "v", secret: true })).toEqual(new Secret("v"));
        expect(output({})).toBe(UNKNOWN);
    });
});

describe("looking into values", () => {
    it("finds what is secret or unknown at any depth", () => {
        expect(hasSecret([{ a: new Secret("s") }])).toBe(true);
        expect(hasUnknown(new Secret([UNKNOWN]))).toBe(true);
        expect(hasSecret([{ a: "s" }]) || hasUnknown([{ a: "s" }])).toBe(false);
    });

    it("opens every secret", () => {
        expect(revealDeep([new Secret({ a: new Secret(1) })])).toEqual([{ a: 1 }]);
    });
});
