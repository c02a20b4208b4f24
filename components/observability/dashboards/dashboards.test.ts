import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultsOf } from "../../settings";
import { inputsOf, rehearse, settled } from "../../testing/mocks";
import { publishedMetrics } from "../../testing/recommended-alarms";
import { platform } from "../../testing/specs";
import { alwaysInUse, everything, watchedQueue } from "../../testing/watched";
import { alarmPart } from "../alarm";
import { logNamespace } from "../logs";
import { Observability } from "../observability";
import { planObservability, type Watched } from "../plan";
import { observabilitySettings } from "../spec";
import { bodyOf } from "./body";
import { columns, layOut } from "./layout";
import { planDashboards } from "./plan";
import { type GraphWidget, metricsOf, type Widget } from "./widget";

const spec = {
    ...defaultsOf(observabilitySettings, { tier: "prod" }),
    queues: { ...defaultsOf(observabilitySettings, { tier: "prod" }).queues, alwaysInUse },
};
const plan = planObservability(everything, spec);
const dashboards = planDashboards(everything, plan, "docs/runbooks");
const graphsOf = (widgets: readonly Widget[]) => widgets.filter((one): one is GraphWidget => one.kind === "graph");

describe("the layout", () => {
    const size = fc.record({ width: fc.integer({ min: 1, max: columns }), height: fc.integer({ min: 1, max: 12 }) });

    it("puts no widget over another and none beyond the last column, in the order that they are given", () => {
        fc.assert(
            fc.property(fc.array(size, { maxLength: 40 }), (sizes) => {
                const places = layOut(sizes);
                const taken = new Set<string>();
                for (const [index, { x, y, width, height }] of places.entries()) {
                    expect({ width, height }).toEqual(sizes[index]);
                    expect(x + width).toBeLessThanOrEqual(columns);
                    for (let column = x; column < x + width; column++)
                        for (let row = y; row < y + height; row++) {
                            expect(taken.has(`${column} ${row}`)).toBe(false);
                            taken.add(`${column} ${row}`);
                        }
                    const before = places[index - 1];
                    if (before) expect(y > before.y || (y === before.y && x > before.x)).toBe(true);
                }
            }),
        );
    });
});

describe("the dashboards of a platform that has everything", () => {
    it("are these", () => {
        expect(dashboards.map(({ part }) => part)).toEqual([
            ...["application", "infrastructure", "database", "cache", "queue", "cost"],
        ]);
    });

    it("show only metrics that are published", () => {
        const metrics = dashboards.flatMap(({ widgets }) =>
            graphsOf(widgets).flatMap(({ lines }) => lines.flatMap(metricsOf)),
        );
        expect(metrics.length).toBeGreaterThan(100);
        const unknown = metrics.filter(
            ({ namespace, name }) => namespace !== logNamespace && publishedMetrics[namespace]?.[name] === undefined,
        );
        expect(unknown).toEqual([]);
    });

    it("show the state of every alarm, once, and what it looks at", () => {
        const states = dashboards.flatMap(({ widgets }) =>
            widgets.flatMap((widget) => (widget.kind === "alarms" ? widget.parts : [])),
        );
        expect([...states].sort()).toEqual([...plan.alarms, ...plan.composites].map(alarmPart).sort());
        const shown = new Set(
            dashboards.flatMap(({ widgets }) =>
                graphsOf(widgets).flatMap(({ lines }) => lines.flatMap(metricsOf).map(({ name }) => name)),
            ),
        );
        expect(plan.alarms.filter(({ metrics }) => !metrics.every(({ name }) => shown.has(name)))).toEqual([]);
    });

    it("have a line where an alarm fires, which moves with the alarm", () => {
        const limitsOf = (cpuPercent: number) => {
            const moved = { ...spec, database: { ...spec.database, cpuPercent } };
            const [database] = planDashboards(everything, planObservability(everything, moved), "").filter(
                ({ part }) => part === "database",
            );
            return graphsOf(database?.widgets ?? []).find(({ title }) => title === "CPU")?.limits;
        };
        expect(limitsOf(70)).toEqual([{ label: "above 70 %", value: 70 }]);
        expect(limitsOf(85)).toEqual([{ label: "above 85 %", value: 85 }]);
    });

    it("say in what order the metrics are that a line is computed of, under names of their own", async () => {
        const of = ["a", "b"].map((name) => ({
            namespace: "N",
            name,
            statistic: "Sum" as const,
            dimensions: { D: name },
        }));
        const line = { expression: "100 * m2 / m1", label: "share", of };
        const graph: GraphWidget = {
            ...{ kind: "graph", title: "t", unit: "%", limits: [], periodSeconds: 60 },
            lines: [line, line],
        };
        const { widgets } = bodyOf([graph], { region: "eu-west-1", alarmArn: () => undefined });
        expect(widgets[0]?.properties).toMatchObject({
            metrics: [
                [{ expression: "100 * m2 / m1", label: "share", id: "e1" }],
                ["N", "a", "D", "a", { stat: "Sum", id: "m1", visible: false }],
                ["N", "b", "D", "b", { stat: "Sum", id: "m2", visible: false }],
                [{ expression: "100 * m4 / m3", label: "share", id: "e3" }],
                ["N", "a", "D", "a", { stat: "Sum", id: "m3", visible: false }],
                ["N", "b", "D", "b", { stat: "Sum", id: "m4", visible: false }],
            ],
        });
    });
});

