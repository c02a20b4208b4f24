/** What is drawn of a dashboard's body, in CloudWatch's own form. */
export interface Body {
    widgets: PlacedWidget[];
}

export interface PlacedWidget {
    type: "metric" | "alarm" | "log" | "text";
    x: number;
    y: number;
    width: number;
    height: number;
    properties: Properties;
}

export interface Properties {
    title?: string;
    markdown?: string;
    alarms?: string[];
    query?: string;
    metrics?: unknown[][];
    yAxis?: { left?: { label?: string } };
    annotations?: { horizontal?: Limit[] };
}

export interface Limit {
    label: string;
    value: number;
}

/** A line of a graph as it is drawn. */
export interface DrawnLine {
    label: string;
    /** What its sample is made from, the same at every run. */
    seed: string;
}

/** The lines of a graph that are shown: those that only others are computed of are hidden. */
export function linesOf({ metrics = [] }: Properties): DrawnLine[] {
    return metrics.flatMap((metric) => {
        const last = metric.at(-1);
        const options = (typeof last === "object" && last !== null ? last : {}) as Record<string, unknown>;
        if (options.visible === false) return [];
        const names = metric.filter((one) => typeof one === "string");
        const label = options.label ?? names.at(-1) ?? options.expression;
        return [{ label: String(label), seed: [...names, options.label ?? options.expression ?? ""].join(" ") }];
    });
}
