import { describe, expect, it } from "vitest";
import { unknownSentinels } from "../../components/unknown-values";
import { proxied, sdkSentinels, unknownValue } from "../testing/sdk";
import { elements, field, hasUnknown, readProperty, text } from "./reading";

describe("readProperty", () => {
    it("knows exactly the SDK's stand-ins for unknown values", () => {
        expect([...unknownSentinels].sort()).toEqual(Object.values(sdkSentinels).sort());
    });

    it.each(Object.entries(sdkSentinels))("reads %s as unknown, where a plain read throws", (_, sentinel) => {
        const holder = proxied({ size: sentinel, list: [sentinel], nested: { size: sentinel } });
        expect(() => Reflect.get(holder, "size")).toThrow(/can't be known/);
        expect(readProperty(holder, "size")).toEqual({ is: "unknown" });
        expect(elements(readProperty(holder, "list"))).toEqual([{ is: "unknown" }]);
        expect(field(readProperty(holder, "nested"), "size")).toEqual({ is: "unknown" });
    });

    it.each([
        ["nothing", undefined],
        ["null", null],
        ["the empty string, which is how the AWS provider writes what was left out", ""],
    ])("reads %s as absent", (_, value) => {
        expect(readProperty(proxied({ value }), "value")).toEqual({ is: "absent" });
    });

    it.each([[false], [0], ["a"], [[]], [{}]])("reads %j as known", (value) => {
        expect(readProperty(proxied({ value }), "value")).toEqual({ is: "known", value });
    });

    it("does not take what an object inherits for its properties", () => {
        expect(readProperty(proxied({}), "toString")).toEqual({ is: "absent" });
    });

    it("finds an unknown however deep", () => {
        const holder = proxied({ none: { a: [1, { b: "x" }] }, some: { a: [1, { b: unknownValue }] } });
        expect([hasUnknown(readProperty(holder, "none")), hasUnknown(readProperty(holder, "some"))]).toEqual([
            false,
            true,
        ]);
    });

    it("gives the text of a flag and of a number, and of no object", () => {
        const holder = proxied({ flag: true, count: 3, list: [1] });
        expect(["flag", "count", "list"].map((key) => text(readProperty(holder, key)))).toEqual([
            "true",
            "3",
            undefined,
        ]);
    });
});
