import type * as pulumi from "@pulumi/pulumi";
import type { Metric } from "../metric";
import type { QueryPlan } from "../queries";

/** A line of a graph: a metric. */
export interface Line {
    metric: Metric;
    /** Its name in the legend. CloudWatch makes one of what tells it from the others, where there is none. */
    label?: string;
}

/** A line of a graph that is computed of metrics, which are `m1`, `m2` and so on in its expression. */
export interface ComputedLine {
    expression: string;
    label: string;
    of: readonly Metric[];
}

/** A horizontal line of a graph: where an alarm fires. */
export interface LimitLine {
    /** The threshold in words: `above 80 %`. */
    label: string;
    value: number;
}

/** Values over time. */
export interface GraphWidget {
    kind: "graph";
    title: string;
    /** What the values are, beside the axis. */
    unit: string;
    lines: readonly (Line | ComputedLine)[];
    limits: readonly LimitLine[];
    periodSeconds: number;
    /** The region whose metrics it shows, where that is not the stack's. */
    region?: string;
}

/** The states of alarms, by the alarms' parts of names. */
export interface AlarmsWidget {
    kind: "alarms";
    title: string;
    parts: readonly string[];
}

/** What a saved query finds. */
export interface LogsWidget {
    kind: "logs";
    title: string;
    query: Pick<QueryPlan, "groupNames" | "lines">;
}

/** Markdown. */
export interface TextWidget {
    kind: "text";
    markdown: pulumi.Input<string>;
}

export type Widget = GraphWidget | AlarmsWidget | LogsWidget | TextWidget;

/** A dashboard before it is created. */
export interface DashboardPlan {
    /** Its part of names: `database`. */
    part: string;
    widgets: readonly Widget[];
}

/** The metrics of a line. */
export function metricsOf(line: Line | ComputedLine): readonly Metric[] {
    return "metric" in line ? [line.metric] : line.of;
}
