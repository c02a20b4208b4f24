import { describe, expect, it } from "vitest";
import { factsOf } from "../facts";
import { placeOf } from "../place";
import { Inputs } from "../resource-type";
import { resourceTypes } from ".";

/** What is known of a resource without inputs. */
const madeIn = (region: string) => ({
    inputs: new Inputs({}),
    ...placeOf(region),
    ...{ id: "x|y", accountId: "1", name: "n" },
    ...{ hex: (length: number) => "0".repeat(length), find: () => undefined, all: () => [] },
});

const types = Object.entries(resourceTypes);

describe("the table of resource types", () => {
    it.each(types)("%s has facts, and gives every output that is no input", (token, type) => {
        const facts = factsOf(token);
        expect(facts).toBeDefined();
        expect(Object.keys(type.outputs?.(madeIn("eu-west-1")) ?? {})).toEqual(
            expect.arrayContaining(facts?.computedOnly ?? []),
        );
    });

    it.each(types)("%s has the ARNs and the hosts of its partition", (_, type) => {
        const made = madeIn("cn-north-1");
        const outputs = JSON.stringify([type.id(made), type.outputs?.(made)]);
        expect(outputs).not.toContain("arn:aws:");
        expect(outputs).not.toMatch(/\.cn-north-1\.([a-z]+\.)*amazonaws\.com(?!\.cn)/);
    });

    it.each(types)("%s names inputs that exist, and types that are emulated", (token, type) => {
        const inputs = factsOf(token)?.inputs ?? {};
        const named = [
            type.name,
            type.within,
            ...Object.keys(type.refersTo ?? {}),
            ...[type.rejects, type.conflicts, type.updateErrors, type.updateConflicts, type.unique].flatMap((rules) =>
                (rules ?? []).map(({ at }) => at),
            ),
        ];
        for (const name of named.filter((name) => name !== undefined))
            expect(Object.keys(inputs)).toContain(name.split(".")[0]);
        for (const reference of Object.values(type.refersTo ?? {})) {
            expect(Object.keys(resourceTypes)).toContain(typeof reference === "string" ? reference : reference.type);
        }
    });
});
