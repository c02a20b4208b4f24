import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { examples } from "../examples";
import { parseConfig } from "../stacks/config";

const root = path.join(__dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const pages = [
    ...readdirSync(root).filter((file) => file.endsWith(".md")),
    ...readdirSync(path.join(root, "docs"))
        .filter((file) => file.endsWith(".md"))
        .map((file) => `docs/${file}`),
    ...readdirSync(path.join(root, "docs/runbooks")).map((file) => `docs/runbooks/${file}`),
    ...examples.map(({ name }) => `examples/${name}/README.md`),
];

/** What GitHub makes of a page's headings. */
function anchorsOf(page: string): string[] {
    return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
        heading
            .toLowerCase()
            .replaceAll(/[^\w\- ]/g, "")
            .replaceAll(" ", "-"),
    );
}

it.each(pages)("%s links to files and headings that exist", (page) => {
    for (const [, file = "", anchor] of read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)]*))?\)/g)) {
        const target = file === "" ? page : path.join(path.dirname(page), file);
        expect(existsSync(path.join(root, target)), target).toBe(true);
        if (anchor !== undefined) expect(anchorsOf(target), target).toContain(anchor);
    }
});

it.each(pages)("%s names files that exist", (page) => {
    const named =
        /`((?:components|stacks|policy|cost|examples|ops|sandbox|component-package|tools|tests|bench|docs|\.github)\/[\w./-]+)`/g;
    for (const [, file = ""] of read(page).matchAll(named)) expect(existsSync(path.join(root, file)), file).toBe(true);
});

describe("the examples of a stack's configuration", () => {
    const examples = pages.flatMap((page) =>
        [...read(page).matchAll(/```yaml\n(.*?)```/gs)]
            .map(([, text = ""]) => parse(text) as Record<string, unknown>)
            .map((file) => (file.config ?? file) as Record<string, unknown>)
            .filter((config) => Object.keys(config).some((key) => key.startsWith("plinth:")))
            .map((config) => [page, config] as const),
    );

    it("are found", () => {
        expect(examples.length).toBeGreaterThan(5);
    });

    it.each(examples)("are accepted: %s", (_, config) => {
        const queues = { orders: {} };
        const complete = { "aws:region": "eu-west-1", "plinth:tier": "prod", "plinth:queues": queues, ...config };
        const raw = Object.entries(complete).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]);
        expect(parseConfig(Object.fromEntries(raw), "prod", "plinth")).not.toHaveProperty("problems");
    });
});
