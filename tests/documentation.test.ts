import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { examples } from "../examples";
import { type Commands, commandLine } from "../ops/command-line";
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

it.each(pages)("%s names scripts, and commands of `npm run ops`, that exist", (page) => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const [, script = ""] of read(page).matchAll(/npm run ([a-z][\w:-]*)/g))
        expect(scripts).toHaveProperty([script]);
    for (const [, text = ""] of read(page).matchAll(/npm run ops -- ([^`\n#|]+)/g))
        expect(faultOf(text.trim()), text).toBe("");
});

/** What is wrong with a command line of `npm run ops`, as far as its commands and options go. */
function faultOf(text: string): string {
    // What stands after `--` is another program's.
    const [own = ""] = text.split(/\s--(?:\s|$)/);
    const words = own.split(/\s+/).filter((word) => word !== "\\");
    let command: Command | undefined = commandLine({} as Commands);
    while (["-C", "--environment"].includes(words[0] ?? "")) words.splice(0, 2);
    if (command.commands.every((one) => one.name() !== words[0])) words.shift(); // the stack
    for (const word of words) {
        if (word.startsWith("-")) {
            const known = command.options.some(({ long }) => long === word) || word === "--help";
            if (!known) return `${command.name()} has no option ${word}`;
        } else if (command.commands.length > 0) {
            const next: Command | undefined = command.commands.find((one) => one.name() === word);
            if (!next) return word === "…" || word === "<command>" ? "" : `there is no command ${word}`;
            command = next;
        }
    }
    return "";
}

it("sees commands of `npm run ops` that are not there", () => {
    expect(faultOf("dev database health --json")).toBe("");
    expect(faultOf("dev database heal")).toBe("there is no command heal");
    expect(faultOf("database lint --fast")).toBe("lint has no option --fast");
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
