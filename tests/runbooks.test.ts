import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { alarmKinds } from "../components/observability/kinds";

const folder = path.join(__dirname, "../docs/runbooks");
const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
const schema: { properties: Record<string, unknown> } = JSON.parse(
    readFileSync(path.join(__dirname, "../stacks/stack.schema.json"), "utf8"),
);
const kinds = Object.entries(alarmKinds);
/** Pages that are about something else than one kind of alarm. */
const others = ["README.md", "prometheus-alerts.md"];

it("has a page for each kind of alarm, and no other", () => {
    const pages = readdirSync(folder).filter((file) => !others.includes(file));
    expect(pages.sort()).toEqual(kinds.map(([kind]) => `${kind}.md`).sort());
});

describe.each(kinds)("%s", (kind, { severity, meaning, firstLook }) => {
    const page = read(`${kind}.md`);

    it("says what the alarm says", () => {
        const [, first = ""] = page.split("\n\n");
        expect(first.toLowerCase()).toBe(`${severity}. ${meaning}.`.toLowerCase());
        expect(page.toLowerCase()).toContain(`${firstLook.toLowerCase()}.`);
        expect(read("README.md")).toContain(`| [${kind}](${kind}.md) | ${meaning}. |`);
    });

    it("has commands for the first look, causes, mends and when to escalate", () => {
        expect(page.match(/^## .*$/gm)).toEqual(["## First look", "## Causes", "## Mends", "## Escalate"]);
        expect(sectionOf(page, "First look")).toMatch(/```(sh|sql|text)\n[^`]+```/);
        for (const section of ["Causes", "Mends"]) expect(sectionOf(page, section)).toMatch(/^- /m);
        expect(sectionOf(page, "Escalate").length).toBeGreaterThan(0);
    });

    it("names settings that exist", () => {
        for (const [, named = ""] of page.matchAll(/`plinth:([\w.<>-]+)/g)) {
            expect(exists(["config", `plinth:${named.split(".")[0]}`, ...named.split(".").slice(1)]), named).toBe(true);
        }
    });
});

function sectionOf(page: string, heading: string): string {
    return page.split(`## ${heading}\n`)[1]?.split("\n## ")[0]?.trim() ?? "";
}

it("would notice a setting that does not exist", () => {
    expect(exists(["config", "plinth:queues", "<name>", "visibilityTimeoutSeconds"])).toBe(true);
    expect(exists(["config", "plinth:queues", "<name>", "patience"])).toBe(false);
});

/** Whether the JSON Schema of a stack's file has a setting; `<name>` stands for any that the stack chooses. */
function exists(names: string[]): boolean {
    const candidates = (node: unknown): Record<string, unknown>[] => {
        if (typeof node !== "object" || node === null) return [];
        const own = node as Record<string, unknown>;
        const nested = ["anyOf", "oneOf", "allOf"].flatMap((key) => (own[key] as unknown[] | undefined) ?? []);
        const reference = typeof own.$ref === "string" ? resolve(own.$ref) : undefined;
        return [own, ...nested.flatMap(candidates), ...candidates(reference)];
    };
    let nodes = candidates(schema);
    for (const name of names) {
        nodes = nodes.flatMap((node) => {
            const properties = node.properties as Record<string, unknown> | undefined;
            const found = name.startsWith("<") ? node.additionalProperties : properties?.[name];
            return candidates(found);
        });
        if (nodes.length === 0) return false;
    }
    return true;
}

function resolve(reference: string): unknown {
    const steps = reference.replace(/^#\//, "").split("/");
    return steps.reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], schema);
}
