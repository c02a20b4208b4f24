import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import inventory from "../sandbox/providers/aws/data/inventory.json";
import measured from "../sandbox/providers/aws/data/measured.json";
import { conditionalInputs } from "./conditional-inputs";

/** The types and the inputs of the resources that the reviewed stacks have. */
function registered(): { type: string; inputs: string[] }[] {
    const folder = path.join(__dirname, "../stacks/testing/registered");
    return readdirSync(folder).flatMap((file) => {
        const { resources } = parse(readFileSync(path.join(folder, file), "utf8")) as {
            resources: Record<string, object | null>;
        };
        return Object.entries(resources).map(([typeAndName, inputs]) => ({
            type: typeAndName.replace(/ .*/, ""),
            inputs: Object.keys(inputs ?? {}),
        }));
    });
}

interface Modes {
    updatesOn?: string[];
    replacesOn?: string[];
}

/** Whether AWS keeps the last value of an input that is left out: it fills it, and its provider sees no change then. */
function isKept(type: string, input: string): boolean {
    const { filled = [] } = (inventory.types as Record<string, { filled?: string[] }>)[type] ?? {};
    const { updatesOn = [], replacesOn = [] } =
        (measured as Record<string, Record<string, Modes>>)[type]?.[input] ?? {};
    return filled.includes(input) && ![...updatesOn, ...replacesOn].includes("remove");
}

it("no input is left out that AWS would keep, unless it was never given or there is another way", () => {
    const all = registered();
    const types = [...new Set(all.map(({ type }) => type))].filter((type) => type.startsWith("aws:"));
    const found = types.map((type) => {
        const given = all.filter((one) => one.type === type).map(({ inputs }) => inputs);
        const sometimes = [...new Set(given.flat())].filter((input) => !given.every((one) => one.includes(input)));
        return [type, sometimes.filter((input) => isKept(type, input)).sort()] as const;
    });
    const explained = Object.entries(conditionalInputs).map(([type, inputs]) => [type, Object.keys(inputs).sort()]);
    expect(Object.fromEntries(found.filter(([, inputs]) => inputs.length > 0))).toEqual(Object.fromEntries(explained));
});
