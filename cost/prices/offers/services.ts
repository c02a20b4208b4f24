import { gigabyte, gigabyteMonth, hour, millionRequests, month, type PriceRule, tenThousand } from "./rule";

export const services: readonly PriceRule[] = [
    // us-east-1 has names of its own for both.
    { offer: "AWSQueueService", key: "sqs/standard", usage: ["Requests-Tier1", "Requests-RBP"], ...millionRequests },
    {
        ...{ offer: "AWSQueueService", key: "sqs/fifo", ...millionRequests },
        usage: ["Requests-FIFO-Tier1", "Requests-FIFO-RBP"],
    },
    { offer: "awskms", key: "kms/key", usage: ["KMS-Keys"], ...month, listedBy: ["Keys"] },
    {
        offer: "awskms",
        key: "kms/requests",
        usage: ["KMS-Requests"],
        ...tenThousand("requests"),
        listedBy: ["Requests"],
    },
    // Ireland and Singapore are among the regions with the older names.
    {
        ...{ offer: "AWSSecretsManager", key: "secret/month", ...month, listedBy: ["Secrets"] },
        usage: ["AWSSecretsManager-Secrets", "AWSSecretsManager-Secret"],
    },
    {
        ...{ offer: "AWSSecretsManager", key: "secret/calls", ...tenThousand("calls"), listedBy: ["API Requests"] },
        usage: ["AWSSecretsManagerAPIRequest", "AWSSecretsManager-APIRequests"],
    },
];

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_billing.html */
export const monitoring: readonly PriceRule[] = [
    {
        ...{ offer: "AmazonCloudWatch", key: "cloudwatch/alarm", usage: ["CW:AlarmMonitorUsage"] },
        ...{ unit: "metric-month", listedBy: ["Alarms"] },
    },
    {
        // Its unit was not found in any copy of the list.
        ...{ offer: "AmazonCloudWatch", key: "cloudwatch/composite-alarm", ...month, listedBy: ["Alarms"] },
        usage: ["CW:CompositeAlarmMonitorUsage"],
    },
    {
        // Another name, at the same price, is that of dashboards with few metrics.
        ...{ offer: "AmazonCloudWatch-global", key: "cloudwatch/dashboard", ...month, listedBy: ["Dashboards"] },
        usage: ["DashboardsUsageHour"],
    },
    {
        ...{ offer: "AmazonCloudWatch", key: "cloudwatch/logs-ingest", usage: ["DataProcessing-Bytes"], ...gigabyte },
        where: { operation: ["PutLogEvents"] },
    },
    { offer: "AmazonCloudWatch", key: "cloudwatch/logs-storage", usage: ["TimedStorage-ByteHrs"], ...gigabyteMonth },
    {
        // Its unit was not found in any copy of the list.
        ...{ offer: "AmazonCloudWatch", key: "container-insights/observation", usage: ["CW:ObservationUsage"] },
        ...{ unit: "1M observations", times: 1_000_000, listedBy: ["Observations", "Observation"] },
    },
    // Every engine has a row of its own, at one price. The unit of this one was not found in any copy of the list.
    {
        ...{ offer: "AmazonCloudWatch", key: "database-insights-advanced/vcpu", unit: "hour" },
        ...{ usage: ["CW:DatabaseInsights-vCPU-Hours"], listedBy: ["vCPU-Hours", "vCPU-Hour", ...hour.listedBy] },
    },
    // Aurora Limitless has the same usage type, and had the same price.
    {
        ...{ offer: "AmazonCloudWatch", key: "database-insights-advanced/acu", unit: "hour" },
        ...{ usage: ["CW:DatabaseInsights-ACU-Hours"], listedBy: ["ACU-Hours", "ACU-Hour", ...hour.listedBy] },
    },
];
