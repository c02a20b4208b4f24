import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { promRule } from "./alert-rule";
import { alertRules, type Monitored } from "./alerts";
import { dashboardFiles, dashboardSpecs } from "./dashboards";
import { monitoringSpec } from "./testing/monitoring";

const variants: Monitored[] = [
    { database: "postgres", cache: true },
    { database: "mysql", cache: true },
    { cache: false },
];
const rulesOf = (monitored: Monitored, change: Partial<typeof monitoringSpec> = {}) =>
    alertRules({ ...monitoringSpec, ...change }, monitored);
const runbook = readFileSync(path.join(__dirname, "..", "..", "docs", "runbooks", "prometheus-alerts.md"), "utf8");

describe.each(variants)("the alerts of %j", (monitored) => {
    const rules = rulesOf(monitored);

    it("have a name each, and a section in the runbook that they name", () => {
        expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
        const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = ""]) =>
            title.toLowerCase().replaceAll(" ", "-"),
        );
        for (const rule of rules) {
            expect(sections, rule.name).toContain(rule.runbook);
            expect(promRule(rule).annotations.runbook).toBe(`docs/runbooks/prometheus-alerts.md#${rule.runbook}`);
            expect(runbook, `the section on ${rule.runbook}`).toContain(`\`${rule.name}\``);
        }
    });

    it("name labels that their series have left after aggregation", () => {
        for (const { name, expression, summary, description } of rules) {
            const kept = [...expression.matchAll(/\bby \(([^)]*)\)/g)].map(([, list = ""]) => list.split(", "));
            const aggregated = /^(\d+ \* )?(sum|max)\b/.test(expression);
            for (const [, label] of `${summary} ${description}`.matchAll(/\$labels\.(\w+)/g)) {
                if (aggregated)
                    expect(
                        kept.every((labels) => labels.includes(label ?? "")),
                        name,
                    ).toBe(true);
            }
        }
    });
});

describe("thresholds", () => {
    it.each([
        ["databaseConnectionsPercent", 61, "DatabaseConnectionsHigh"],
        ["lockWaitingSessions", 17, "DatabaseLockWaits"],
        ["transactionSeconds", 777, "DatabaseTransactionOpen"],
        ["statementMilliseconds", 333, "DatabaseStatementsSlow"],
        ["cacheMemoryPercent", 62, "CacheMemoryHigh"],
        ["cacheFragmentationPercent", 163, "CacheFragmented"],
    ] as const)("%s moves the alert and what it says", (setting, value, alert) => {
        const rules = rulesOf({ database: "postgres", cache: true }, { [setting]: value });
        const [moved, ...others] = rules.filter(({ expression }) => expression.includes(`> ${value}`));
        expect([moved?.name, others]).toEqual([alert, []]);
        expect(moved?.summary).toContain(String(value));
    });

    it("are not set on times of statements that are not read", () => {
        for (const database of ["postgres", "mysql"] as const) {
            const names = rulesOf({ database, cache: false }, { statementTimes: false }).map(({ name }) => name);
            expect(names).not.toContain("DatabaseStatementsSlow");
        }
    });
});

describe("the dashboards", () => {
    it("show what the platform has, and of it the time of statements, locks and fragmentation", () => {
        expect(dashboardSpecs({ cache: false }).map(({ title }) => title)).toEqual(["Cluster"]);
        for (const database of ["postgres", "mysql"] as const) {
            const specs = dashboardSpecs({ database, cache: true });
            expect(specs.map(({ title }) => title)).toEqual(["Cluster", "Database", "Cache"]);
            expect(specs[1]?.rows.map(({ title }) => title)).toEqual(
                expect.arrayContaining(["Time of statements", "Locks"]),
            );
            expect(specs[2]?.rows[0]?.graphs[0]?.title).toBe("Fragmentation");
        }
    });

    it.each(variants)("are what Grafana reads, %j: graphs of the data source, none over another", (monitored) => {
        for (const [name, text] of Object.entries(dashboardFiles(monitored))) {
            const { uid, panels, editable } = JSON.parse(text) as {
                uid: string;
                editable: boolean;
                panels: {
                    id?: number;
                    type: string;
                    description?: string;
                    datasource?: object;
                    gridPos: Record<"x" | "y" | "w" | "h", number>;
                }[];
            };
            expect(`${uid}.json`).toBe(`plinth-${name}`);
            expect(editable).toBe(false);
            const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
                Array.from({ length: w * h }, (_, index) => `${x + (index % w)}:${y + Math.floor(index / w)}`),
            );
            expect(new Set(cells).size, name).toBe(cells.length);
            for (const panel of panels.filter(({ type }) => type !== "row")) {
                expect(panel.description).toMatch(/[.…]$/);
                expect(panel.datasource).toEqual({ type: "prometheus", uid: "prometheus" });
            }
            // All are in one ConfigMap, which Kubernetes limits to a mebibyte.
            expect(text.length).toBeLessThan(200_000);
        }
    });
});
