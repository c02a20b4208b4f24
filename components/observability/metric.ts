import type * as pulumi from "@pulumi/pulumi";

/** How CloudWatch sums up the values of a period. */
export type Statistic = "Average" | "Maximum" | "Minimum" | "Sum" | `p${number}`;

/** A metric that CloudWatch has. */
export interface Metric {
    namespace: string;
    name: string;
    statistic: Statistic;
    dimensions: Record<string, pulumi.Input<string>>;
}
