import * as pulumi from "@pulumi/pulumi";
import { insightsQuery, type Metric } from "../metric";
import { layOut, sizeOf } from "./layout";
import type { ComputedLine, GraphWidget, Line, LogsWidget, Widget } from "./widget";

/** What a dashboard's body names besides its widgets. */
export interface BodyContext {
    region: pulumi.Input<string>;
    /** The ARN of an alarm, by its part of names. */
    alarmArn(part: string): pulumi.Input<string> | undefined;
}

/**
 * The body of a dashboard, as CloudWatch takes it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function bodyOf(widgets: readonly Widget[], context: BodyContext) {
    const places = layOut(widgets.map(sizeOf));
    return {
        start: "-PT6H",
        // The periods of the graphs are those of the alarms.
        periodOverride: "inherit",
        widgets: widgets.map((widget, index) => ({ ...places[index], ...propertiesOf(widget, context) })),
    };
}

function propertiesOf(widget: Widget, context: BodyContext) {
    switch (widget.kind) {
        case "graph":
            return { type: "metric", properties: graphProperties(widget, context) };
        case "alarms": {
            const alarms = widget.parts.flatMap((part) => context.alarmArn(part) ?? []);
            return { type: "alarm", properties: { title: widget.title, alarms, sortBy: "stateUpdatedTimestamp" } };
        }
        case "logs":
            return {
                type: "log",
                properties: { title: widget.title, view: "table", ...logProperties(widget, context) },
            };
        case "text":
            return { type: "text", properties: { markdown: widget.markdown } };
    }
}

function graphProperties(widget: GraphWidget, context: BodyContext) {
    const { title, unit, lines, limits, periodSeconds, region } = widget;
    return {
        ...{ title, view: "timeSeries", region: region ?? context.region, period: periodSeconds },
        metrics: metricArrays(lines),
        yAxis: { left: { label: unit, showUnits: false } },
        ...(limits.length > 0 && { annotations: { horizontal: limits } }),
    };
}

/** Each metric in CloudWatch's form; what an expression is computed of is hidden. */
function metricArrays(lines: readonly (Line | ComputedLine)[]): unknown[] {
    let count = 0;
    return lines.flatMap((line) => {
        if ("metric" in line && line.metric.across !== undefined) {
            count++;
            return [[{ expression: insightsQuery(line.metric), label: line.label, id: `q${count}` }]];
        }
        if ("metric" in line) return [metricArray(line.metric, line.label === undefined ? {} : { label: line.label })];
        const first = count;
        count += line.of.length;
        const expression = line.expression.replace(/\bm(\d+)\b/g, (_, index: string) => idOf(first + Number(index)));
        return [
            [{ expression, label: line.label, id: `e${first + 1}` }],
            ...line.of.map((metric, index) => metricArray(metric, { id: idOf(first + index + 1), visible: false })),
        ];
    });
}

function idOf(number: number): string {
    return `m${number}`;
}

function metricArray({ namespace, name, dimensions, statistic }: Metric, options: object): unknown[] {
    return [namespace, name, ...Object.entries(dimensions).flat(), { stat: statistic, ...options }];
}

function logProperties({ query: { groupNames, lines } }: LogsWidget, { region }: BodyContext) {
    const sources = groupNames.map((name) => pulumi.interpolate`SOURCE '${name}'`);
    return {
        region,
        query: pulumi.all(sources).apply((groups) => [...groups, ...lines].join("\n| ")),
    };
}
