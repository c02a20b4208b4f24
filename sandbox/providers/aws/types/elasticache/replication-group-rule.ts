import { type Inputs, malformed, outside, type Rejection, unlisted } from "../../resource-type";

/** The cluster mode, by default derived from the number of shards. */
export function modeOf(inputs: Inputs): string {
    return inputs.text("clusterMode") || (inputs.has("numNodeGroups") ? "enabled" : "disabled");
}

export function isSharded(inputs: Inputs): boolean {
    return modeOf(inputs) === "enabled";
}

export function nodes(inputs: Inputs): number {
    if (inputs.has("numNodeGroups"))
        return (inputs.number("numNodeGroups") ?? 1) * (1 + (inputs.number("replicasPerNodeGroup") ?? 0));
    return inputs.number("numCacheClusters") ?? 1;
}

export const groupRules: Rejection<Inputs>[] = [
    malformed(
        "replicationGroupId",
        /^[a-z](?!.*--)[a-z0-9-]{0,39}(?<!-)$/,
        "1 to 40 lower-case letters, digits and hyphens, a letter first, no two hyphens together and none at the end",
    ),
    unlisted("engine", ["redis", "valkey"]),
    outside("snapshotRetentionLimit", 0, 35),
    outside("numNodeGroups", 1, 500),
    malformed("notificationTopicArn", /^arn:aws[a-z-]*:sns:/, "it is the ARN of an SNS topic"),
    malformed("snapshotWindow", /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, "hh24:mi-hh24:mi, in UTC"),
    malformed(
        "maintenanceWindow",
        /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/i,
        "ddd:hh24:mi-ddd:hh24:mi, in UTC",
    ),
    {
        code: "InvalidParameterCombination",
        at: "multiAzEnabled",
        when: (inputs) => inputs.flag("multiAzEnabled") && !inputs.flag("automaticFailoverEnabled"),
        say: () => "Multi-AZ can only be enabled with automatic failover",
    },
    {
        code: "InvalidParameterCombination",
        at: "automaticFailoverEnabled",
        when: (inputs) => inputs.flag("automaticFailoverEnabled") && !isSharded(inputs) && nodes(inputs) < 2,
        say: () => "Automatic failover is not supported for replication groups with less than 2 nodes",
    },
    {
        code: "InvalidParameterCombination",
        at: "authToken",
        when: (inputs) => inputs.has("authToken") && !inputs.flag("transitEncryptionEnabled"),
        say: () => "AUTH token is only allowed when transit encryption is enabled",
    },
    {
        code: "InvalidParameterValue",
        at: "authToken",
        when: (inputs) => inputs.has("authToken") && !/^[A-Za-z0-9!&#$^<>-]{16,128}$/.test(inputs.text("authToken")),
        say: () => "AuthToken must be 16 to 128 letters, digits and !&#$^<>-",
    },
    {
        code: "InvalidParameterCombination",
        at: "authTokenUpdateStrategy",
        when: (inputs) => inputs.text("authTokenUpdateStrategy") === "DELETE" && inputs.has("authToken"),
        say: () => "AuthTokenUpdateStrategy DELETE takes no AuthToken",
    },
    {
        code: "InvalidParameterCombination",
        at: "transitEncryptionMode",
        when: (inputs) => inputs.has("transitEncryptionMode") && !inputs.flag("transitEncryptionEnabled"),
        say: () => "TransitEncryptionMode needs transit encryption",
    },
    {
        code: "InvalidParameterCombination",
        at: "snapshotRetentionLimit",
        when: (inputs) =>
            (inputs.number("snapshotRetentionLimit") ?? 0) > 0 && /^cache\.t1\./.test(inputs.text("nodeType")),
        say: () => "Snapshotting is not supported on cache.t1 nodes",
    },
    {
        code: "InvalidParameterCombination",
        at: "logDeliveryConfigurations",
        when: (inputs) => {
            const kinds = inputs.blocks("logDeliveryConfigurations").map((block) => block.text("logType"));
            return new Set(kinds).size < kinds.length;
        },
        say: () => "LogDeliveryConfigurations may name each LogType once",
    },
    {
        code: "InvalidParameterValue",
        at: "logDeliveryConfigurations",
        when: (inputs) => inputs.blocks("logDeliveryConfigurations").some((block) => !isLogDelivery(block)),
        say: () =>
            "LogDeliveryConfigurations take slow-log or engine-log, as text or json, to cloudwatch-logs or kinesis-firehose",
    },
];

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_LogDeliveryConfigurationRequest.html */
function isLogDelivery(block: Inputs): boolean {
    return (
        ["slow-log", "engine-log"].includes(block.text("logType")) &&
        ["text", "json"].includes(block.text("logFormat")) &&
        ["cloudwatch-logs", "kinesis-firehose"].includes(block.text("destinationType"))
    );
}
