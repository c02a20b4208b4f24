import * as pulumi from "@pulumi/pulumi";

/** How CloudWatch sums up the values of a period. */
export type Statistic = "Average" | "Maximum" | "Minimum" | "Sum" | `p${number}`;

/** A metric that CloudWatch has. */
export interface Metric {
    namespace: string;
    name: string;
    statistic: Statistic;
    dimensions: Record<string, pulumi.Input<string>>;
    /**
     * A further dimension whose values others choose and change, such as a controller. What counts is the highest or the lowest
     * of all values: `statistic` is `Maximum` or `Minimum`.
     */
    across?: string;
}

/**
 * The query of Metrics Insights for a metric across the values of a dimension. CloudWatch takes it in alarms, where it takes no
 * SEARCH, and sees values that come and go.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
 */
export function insightsQuery({ namespace, name, statistic, dimensions, across }: Metric): pulumi.Output<string> {
    const schema = [`"${namespace}"`, ...Object.keys(dimensions), across].join(", ");
    const wanted = pulumi.all(dimensions).apply((values) =>
        Object.entries(values)
            .map(([dimension, value]) => `${dimension} = '${value}'`)
            .join(" AND "),
    );
    const select = statistic === "Minimum" ? "MIN" : "MAX";
    return pulumi.interpolate`SELECT ${select}(${name}) FROM SCHEMA(${schema}) WHERE ${wanted}`;
}
