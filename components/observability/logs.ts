import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Parent } from "../component";
import { type AlarmPlan, perMinute } from "./alarm";
import { errorLevels, errorNumber } from "./error-level";
import type { QueryPlan } from "./queries";
import type { ObservabilitySpec } from "./spec";

/** The logs of the platform's services. */
export interface WatchedLogs {
    /** The log group of each service. */
    groupNames: Record<string, pulumi.Input<string>>;
    /** What tells this stack's metrics from those of others: `shop-live`. */
    prefix: string;
}

type Thresholds = ObservabilitySpec["logs"];

/** CloudWatch's namespace of what is counted in logs. */
export const logNamespace = "Plinth";

/** What is counted in the logs of a service. The agent puts a line that is JSON into `log_processed`. */
interface LogMetric {
    /** Its part of names. */
    part: "errors" | "latency";
    /** What a line says that counts. */
    condition: string;
    /** What it counts as: one, or a field of it. */
    value: string;
    unit: "Count" | "Milliseconds";
}

/** An error, by its level where the line is JSON, in words or numbers, or by its text. */
const errors: LogMetric = {
    part: "errors",
    condition: [
        ...errorLevels.map((level) => `$.log_processed.level = "${level}"`),
        `$.log_processed.level >= ${errorNumber}`,
        '$.log = "*ERROR*"',
    ]
        .map((condition) => `(${condition})`)
        .join(" || "),
    ...{ value: "1", unit: "Count" },
};

/** The time of a request. Other lines have no such field, and do not count. */
function latency({ latencyField }: Thresholds): LogMetric {
    const field = `$.log_processed.${latencyField}`;
    return { part: "latency", condition: `${field} >= 0`, value: field, unit: "Milliseconds" };
}

/** The alarms on what the services log. */
export function logAlarms(logs: WatchedLogs, thresholds: Thresholds): AlarmPlan[] {
    const { errorsPerMinute, latencyMilliseconds } = thresholds;
    return Object.keys(logs.groupNames).flatMap((service): AlarmPlan[] => {
        const metric = ({ part }: LogMetric, statistic: "Sum" | "p95") => ({
            ...{ namespace: logNamespace, name: `${logs.prefix}-${part}`, statistic },
            dimensions: { Service: service },
        });
        return [
            {
                ...{ kind: "service-logs-errors", subject: service, comparison: "above", threshold: errorsPerMinute },
                limit: `${errorsPerMinute} in a minute`,
                metrics: [metric(errors, "Sum")],
                // Where no error is logged, nothing is counted.
                ...{ ...perMinute(5, 3), missingData: "notBreaching" },
            },
            {
                ...{ kind: "service-logs-slow", subject: service, comparison: "above", threshold: latencyMilliseconds },
                limit: `${latencyMilliseconds} ms`,
                metrics: [metric(latency(thresholds), "p95")],
                // Neither without requests nor in a log that has no times.
                ...{ periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 3, missingData: "notBreaching" },
            },
        ];
    });
}

/** The raw resources of what is made of logs. */
export interface LogNodes {
    /** By service. */
    errorFilters: Record<string, aws.cloudwatch.LogMetricFilter>;
    /** By service. */
    latencyFilters: Record<string, aws.cloudwatch.LogMetricFilter>;
    /** By part of names. */
    queries: Record<string, aws.cloudwatch.QueryDefinition>;
}

/** Counts errors and times in the log of each service, and saves queries under the stack's `prefix`, as children of `parent`. */
export function createLogs(
    parent: Parent,
    logs: WatchedLogs | undefined,
    plans: readonly QueryPlan[],
    { thresholds, prefix }: { thresholds: Thresholds; prefix: string },
): LogNodes {
    const queries = plans.map(({ part, groupNames, lines }): [string, aws.cloudwatch.QueryDefinition] => [
        part,
        new aws.cloudwatch.QueryDefinition(
            parent.childName(part),
            { name: `${prefix}/${part}`, logGroupNames: groupNames, queryString: lines.join("\n| ") },
            parent.options,
        ),
    ]);
    return {
        errorFilters: logs ? createFilters(parent, logs, errors) : {},
        latencyFilters: logs ? createFilters(parent, logs, latency(thresholds)) : {},
        queries: Object.fromEntries(queries),
    };
}

function createFilters(parent: Parent, { groupNames, prefix }: WatchedLogs, metric: LogMetric) {
    const { part, condition, value, unit } = metric;
    const filters = Object.entries(groupNames).map(
        ([service, logGroupName]): [string, aws.cloudwatch.LogMetricFilter] => [
            service,
            new aws.cloudwatch.LogMetricFilter(
                parent.childName(`${service}-${part}`),
                {
                    ...{ name: `${prefix}-${service}-${part}`, logGroupName },
                    // The container alone, without what is put beside it into its pods.
                    pattern: `{ ($.kubernetes.container_name = "${service}") && (${condition}) }`,
                    metricTransformation: {
                        ...{ namespace: logNamespace, name: `${prefix}-${part}`, value, unit },
                        dimensions: { Service: "$.kubernetes.container_name" },
                    },
                },
                parent.options,
            ),
        ],
    );
    return Object.fromEntries(filters);
}
