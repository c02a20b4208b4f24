import type { QueueAttributeName, SQSClient } from "@aws-sdk/client-sqs";
import { awsConfiguration, withAws } from "../stack/aws";
import type { QueueAddress } from "../stack/queue-outputs";

/** Asks SQS. */
export async function withSqs<Result>(region: string, work: (client: SQSClient) => Promise<Result>): Promise<Result> {
    const { SQSClient } = await import("@aws-sdk/client-sqs");
    return withAws(new SQSClient(awsConfiguration(region)), "SQS", work);
}

/** How many messages a queue has. SQS counts approximately: it is right a minute after the last change. */
export interface MessageCounts {
    waiting: number;
    /** Received, and neither deleted nor visible again. */
    inFlight: number;
    delayed: number;
}

/** What a queue says of itself, as far as it matters here. */
export interface QueueState {
    counts: MessageCounts;
    /** How often a message is received before it goes to the dead-letter queue; undefined where there is none. */
    maxReceiveCount?: number;
}

export async function queueState(client: SQSClient, { url }: QueueAddress): Promise<QueueState> {
    const { GetQueueAttributesCommand } = await import("@aws-sdk/client-sqs");
    const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
    );
    const count = (name: QueueAttributeName) => Number(Attributes[name] ?? 0);
    const { maxReceiveCount } = JSON.parse(Attributes.RedrivePolicy ?? "{}") as { maxReceiveCount?: number | string };
    return {
        counts: {
            waiting: count("ApproximateNumberOfMessages"),
            inFlight: count("ApproximateNumberOfMessagesNotVisible"),
            delayed: count("ApproximateNumberOfMessagesDelayed"),
        },
        maxReceiveCount: maxReceiveCount === undefined ? undefined : Number(maxReceiveCount),
    };
}

/** All messages of a queue, whatever their state. */
export function total({ waiting, inFlight, delayed }: MessageCounts): number {
    return waiting + inFlight + delayed;
}
