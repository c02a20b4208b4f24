import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { Document, isCollection, visit } from "yaml";
import { plannedStack } from "./testing/planned";

/*
 * What a team gets of each checked-in stack, and of one with further options, word for word: whatever changes an input of a resource or an output of a stack
 * shows in the difference of these files, to be read with the change. Write them anew with `npx vitest run stacks/registered.test.ts -u`.
 */

/** Characters of JSON that fit into a line. */
const SHORT = 160;

const root = path.join(__dirname, "..");

/** A policy or a dashboard, which is JSON in an input, is shown as what it says. */
function readable(value: unknown): unknown {
    if (typeof value === "string" && /^\s*[[{]/.test(value)) {
        try {
            return { json: readable(JSON.parse(value)) };
        } catch {
            return value;
        }
    }
    if (Array.isArray(value)) return value.map(readable);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value)
            .filter(([, one]) => one !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, one]) => [key, readable(one)]),
    );
}

/** As YAML, with what is short on one line. */
function written(value: unknown): string {
    const document = new Document(value, { aliasDuplicateObjects: false });
    visit(document, {
        Collection: (_, node) => {
            if (isCollection(node)) node.flow = JSON.stringify(node.toJSON()).length <= SHORT;
        },
    });
    return document.toString({ lineWidth: 0 });
}

describe.each([
    ["dev", root],
    ["staging", root],
    ["prod", root],
    // What the others do not have.
    ["options", path.join(__dirname, "testing/options")],
])("the stack %s", (stack, folder) => {
    it("gives its resources the inputs, and shows the outputs, that were agreed on", async () => {
        const { created, outputs } = await plannedStack(folder, stack);
        const resources = created
            .map(({ type, name, inputs }) => [`${type} ${name}`, readable(inputs)] as const)
            .sort(([a], [b]) => (a < b ? -1 : 1));
        const text = written({ outputs: readable(outputs), resources: Object.fromEntries(resources) });
        await expect(text).toMatchFileSnapshot(`testing/registered/${stack}.yaml`);
    });
});
