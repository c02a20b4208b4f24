import { OpsError } from "../ops-error";
import { awsConfiguration, withAws } from "../stack/aws";
import type { QueueAddress, StackQueue } from "../stack/queue-outputs";
import { type MessageCounts, queueState, withSqs } from "./client";

/** What is in one queue. */
export interface Depth extends MessageCounts {
    /** Seconds since its oldest message was sent or, in a dead-letter queue, came there; undefined where CloudWatch has no figure. */
    oldestSeconds?: number;
}

export interface QueueDepth extends Depth {
    queue: string;
    deadLetter: Depth;
}

/** SQS reports to CloudWatch once a minute, and a few minutes late. */
const periodSeconds = 60;
const lookBackSeconds = 15 * 60;

/** What is in queues. `notes` says what could not be had. */
export async function queueDepths(
    region: string,
    queues: StackQueue[],
): Promise<{ depths: QueueDepth[]; notes: string[] }> {
    const states = await withSqs(region, (client) =>
        Promise.all(queues.flatMap((queue) => [queue, queue.deadLetter]).map((one) => queueState(client, one))),
    );
    const { ages, notes } = await oldestAges(
        region,
        queues.flatMap((queue) => [queue, queue.deadLetter]),
    );
    const depth = (index: number): Depth => ({
        ...(states[index]?.counts ?? { waiting: 0, inFlight: 0, delayed: 0 }),
        oldestSeconds: ages[index],
    });
    return {
        depths: queues.map(({ name }, index) => ({
            queue: name,
            ...depth(2 * index),
            deadLetter: depth(2 * index + 1),
        })),
        notes,
    };
}

/** The age of the oldest message of each queue. Only CloudWatch has it; who may not ask it still sees the counts. */
async function oldestAges(
    region: string,
    queues: QueueAddress[],
): Promise<{ ages: (number | undefined)[]; notes: string[] }> {
    const { CloudWatchClient, GetMetricDataCommand } = await import("@aws-sdk/client-cloudwatch");
    const now = Date.now();
    const request = new GetMetricDataCommand({
        StartTime: new Date(now - lookBackSeconds * 1000),
        EndTime: new Date(now),
        ScanBy: "TimestampDescending",
        MetricDataQueries: queues.map(({ physicalName }, index) => ({
            Id: `age${index}`,
            MetricStat: {
                Metric: {
                    Namespace: "AWS/SQS",
                    MetricName: "ApproximateAgeOfOldestMessage",
                    Dimensions: [{ Name: "QueueName", Value: physicalName }],
                },
                Period: periodSeconds,
                Stat: "Maximum",
            },
        })),
    });
    try {
        const client = new CloudWatchClient(awsConfiguration(region));
        const { MetricDataResults = [] } = await withAws(client, "CloudWatch", () => client.send(request));
        const found = new Map(MetricDataResults.map(({ Id, Values }) => [Id, Values?.[0]]));
        return { ages: queues.map((_, index) => found.get(`age${index}`)), notes: [] };
    } catch (error) {
        if (!(error instanceof OpsError)) throw error;
        return {
            ages: queues.map(() => undefined),
            notes: [`how old the oldest messages are is not known: ${error.message}`],
        };
    }
}
