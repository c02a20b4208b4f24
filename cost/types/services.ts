import { isRecord } from "../plan/resource";
import { type PricedType, used } from "../priced-type";

/** How small CloudWatch makes logs that it stores, in its own examples of prices. */
const LOG_COMPRESSION = 0.15;
/** For how many months logs without an end are counted. */
const ENDLESS_MONTHS = 12;

const queue: PricedType = {
    reads: ["fifoQueue"],
    charges: (own, { usage }) => [
        used("queueMillions", usage.queueMillions, own.flag("fifoQueue") ? "sqs/fifo" : "sqs/standard", "requests"),
    ],
};

const key: PricedType = {
    reads: [],
    charges: (_, { usage }) => [
        { price: "kms/key", quantity: 1, what: "key" },
        used("keyRequestsTenThousands", usage.keyRequestsTenThousands, "kms/requests", "requests"),
    ],
};

const secret: PricedType = {
    reads: [],
    charges: (_, { usage }) => [
        { price: "secret/month", quantity: 1, what: "secret" },
        used("secretReadsTenThousands", usage.secretReadsTenThousands, "secret/calls", "readings"),
    ],
};

/** CloudWatch charges an alarm by the metrics that its expression reads. */
const metricAlarm: PricedType = {
    reads: ["metricQueries"],
    charges: (own) => {
        const metrics = own.list("metricQueries").filter((query) => isRecord(query) && query.metric !== undefined);
        const count = Math.max(1, metrics.length);
        const what = count > 1 ? `alarm on ${count} metrics` : "alarm";
        return [{ price: "cloudwatch/alarm", quantity: count, what }];
    },
};

const compositeAlarm: PricedType = {
    reads: [],
    charges: () => [{ price: "cloudwatch/composite-alarm", quantity: 1, what: "composite alarm" }],
};

const dashboard: PricedType = {
    reads: [],
    charges: () => [{ price: "cloudwatch/dashboard", quantity: 1, what: "dashboard" }],
};

/** What AWS itself writes has a price of its own where that is said in the group's name. */
const logGroup: PricedType = {
    reads: ["retentionInDays", "name"],
    charges: (own, { usage }) => {
        const days = own.number("retentionInDays") ?? 0;
        const months = days > 0 ? days / 30 : ENDLESS_MONTHS;
        const stored = usage.logGroupGb * months * LOG_COMPRESSION;
        return [
            used("logGroupGb", usage.logGroupGb, "cloudwatch/logs-ingest", "logs that it takes in"),
            used(
                "logGroupGb",
                stored,
                "cloudwatch/logs-storage",
                `logs that it keeps for ${days || "365 or more"} days`,
            ),
        ];
    },
};

const backupVault: PricedType = {
    reads: [],
    charges: (_, { usage }) => [used("backupVaultGb", usage.backupVaultGb, "backup/rds-warm", "backups")],
};

export const services: Readonly<Record<string, PricedType>> = {
    "aws:sqs/queue:Queue": queue,
    "aws:kms/key:Key": key,
    "aws:secretsmanager/secret:Secret": secret,
    "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": compositeAlarm,
    "aws:cloudwatch/dashboard:Dashboard": dashboard,
    "aws:cloudwatch/logGroup:LogGroup": logGroup,
    "aws:backup/vault:Vault": backupVault,
};