describe("a dashboard", () => {
    const make = (watch: Watched, preview: boolean, own = spec) =>
        rehearse(
            preview,
            (options) =>
                new Observability("o", { ...own, watch, topicArn: "arn:aws:sns:eu-west-1:1:t", platform }, options),
        );
    const namesIn = (resources: Awaited<ReturnType<typeof make>>["resources"]) =>
        resources.filter(({ type }) => type === "aws:cloudwatch/dashboard:Dashboard").map(({ name }) => name);

    it("is there for what the stack has, and for nothing where they are turned off", async () => {
        const queues = { queues: [watchedQueue("orders")] };
        const some = await make(queues, false);
        expect(namesIn(some.resources)).toEqual(["o-queue-dashboard", "o-cost-dashboard"]);
        const none = await make(queues, false, { ...spec, dashboards: false });
        expect(namesIn(none.resources)).toEqual([]);
    });

    it("names the alarms by ARN and asks the logs of the services", async () => {
        const { resources, made } = await make(everything, false);
        expect(Object.keys(made.nodes.dashboards)).toEqual(dashboards.map(({ part }) => part));
        const inputs = inputsOf(resources, "o-application-dashboard");
        expect(inputs.dashboardName).toBe("shop-test-o-application");
        const { widgets } = JSON.parse(String(await settled(inputs.dashboardBody))) as {
            widgets: { type: string; properties: Record<string, unknown> }[];
        };
        const of = (type: string) => widgets.find((widget) => widget.type === type)?.properties;
        expect(of("alarm")?.alarms).toEqual(expect.arrayContaining([expect.stringMatching(/^arn:/)]));
        expect(of("log")).toMatchObject({
            region: "eu-west-1",
            query: expect.stringMatching(
                /^SOURCE '\/aws\/containerinsights\/shop\/services\/backend'\n\| SOURCE .*\n\| fields @timestamp/,
            ),
        });
        expect(of("metric")).toMatchObject({
            region: "eu-west-1",
            metrics: [
                ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "app/shop/50dc6c495c0c9188", expect.anything()],
            ],
        });
    });

    it("draws a metric across values that others choose, as its alarm asks for it", async () => {
        const { resources } = await make(everything, false);
        const body = String(await settled(inputsOf(resources, "o-application-dashboard").dashboardBody));
        const { metricQueries } = inputsOf(resources, "o-ingress-targets-unhealthy") as {
            metricQueries: { expression: unknown }[];
        };
        const { widgets } = JSON.parse(body) as { widgets: { properties: { title?: string; metrics?: unknown } }[] };
        const graph = widgets.find(({ properties }) => properties.title === "Targets of a service that are unhealthy");
        expect(graph?.properties.metrics).toEqual([
            [{ expression: await settled(metricQueries[0]?.expression), label: "ingress", id: "q1" }],
        ]);
    });

    it("is planned where what it names is not known yet", async () => {
        const { resources } = await make(everything, true);
        expect(namesIn(resources)).toHaveLength(6);
    });
});
