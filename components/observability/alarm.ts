import type { AlarmKindName } from "./kinds";
import type { Metric } from "./metric";

/** Which side of its threshold a metric has to be on for the alarm. */
export type Comparison = "above" | "at or above" | "below" | "at or below";

/**
 * What an alarm makes of a period without data. `breaching`: what is watched always reports, so silence means that it is down.
 * `missing`: the alarm has no state then. `notBreaching`: nothing is reported where nothing happens.
 */
export type MissingData = "breaching" | "missing" | "notBreaching";

/** When an alarm fires: the threshold, and what it is in words. */
export type Limit = [comparison: Comparison, threshold: number, words: string];

/** An alarm before it is created. */
export interface AlarmPlan {
    kind: AlarmKindName;
    /** What it watches, in names: `database-primary`. */
    subject: string;
    /** One metric, or the same of up to ten resources, of which any may fire: the highest or the lowest value counts. */
    metrics: Metric[];
    /** What is computed of the metrics, which are `m1`, `m2` and so on in it, in place of the highest or the lowest value. */
    expression?: string;
    /** What `expression` is in words, for the description. */
    measured?: string;
    comparison: Comparison;
    threshold: number;
    /** The threshold in words, for the description: `80 % of 200 connections`. */
    limit: string;
    periodSeconds: number;
    evaluationPeriods: number;
    datapointsToAlarm: number;
    missingData: MissingData;
}

/** An alarm on several alarms, before it is created. */
export interface CompositePlan {
    kind: AlarmKindName;
    subject: string;
    /** Names of alarms: of each group, one at least has to be in alarm. */
    allOf: string[][];
}

/** An alarm's part of names. */
export function alarmPart({ subject, kind }: Pick<AlarmPlan, "subject" | "kind">): string {
    return `${subject}-${kind}`;
}

/** When an alarm looks: `datapoints` of so many minutes in a row, or of more of them. */
export function perMinute(evaluationPeriods: number, datapointsToAlarm = evaluationPeriods) {
    return { periodSeconds: 60, evaluationPeriods, datapointsToAlarm };
}
