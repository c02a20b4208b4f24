import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, it } from "vitest";
import { alertRules, type Monitored } from "./alerts";
import { dashboardSpecs } from "./dashboards";
import { scrapeJobs } from "./scrape";
import { monitoringSpec } from "./testing/monitoring";
import published from "./testing/published-metrics.json";
import { exporterImages } from "./versions";

const variants: Monitored[] = [
    { database: "postgres", cache: true },
    { database: "mysql", cache: false },
];

/** Every expression that Prometheus is asked, by where it stands. */
const expressions = variants.flatMap((monitored) => [
    ...alertRules(monitoringSpec, monitored).map(({ name, expression }) => [`the alert ${name}`, expression] as const),
    ...dashboardSpecs(monitored).flatMap(({ title, rows }) =>
        rows.flatMap(({ graphs }) =>
            graphs.flatMap((graph) =>
                Object.values(graph.series).map(
                    // Grafana puts a duration in its place.
                    (expression) =>
                        [`${title}: ${graph.title}`, expression.replaceAll("$__rate_interval", "5m")] as const,
                ),
            ),
        ),
    ),
]);

const names: readonly string[] = Object.values(published).flatMap(({ metrics }) => metrics);

/** What an expression reads, and where it is no PromQL. */
function parsed(expression: string): { metrics: string[]; faults: string[] } {
    const metrics: string[] = [];
    const faults: string[] = [];
    parser.parse(expression).iterate({
        enter: ({ type, from, to, node }) => {
            if (type.isError) faults.push(expression.slice(from, to + 10));
            if (type.name === "Identifier" && node.parent?.type.name === "VectorSelector") {
                metrics.push(expression.slice(from, to));
            }
        },
    });
    return { metrics, faults };
}

describe("the parser", () => {
    it("finds the metrics of an expression, and what is wrong with one", () => {
        expect(parsed('sum by (a) (rate(b_total{c="d"}[5m])) / e > 1')).toEqual({
            metrics: ["b_total", "e"],
            faults: [],
        });
        for (const wrong of ["rate(b_total[5m]", "sum by a (b)", "b{c=}", "b >", "b[5x]"]) {
            expect(parsed(wrong).faults, wrong).not.toEqual([]);
        }
    });
});

describe("the lists of metrics", () => {
    it.each([
        ["postgres_exporter", exporterImages.postgres],
        ["mysqld_exporter", exporterImages.mysql],
        ["redis_exporter", exporterImages.redis],
    ] as const)("are of the version of %s that runs", (exporter, { image }) => {
        expect(image.split(":v")[1]).toBe(published[exporter].version);
        expect(published[exporter].source).toContain(`v${published[exporter].version}/`);
    });
});

describe("every expression", () => {
    it("is there: of alerts and of dashboards", () => {
        expect(expressions.length).toBeGreaterThan(60);
    });

    it.each(expressions)("%s is PromQL over metrics that are published: %s", (_, expression) => {
        const { metrics, faults } = parsed(expression);
        expect(faults).toEqual([]);
        expect(metrics.length).toBeGreaterThan(0);
        for (const metric of metrics) expect(names).toContain(metric);
    });
});

describe("what the kubelets are asked for", () => {
    const jobs = scrapeJobs({ alerting: false });
    const keeps = ["kubelet", "containers"].map((name) => {
        const [rule] = jobs[name]?.metric_relabel_configs ?? [];
        // Prometheus anchors its regular expressions.
        return new RegExp(`^(?:${rule?.regex})$`);
    });
    const used = [...new Set(expressions.flatMap(([, expression]) => parsed(expression).metrics))];
    const ofKubelets = new Set(
        [published["cAdvisor, in the kubelet"], published.kubelet].flatMap(({ metrics }) => metrics),
    );

    it("is kept, where an alert or a dashboard uses it, and nothing else", () => {
        const kept = [...ofKubelets].filter((metric) => keeps.some((keep) => keep.test(metric)));
        expect(kept.sort()).toEqual(used.filter((metric) => ofKubelets.has(metric)).sort());
    });
});
