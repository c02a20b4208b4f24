import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { defaultsOf, observabilitySettings, schemaAt } from "../components";
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

describe("the service levels", () => {
    const rows = Object.fromEntries(
        sectionOf(read("README.md"), "Service levels")
            .split("\n")
            .map((row) => row.split("|").map((cell) => cell.trim()))
            .map(([, level = "", goal = "", watched = ""]) => [level, { goal, watched }]),
    );
    const tiers = ["prod", "staging", "dev"] as const;
    const defaults = tiers.map((tier) => defaultsOf(observabilitySettings, { tier }));

    it.each([
        ["availability of the services", "requests-failing"],
        ["time of a request, end to end, p95", "response-time-high"],
        ["time of simple queries, p95", "database-select-time-high"],
        ["replica lag", "database-replica-lag-high"],
        ["hit ratio of the cache", "cache-hit-ratio-low"],
        ["messages processed in time", "queue-age-high"],
    ])("has an alarm on the %s", (level, kind) => {
        expect(rows[level]?.watched).toContain(`[${kind}](${kind}.md)`);
    });

    it("are the thresholds of the alarms, tier by tier", () => {
        const [prod, staging, dev] = defaults;
        const available = defaults.map(({ loadBalancer }) => `${100 - loadBalancer.failuresPerTenThousand / 100} %`);
        expect(rows["availability of the database"]?.goal).toBe(
            `${available[2]} in dev, ${available[1]} in staging, ${available[0]} in prod`,
        );
        expect(rows["availability of the services"]?.goal).toBe("the same");
        expect(rows["time of a request, end to end, p95"]?.goal).toBe(
            `under ${prod?.loadBalancer.responseMilliseconds} ms in prod, ${staging?.loadBalancer.responseMilliseconds} ms in staging, ${Number(dev?.loadBalancer.responseMilliseconds) / 1000} s in dev`,
        );
        expect(rows["time of simple queries, p95"]?.goal).toBe(
            `under ${prod?.database.selectMilliseconds} ms in prod, ${staging?.database.selectMilliseconds} ms in staging, ${dev?.database.selectMilliseconds} ms in dev`,
        );
        for (const { database, cache, queues, loadBalancer, logs } of defaults) {
            expect(database.replicaLagSeconds).toBe(60);
            expect(rows["hit ratio of the cache"]?.goal).toBe(`over ${cache.hitRatioPercent} %`);
            expect(queues.ageInVisibilityTimeouts).toBe(2);
            // Two views of the same goal.
            expect(logs.latencyMilliseconds).toBe(loadBalancer.responseMilliseconds);
        }
    });
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
