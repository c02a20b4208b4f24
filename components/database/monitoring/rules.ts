import { logRetention } from "../../logs";
import { listed, oneOf, type Rule } from "../../validation";
import { engines, hasInsights } from "../engines/engines";
import type { DatabaseSpec } from "../spec";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const intervals = [0, 1, 5, 10, 15, 30, 60];

const retention = logRetention("logRetentionDays");

/** The rules on what a spec says of monitoring. */
export const monitoringRules: Rule<DatabaseSpec>[] = [
    {
        at: "monitoringIntervalSeconds",
        when: ({ monitoringIntervalSeconds }) => !intervals.includes(monitoringIntervalSeconds),
        say: ({ monitoringIntervalSeconds }) =>
            `${monitoringIntervalSeconds} is not an interval that RDS has; give ${listed(intervals.map(String))}`,
    },
    oneOf("insights", ["off", "standard", "advanced"], "a mode of Database Insights"),
    {
        at: "insights",
        when: (spec) => spec.insights !== "off" && !hasInsights(spec),
        say: ({ engine, insights, instanceClass }) =>
            `${insights} is not for ${engines[engine].label} on ${instanceClass}; give off, or a larger instanceClass`,
    },
    { ...retention, when: (spec) => spec.exportLogs && retention.when(spec) },
];
