import { type AlarmPlan, alarmPart, type CompositePlan } from "../alarm";
import type { AlarmKindName } from "../kinds";
import type { Metric } from "../metric";
import type { AlarmsWidget, ComputedLine, GraphWidget, LimitLine, Line } from "./widget";

/** A graph of what alarms of these kinds look at. */
export interface AlarmGraph {
    title: string;
    unit: string;
    kinds: readonly AlarmKindName[];
}

/**
 * Graphs of what alarms look at, each with the thresholds as horizontal lines. A graph whose alarms the stack has not is left out.
 * The alarms decide the metrics, the periods and the thresholds, so that a graph never disagrees with the e-mail at night.
 */
export function alarmGraphs(graphs: readonly AlarmGraph[], alarms: readonly AlarmPlan[]): GraphWidget[] {
    return graphs.flatMap(({ title, unit, kinds }) => {
        const shown = alarms.filter(({ kind }) => kinds.includes(kind));
        if (shown.length === 0) return [];
        return [
            {
                ...{ kind: "graph", title, unit },
                lines: shown.flatMap(linesOf),
                limits: distinct(shown.map(limitOf)),
                periodSeconds: Math.max(...shown.map(({ periodSeconds }) => periodSeconds)),
            },
        ];
    });
}

/** A graph without a threshold. None where there are no lines. */
export function plainGraph(
    title: string,
    unit: string,
    lines: readonly Line[],
    options: Partial<Pick<GraphWidget, "periodSeconds" | "region">> = {},
): GraphWidget[] {
    if (lines.length === 0) return [];
    return [{ kind: "graph", title, unit, lines, limits: [], periodSeconds: 60, ...options }];
}

/** The states of alarms. None where there are none. */
export function alarmStates(alarms: readonly (AlarmPlan | CompositePlan)[]): AlarmsWidget[] {
    if (alarms.length === 0) return [];
    // CloudWatch shows a hundred in a widget.
    return [{ kind: "alarms", title: "Alarms", parts: alarms.slice(0, 100).map(alarmPart) }];
}

/** An alarm on several metrics without an expression is on the worst of them, and a graph shows each. */
function linesOf({ subject, metrics, expression, measured }: AlarmPlan): (Line | ComputedLine)[] {
    if (expression !== undefined) return [{ expression, label: `${subject}: ${measured ?? "computed"}`, of: metrics }];
    return metrics.map((metric: Metric) => ({ metric, label: metrics.length === 1 ? subject : undefined }));
}

function limitOf({ comparison, limit, threshold }: AlarmPlan): LimitLine {
    return { label: `${comparison} ${limit}`, value: threshold };
}

function distinct(limits: LimitLine[]): LimitLine[] {
    return limits.filter(({ value }, index) => limits.findIndex((other) => other.value === value) === index);
}
