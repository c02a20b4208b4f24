import { beforeAll, describe, expect, it } from "vitest";
import type { Created } from "../../components/testing/mocks";
import { plannedStack } from "../../stacks/testing/planned";
import { type Body, type Limit, linesOf } from "./body";
import { svgOf } from "./render";
import { sampleOf } from "./sample";
import { dashboardsIn } from "./stack";

describe.each(["staging", "prod"])("the dashboards of %s", (stack) => {
    let resources: Created[] = [];
    let bodies: [string, Body][] = [];
    beforeAll(async () => {
        resources = (await plannedStack(".", stack)).created;
        bodies = Object.entries(dashboardsIn(resources));
    });

    it("show resources of the stack", () => {
        expect(bodies.length).toBeGreaterThan(4);
        const others = resources.filter(({ type }) => !/^aws:cloudwatch\/(dashboard|metricAlarm):/.test(type));
        const known = new Set([...words(others), ...others.map(({ name }) => `${name}-id`), ...fixedDimensions]);
        for (const [name, { widgets }] of bodies)
            for (const { properties } of widgets)
                for (const metric of properties.metrics ?? []) {
                    const dimensions = metric
                        .filter((one) => typeof one === "string")
                        .filter((_, i) => i > 2 && i % 2 === 1);
                    // ElastiCache numbers the nodes of a replication group, which is known by its own id.
                    const values = dimensions.map((value) =>
                        known.has(value) ? value : value.replace(/(-\d{3,4})+$/, ""),
                    );
                    expect([name, values.filter((value) => !known.has(value))]).toEqual([name, []]);
                }
    });

    it("are drawn with every widget and every threshold, the same at every time", () => {
        for (const [name, body] of bodies) {
            const svg = svgOf(body, name);
            expect(svg.match(/<g transform=/g)).toHaveLength(body.widgets.length);
            const graphs = body.widgets.map(({ properties }) => properties);
            const lines = graphs.flatMap(linesOf);
            expect(svg.match(/<polyline /g) ?? []).toHaveLength(lines.length);
            const limits = graphs.flatMap(({ annotations }) => annotations?.horizontal ?? []);
            expect(svg.match(/stroke-dasharray/g) ?? []).toHaveLength(limits.length);
            expect(svg).not.toMatch(/NaN|undefined|Infinity/);
            expect(svgOf(body, name)).toBe(svg);
        }
    });
});

/** What metrics have in their dimensions that names no resource. */
const fixedDimensions = ["Interface", "USD", "WRITER"];

/** Every text in a value, at any depth. */
function words(value: unknown): string[] {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(words) : [];
}

describe("sample data", () => {
    it.each<[Limit, (value: number) => boolean]>([
        [{ label: "above 80 %", value: 80 }, (value) => value < 80],
        [{ label: "below 10 %", value: 10 }, (value) => value > 10],
        [{ label: "above 0 errors", value: 0 }, (value) => value === 0],
        [{ label: "at or below 0 s of uptime", value: 0 }, (value) => value > 0],
    ])("is on the right side of $label", (limit, isRight) => {
        for (const seed of ["a", "b", "c"]) expect(sampleOf(seed, [limit]).every(isRight)).toBe(true);
    });
});

it("text in a dashboard is no markup in the picture", () => {
    const body: Body = {
        widgets: [{ ...{ type: "text", x: 0, y: 0, width: 24, height: 2 }, properties: { markdown: '<script>"&' } }],
    };
    expect(svgOf(body, "<a>")).toContain("&#60;script&#62;&#34;&#38;");
    expect(svgOf(body, "<a>")).toContain("<title>&#60;a&#62;</title>");
});
