import type { Creation, Inputs, Rejection } from "../../resource-type";
import { ROLE, ROLE_POLICY_ATTACHMENT } from "../iam/role";

const INTERVALS = [0, 1, 5, 10, 15, 30, 60];
/** The minimum retention in days of the advanced mode of Database Insights. */
const ADVANCED_RETENTION = 465;

/**
 * The logs that each engine exports.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
 */
const LOGS: Record<string, readonly string[]> = {
    postgres: ["postgresql", "upgrade", "iam-db-auth-error"],
    mysql: ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
    "aurora-postgresql": ["postgresql", "instance", "iam-db-auth-error"],
    "aurora-mysql": ["audit", "error", "general", "slowquery", "instance", "iam-db-auth-error"],
};

function strangeLogs(inputs: Inputs): string[] {
    const logs = LOGS[inputs.text("engine")];
    return logs ? inputs.texts("enabledCloudwatchLogsExports").filter((log) => !logs.includes(log)) : [];
}

/** What RDS refuses of Enhanced Monitoring. */
export const systemRejections: Rejection<Inputs>[] = [
    {
        code: "InvalidParameterValue",
        at: "monitoringInterval",
        when: (inputs) =>
            inputs.has("monitoringInterval") && !INTERVALS.includes(inputs.number("monitoringInterval") ?? 0),
        say: (inputs) =>
            `The monitoring interval must be one of ${INTERVALS.join(", ")}, got ${inputs.text("monitoringInterval")}`,
    },
    {
        code: "InvalidParameterCombination",
        at: "monitoringRoleArn",
        when: (inputs) => (inputs.number("monitoringInterval") ?? 0) > 0 && !inputs.has("monitoringRoleArn"),
        say: () => "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
    },
];

/**
 * What RDS refuses of an instance's or a cluster's monitoring by its inputs alone.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export const monitoringRejections: Rejection<Inputs>[] = [
    ...systemRejections,
    {
        code: "InvalidParameterCombination",
        at: "databaseInsightsMode",
        when: (inputs) =>
            inputs.text("databaseInsightsMode") === "advanced" &&
            (!inputs.flag("performanceInsightsEnabled") ||
                (inputs.number("performanceInsightsRetentionPeriod") ?? 7) < ADVANCED_RETENTION),
        say: () =>
            `To enable the Advanced mode of Database Insights, enable Performance Insights and set its retention period to at least ${ADVANCED_RETENTION} days`,
    },
    {
        code: "InvalidParameterCombination",
        at: "performanceInsightsEnabled",
        // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html
        when: (inputs) =>
            inputs.flag("performanceInsightsEnabled") &&
            inputs.text("engine") === "mysql" &&
            /^db\.(t2|t3|t4g)\.(micro|small)$/.test(inputs.text("instanceClass")),
        say: () => "Performance Insights not supported for this configuration.",
    },
    {
        code: "InvalidParameterCombination",
        at: "enabledCloudwatchLogsExports",
        when: (inputs) => strangeLogs(inputs).length > 0,
        say: (inputs) =>
            `You cannot use the log types '${strangeLogs(inputs).join(", ")}' with engine version ${inputs.text("engine")} ${inputs.text("engineVersion")}.`,
    },
];

/** Whether the role of Enhanced Monitoring has AWS's policy attached. The sandbox reads no other policies. */
function mayMonitor({ inputs, find, all }: Creation): boolean {
    const role = find(ROLE, inputs.text("monitoringRoleArn"));
    return all(ROLE_POLICY_ATTACHMENT).some(
        (attachment) =>
            attachment.inputs.role === role?.id &&
            String(attachment.inputs.policyArn).endsWith(":policy/service-role/AmazonRDSEnhancedMonitoringRole"),
    );
}

/** What RDS refuses because of what is in the account. */
export const monitoringConflicts: Rejection<Creation>[] = [
    {
        code: "InvalidParameterValue",
        at: "monitoringRoleArn",
        when: (creation) => creation.inputs.has("monitoringRoleArn") && !mayMonitor(creation),
        say: () =>
            "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING",
    },
];
