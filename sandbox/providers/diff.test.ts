import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Secret, UNKNOWN } from "../rpc/values";
import { changesBetween } from "./diff";

describe("changes between two versions of inputs", () => {
    it.each([
        [{ a: 1 }, { a: 2 }, [{ path: ["a"], kind: "change" }]],
        [{}, { a: 2 }, [{ path: ["a"], kind: "add" }]],
        [{ a: 1 }, {}, [{ path: ["a"], kind: "remove" }]],
        [{ a: null }, {}, []],
        [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, [{ path: ["a", "c"], kind: "change" }]],
        [{ a: [1, 2] }, { a: [1] }, [{ path: ["a", 1], kind: "remove" }]],
        [{ a: new Secret("s") }, { a: "s" }, []],
        [{ a: new Secret("s") }, { a: new Secret("t") }, [{ path: ["a"], kind: "change" }]],
        [{ a: "known" }, { a: UNKNOWN }, [{ path: ["a"], kind: "change" }]],
        [{ __defaults: [] }, { __defaults: ["name"] }, []],
    ])("of %j and %j", (old, next, expected) => {
        expect(changesBetween(old, next)).toEqual(expected);
    });

    it("are none between equal values", () => {
        fc.assert(
            fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (value) => {
                const properties = JSON.parse(JSON.stringify(value));
                expect(changesBetween(properties, JSON.parse(JSON.stringify(value)))).toEqual([]);
            }),
        );
    });
});
