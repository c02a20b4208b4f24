import type * as pulumi from "@pulumi/pulumi";
import type { QueueSpec } from "../../queue/spec";
import { type AlarmPlan, perMinute } from "../alarm";
import type { Statistic } from "../metric";
import type { ObservabilitySpec } from "../spec";

/** A queue to watch. */
export interface WatchedQueue {
    /** Its name in alarms: `orders`. */
    name: string;
    spec: Pick<QueueSpec, "visibilityTimeoutSeconds">;
    queueName: pulumi.Input<string>;
    deadLetterQueueName: pulumi.Input<string>;
}

type Thresholds = ObservabilitySpec["queues"];

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const maximumInFlight = 120_000;
const minimumAgeSeconds = 300;

/**
 * The alarms of a queue and of its dead-letter queue. The latter has none on age: what is in it stays until somebody looks,
 * and is always old.
 */
export function queueAlarms(queue: WatchedQueue, thresholds: Thresholds): AlarmPlan[] {
    const { name, spec, queueName, deadLetterQueueName } = queue;
    const metric = (of: string, statistic: Statistic, watched = queueName) => [
        { namespace: "AWS/SQS", name: of, statistic, dimensions: { QueueName: watched } },
    ];
    const age = ageThreshold(spec.visibilityTimeoutSeconds, thresholds.ageInVisibilityTimeouts);
    const inFlight = (maximumInFlight * thresholds.inFlightPercent) / 100;
    // A queue without messages reports nothing after six hours, so silence is no failure.
    const steady = { subject: name, ...perMinute(15), missingData: "missing", comparison: "at or above" } as const;
    return [
        {
            ...{ ...steady, kind: "queue-age-high", threshold: age, limit: `${age} s` },
            metrics: metric("ApproximateAgeOfOldestMessage", "Maximum"),
        },
        {
            ...{ ...steady, kind: "queue-depth-high", threshold: thresholds.waitingMessages },
            limit: `${thresholds.waitingMessages} messages`,
            metrics: metric("ApproximateNumberOfMessagesVisible", "Average"),
        },
        {
            ...{ ...steady, kind: "queue-in-flight-high", threshold: inFlight },
            limit: `${thresholds.inFlightPercent} % of ${maximumInFlight} messages`,
            metrics: metric("ApproximateNumberOfMessagesNotVisible", "Average"),
        },
        ...(thresholds.alwaysInUse.includes(name)
            ? [
                  {
                      ...({ ...steady, kind: "queue-silent", comparison: "at or below", threshold: 0 } as const),
                      limit: "0 messages a minute",
                      metrics: metric("NumberOfMessagesSent", "Sum"),
                      // Somebody is expected to send, so that silence is what this looks for.
                      missingData: "breaching" as const,
                  },
              ]
            : []),
        {
            ...{ kind: "dead-letter-queue-not-empty", subject: name, comparison: "above", threshold: 0 },
            limit: "0 messages",
            metrics: metric("ApproximateNumberOfMessagesVisible", "Maximum", deadLetterQueueName),
            ...perMinute(1),
            missingData: "notBreaching",
        },
    ];
}

/** Seconds after which the oldest message is late: some visibility timeouts, in which a consumer has tried it as often. */
export function ageThreshold(visibilityTimeoutSeconds: number, timeouts: number): number {
    return Math.max(minimumAgeSeconds, timeouts * visibilityTimeoutSeconds);
}
