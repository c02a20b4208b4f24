import type * as pulumi from "@pulumi/pulumi";
import { type AlarmPlan, perMinute } from "../alarm";
import type { Metric, Statistic } from "../metric";
import type { ObservabilitySpec } from "../spec";

/** The Application Load Balancer in front of the services. */
export interface WatchedLoadBalancer {
    /** Its name in alarms: `ingress`. */
    name: string;
    /** What CloudWatch knows it by: `app/<name>/<id>`. */
    arnSuffix: pulumi.Input<string>;
}

/**
 * How fast failures may use up the month's allowance, as its multiple: at 14.4 an hour takes a fiftieth of it, at 3 a day takes
 * a tenth.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
const burnRates = { fast: 14.4, slow: 3 };

/** Below so many requests in a period, one that fails says nothing about the service level. */
const fewRequests = 100;

/** Three periods of five minutes in a row. */
const quarterHour = { periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 3 };

/**
 * The alarms of what customers see: requests that fail, the time of an answer, targets that cannot answer, and whether anybody
 * asks. The controller makes a target group for each service that is reached, replaces it at will and chooses its name, so one
 * alarm looks across all of them.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function loadBalancerAlarms(
    { name, arnSuffix }: WatchedLoadBalancer,
    thresholds: ObservabilitySpec["loadBalancer"],
): AlarmPlan[] {
    const metric = (metricName: string, statistic: Statistic): Metric => ({
        ...{ namespace: "AWS/ApplicationELB", name: metricName, statistic },
        dimensions: { LoadBalancer: arnSuffix },
    });
    const failing = (burnRate: number): Omit<AlarmPlan, "kind" | keyof ReturnType<typeof perMinute>> => {
        const percent = Number(((burnRate * thresholds.failuresPerTenThousand) / 100).toFixed(4));
        return {
            ...{ subject: name, comparison: "above", threshold: percent },
            limit: `${percent} % of requests, which is ${burnRate} times the allowance`,
            metrics: [
                metric("RequestCount", "Sum"),
                metric("HTTPCode_Target_5XX_Count", "Sum"),
                metric("HTTPCode_ELB_5XX_Count", "Sum"),
            ],
            expression: `IF(m1 >= ${fewRequests}, 100 * (FILL(m2, 0) + FILL(m3, 0)) / m1, 0)`,
            measured: "what fails",
            // Without requests there is no count of them.
            missingData: "notBreaching",
        };
    };
    return [
        {
            ...{ kind: "requests-failing", ...failing(burnRates.fast) },
            ...quarterHour,
        },
        {
            ...{ kind: "error-budget-eroding", ...failing(burnRates.slow) },
            ...{ periodSeconds: 86_400, evaluationPeriods: 1, datapointsToAlarm: 1 },
        },
        {
            ...{ kind: "load-balancer-errors", subject: name, comparison: "above" },
            threshold: thresholds.ownErrorsPerMinute,
            limit: `${thresholds.ownErrorsPerMinute} in a minute`,
            metrics: [502, 503, 504].map((code) => metric(`HTTPCode_ELB_${code}_Count`, "Sum")),
            // A code that was not answered has no count.
            expression: "FILL(m1, 0) + FILL(m2, 0) + FILL(m3, 0)",
            measured: "the number of answers 502, 503 and 504",
            ...{ ...perMinute(5, 3), missingData: "notBreaching" },
        },
        {
            ...{ kind: "response-time-high", subject: name, comparison: "above" },
            threshold: thresholds.responseMilliseconds / 1000,
            limit: `${thresholds.responseMilliseconds} ms`,
            metrics: [metric("TargetResponseTime", "p95")],
            ...{ ...quarterHour, missingData: "notBreaching" },
        },
        {
            ...{ kind: "targets-unhealthy", subject: name, comparison: "above" },
            ...{ threshold: 0, limit: "0 pods of a service" },
            metrics: [{ ...metric("UnHealthyHostCount", "Maximum"), across: "TargetGroup" }],
            // A rollout may take new pods so long to start. Without targets there is no count of them.
            ...{ ...perMinute(15, 10), missingData: "notBreaching" },
        },
        ...(thresholds.alwaysInUse ? [silence(name, metric("RequestCount", "Sum"))] : []),
    ];
}

function silence(subject: string, requests: Metric): AlarmPlan {
    return {
        ...{
            kind: "requests-missing",
            subject,
            comparison: "below",
            threshold: 1,
            limit: "1 request",
            metrics: [requests],
        },
        // No request, no count: silence is what the alarm looks for.
        ...{ ...quarterHour, missingData: "breaching" },
    };
}
