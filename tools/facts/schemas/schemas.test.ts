import { declaredTypes } from "@plinth/sandbox/providers/aws/facts";
import { published } from "@plinth/sandbox/providers/aws/published";
import { resourceTypes } from "@plinth/sandbox/providers/aws/types";
import { describe, expect, it } from "vitest";
import { exceptions } from "./exceptions";
import { propertyNames } from "./names";
import { schemaNames, withoutSchema } from "./types";

describe("the schemas", () => {
    it("are of every emulated type, or it is said why there is none", () => {
        const types = declaredTypes(Object.keys(resourceTypes)).sort();
        expect([...Object.keys(schemaNames), ...Object.keys(withoutSchema)].sort()).toEqual(types);
    });

    it("are all in the data: otherwise run `npm run facts`", () => {
        const named = Object.fromEntries(Object.entries(schemaNames).map(([type, name]) => [type, name.split("/")[0]]));
        const found = Object.entries(published().types).map(([type, { schema }]) => [type, schema]);
        expect(Object.fromEntries(found)).toEqual(named);
    });

    it("have names for inputs of types that they have", () => {
        for (const type of Object.keys(propertyNames)) expect(schemaNames).toHaveProperty([type]);
    });
});

describe("every exception", () => {
    it("has a reason, and is of an input that the data has or has no more", () => {
        for (const { type, input, reason, accept = [], refuse = [] } of exceptions) {
            expect(reason.length, `${type} ${input}`).toBeGreaterThan(20);
            const values = published().types[type]?.inputs[input]?.enum ?? [];
            expect(values).toEqual(expect.arrayContaining(accept));
            for (const value of refuse) expect(values).not.toContain(value);
        }
    });
});
