import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldsOf, linesOf } from "./csv";

/** A field as AWS's list and others write it: in quotes, or bare where it needs none. */
const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;
const isBare = (field: string) => !/[",]/.test(field);
const field = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n]/g, ""));
const fields = fc.array(fc.record({ text: field, wantsQuotes: fc.boolean() }), { minLength: 1 });

describe("a line of CSV", () => {
    it("gives back the fields that were written", () => {
        fc.assert(
            fc.property(fields, (written) => {
                const line = written
                    .map(({ text, wantsQuotes }) => (wantsQuotes || !isBare(text) ? quoted(text) : text))
                    .join(",");
                expect(fieldsOf(line)).toEqual(written.map(({ text }) => text));
            }),
        );
    });

    it.each([
        ['"a","b,c","d""e",,"f"', ["a", "b,c", 'd"e', "", "f"]],
        ["", [""]],
        [",", ["", ""]],
        ['"",""', ["", ""]],
        ['"a"', ["a"]],
    ])("%s", (line, expected) => {
        expect(fieldsOf(line)).toEqual(expected);
    });

    it.each(['"a","b', '"a","', '"a","b""'])("is cut where a quote stays open: %s", (line) => {
        expect(fieldsOf(line)).toBeUndefined();
    });
});

describe("lines", () => {
    it("are the same wherever a text is cut into pieces", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.array(field),
                fc.array(fc.nat(40)),
                fc.constantFrom("\n", "\r\n"),
                async (all, cuts, end) => {
                    const bytes = new TextEncoder().encode(all.map((line) => `${line}${end}`).join(""));
                    expect(await collected(linesOf(pieces(bytes, cuts)))).toEqual(all);
                },
            ),
        );
    });

    it("end with one that has no end", async () => {
        expect(await collected(linesOf(pieces(new TextEncoder().encode("a\nb"), [])))).toEqual(["a", "b"]);
    });
});

async function* pieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
    let at = 0;
    for (const length of cuts) {
        yield bytes.subarray(at, at + length);
        at += length;
    }
    yield bytes.subarray(at);
}

async function collected<T>(all: AsyncIterable<T>): Promise<T[]> {
    const result: T[] = [];
    for await (const one of all) result.push(one);
    return result;
}
