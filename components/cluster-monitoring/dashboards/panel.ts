import { createRequire } from "node:module";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { dataSource } from "../grafana-values";

/** A dashboard as data: rows of graphs. */
export interface DashboardSpec {
    /** Part of its address. It stays when the title changes. */
    uid: string;
    title: string;
    rows: { title: string; graphs: Graph[] }[];
}

/** A graph of one or more expressions. */
export interface Graph {
    title: string;
    /** What it shows, and what is good or bad in it. */
    description: string;
    /**
     * Grafana's name of the unit.
     * @see https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#unit
     */
    unit: "s" | "ops" | "percent" | "bytes" | "binBps" | "short";
    /** PromQL by how its series are called, with labels as `{{datname}}`. */
    series: Record<string, string>;
}

/** Grafana's grid has 24 columns: two graphs share a row. */
const graphSize = { width: 12, height: 8 };

/** The dashboard as Grafana reads it. */
export function dashboard({ uid, title, rows }: DashboardSpec): Dashboard {
    const { DashboardBuilder, RowBuilder } = grafana().dashboard;
    const builder = new DashboardBuilder(title)
        .uid(`plinth-${uid}`)
        .tags(["plinth"])
        .timezone("browser")
        .refresh("1m")
        .time({ from: "now-3h", to: "now" })
        .readonly();
    for (const row of rows) {
        builder.withRow(new RowBuilder(row.title));
        for (const graph of row.graphs) builder.withPanel(panel(graph));
    }
    return builder.build();
}

function panel({ title, description, unit, series }: Graph): PanelBuilder {
    const { timeseries, prometheus } = grafana();
    const builder = new timeseries.PanelBuilder()
        .title(title)
        .description(description)
        .unit(unit)
        .min(0)
        .datasource(dataSource)
        .span(graphSize.width)
        .height(graphSize.height);
    for (const [legend, expression] of Object.entries(series)) {
        builder.withTarget(new prometheus.DataqueryBuilder().expr(expression).legendFormat(legend));
    }
    return builder;
}

/** Grafana's types and builders. They take a tenth of a second to load, which programs without dashboards are spared. */
function grafana() {
    const load = createRequire(__filename);
    const sdk = "@grafana/grafana-foundation-sdk";
    return {
        dashboard: load(`${sdk}/dashboard`) as typeof import("@grafana/grafana-foundation-sdk/dashboard"),
        timeseries: load(`${sdk}/timeseries`) as typeof import("@grafana/grafana-foundation-sdk/timeseries"),
        prometheus: load(`${sdk}/prometheus`) as typeof import("@grafana/grafana-foundation-sdk/prometheus"),
    };
}
