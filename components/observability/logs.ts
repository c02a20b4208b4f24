import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Parent } from "../component";
import { type AlarmPlan, perMinute } from "./alarm";
import { errorLevels, errorNumber } from "./error-level";
import type { Watched } from "./plan";
import { planQueries } from "./queries";
import type { ObservabilitySpec } from "./spec";

/** The logs of the platform's services, which the cluster's agent writes into one group. */
export interface WatchedLogs {
    /** The group of all containers. */
    groupName: pulumi.Input<string>;
    /** The namespace of the services. */
    namespace: pulumi.Input<string>;
    services: readonly string[];
    /** What tells this stack's metrics from those of others: `shop-live`. */
    prefix: string;
}

/** CloudWatch's namespace of what is counted in logs. */
export const logNamespace = "Plinth";

/** What a line of a service says when it is of an error: its level where it is JSON, in words or numbers, or its text. */
const isError = [
    ...errorLevels.map((level) => `$.log_processed.level = "${level}"`),
    `$.log_processed.level >= ${errorNumber}`,
    '$.log = "*ERROR*"',
].map((condition) => `(${condition})`);

/** The pattern of a service's errors. The agent puts a line that is JSON into `log_processed`. */
export function errorPattern(namespace: pulumi.Input<string>, service: string): pulumi.Output<string> {
    const ofService = `($.kubernetes.container_name = "${service}")`;
    return pulumi.interpolate`{ ($.kubernetes.namespace_name = "${namespace}") && ${ofService} && (${isError.join(" || ")}) }`;
}

/** What a service's errors are counted as. */
export function errorMetric({ prefix }: Pick<WatchedLogs, "prefix">): string {
    return `${prefix}-errors`;
}

/** The alarms on what the services log. */
export function logAlarms(logs: WatchedLogs, { errorsPerMinute }: ObservabilitySpec["logs"]): AlarmPlan[] {
    return logs.services.map((service) => ({
        ...{ kind: "service-logs-errors", subject: service, comparison: "above", threshold: errorsPerMinute },
        limit: `${errorsPerMinute} in a minute`,
        metrics: [
            {
                ...{ namespace: logNamespace, name: errorMetric(logs), statistic: "Sum" },
                dimensions: { Service: service },
            },
        ],
        // Where no error is logged, nothing is counted.
        ...{ ...perMinute(5, 3), missingData: "notBreaching" },
    }));
}

/** The raw resources of what is made of logs. */
export interface LogNodes {
    /** By service. */
    errorFilters: Record<string, aws.cloudwatch.LogMetricFilter>;
    /** By part of names. */
    queries: Record<string, aws.cloudwatch.QueryDefinition>;
}

/** Counts the errors of each service, and saves the queries under the stack's `prefix`, as children of `parent`. */
export function createLogs(parent: Parent, watched: Watched, prefix: string): LogNodes {
    const queries = planQueries(watched).map(
        ({ part, groupNames, lines }): [string, aws.cloudwatch.QueryDefinition] => [
            part,
            new aws.cloudwatch.QueryDefinition(
                parent.childName(part),
                { name: `${prefix}/${part}`, logGroupNames: groupNames, queryString: lines.join("\n| ") },
                parent.options,
            ),
        ],
    );
    return {
        errorFilters: watched.logs ? countErrors(parent, watched.logs) : {},
        queries: Object.fromEntries(queries),
    };
}

function countErrors(parent: Parent, logs: WatchedLogs): LogNodes["errorFilters"] {
    const filters = logs.services.map((service): [string, aws.cloudwatch.LogMetricFilter] => [
        service,
        new aws.cloudwatch.LogMetricFilter(
            parent.childName(`${service}-errors`),
            {
                name: `${logs.prefix}-${service}-errors`,
                logGroupName: logs.groupName,
                pattern: errorPattern(logs.namespace, service),
                metricTransformation: {
                    ...{ namespace: logNamespace, name: errorMetric(logs), value: "1", unit: "Count" },
                    dimensions: { Service: "$.kubernetes.container_name" },
                },
            },
            parent.options,
        ),
    ]);
    return Object.fromEntries(filters);
}
