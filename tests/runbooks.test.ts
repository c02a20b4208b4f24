import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { schemaAt } from "../components";
import { planEvents } from "../components/observability/events";
import { alarmKinds } from "../components/observability/kinds";
import { everything } from "../components/testing/watched";
import { parts } from "../stacks/parts";

const folder = path.join(__dirname, "../docs/runbooks");
const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
const kinds = Object.entries(alarmKinds);
/** Pages that are about something else than one kind of alarm. */
const others = ["README.md", "connection-refused.md", "events.md", "prometheus-alerts.md"];

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
            expect(exists(named), named).toBe(true);
        }
    });
});

it("has a section for each rule on events, with its meaning and commands", () => {
    const page = read("events.md");
    const { rules } = planEvents(everything, { accountEvents: true });
    expect(
        page
            .match(/^## .*$/gm)
            ?.slice(1)
            .sort(),
    ).toEqual(rules.map(({ part }) => `## ${part}`).sort());
    for (const { part, meaning } of rules) {
        expect(sectionOf(page, part).startsWith(meaning)).toBe(true);
        expect(sectionOf(page, part)).toMatch(/```sh\n[^`]+```\n\n- /);
    }
    for (const [, named = ""] of page.matchAll(/`plinth:([\w.]+)/g)) expect(exists(named), named).toBe(true);
});

it("names settings that exist on the page for connections that are refused", () => {
    const named = [...read("connection-refused.md").matchAll(/`plinth:([\w.<>-]+)/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(exists(name), name).toBe(true);
});

function sectionOf(page: string, heading: string): string {
    return page.split(`## ${heading}\n`)[1]?.split("\n## ")[0]?.trim() ?? "";
}

it("would notice a setting that does not exist", () => {
    expect(exists("queues.<name>.visibilityTimeoutSeconds")).toBe(true);
    expect(exists("queues.<name>.patience")).toBe(false);
});

/** Whether a part of the platform has a setting; `<name>` stands for any that the stack chooses. */
function exists(setting: string): boolean {
    const [key, ...path] = setting.split(".");
    const part = parts.find((one) => one.key === key);
    return part !== undefined && schemaAt(path, part.settings) !== undefined;
}
