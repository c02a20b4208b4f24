import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import { interruptible } from "../interrupt";
import { OpsError, Refusal } from "../ops-error";
import type { QueueAddress, StackQueue } from "../stack/queue-outputs";
import { queueState, withSqs } from "./client";

export interface PeekLimits {
    /** Messages at most. */
    count: number;
    /** How long they are hidden from consumers at most. */
    holdSeconds: number;
    /** Whether a look may use up a receive of a message that has a limited number of them. */
    acceptReceives: boolean;
}

/** A message as it is in the queue. */
export interface PeekedMessage {
    id: string;
    sentAt?: string;
    firstReceivedAt?: string;
    /** How often it was received, this look included. */
    receives: number;
    group?: string;
    attributes: Record<string, string>;
    body: string;
    /** Whether its next receive moves it to the dead-letter queue. */
    lastReceive: boolean;
}

export interface Peeked {
    messages: PeekedMessage[];
    maxReceiveCount?: number;
    /** Messages that could not be given back at once: they are visible again when the hold ends. */
    heldBack: number;
}

/** The most that one receive returns. */
const batch = 10;
/** How long a receive waits. With 0, SQS would ask only some of its servers. */
const waitSeconds = 1;
/** How much of the hold is left for giving the messages back. */
const reserveSeconds = 5;

/** Looks at messages and leaves them in the queue. Killed, it leaves them hidden until the hold ends, and no longer. */
export function peek(region: string, queue: QueueAddress, main: StackQueue | undefined, limits: PeekLimits) {
    return withSqs(region, async (client): Promise<Peeked> => {
        const { maxReceiveCount } = await queueState(client, queue);
        if (main && maxReceiveCount !== undefined) refuseReceives(main, maxReceiveCount, limits);
        const { received, heldBack } = await interruptible((signal) => look(client, queue, limits, signal));
        return {
            messages: received.map((message) => described(message, maxReceiveCount)),
            maxReceiveCount,
            heldBack,
        };
    });
}

function refuseReceives({ name, deadLetter }: StackQueue, most: number, { acceptReceives }: PeekLimits): void {
    if (most === 1)
        throw new Refusal(
            `a message of ${name} is received once and then goes to ${deadLetter.name}: a look would send it there`,
        );
    if (!acceptReceives)
        throw new Refusal(
            `a message of ${name} goes to ${deadLetter.name} after ${most} receives, and each look is one: those that have failed ${most - 1} times would go there with the next; give --accept-receives if that is well`,
        );
}

/** Receives messages, holding each until all are there so that none comes twice, and gives them back. */
async function look(client: SQSClient, { url }: QueueAddress, limits: PeekLimits, signal: AbortSignal) {
    const { ReceiveMessageCommand } = await import("@aws-sdk/client-sqs");
    const received = new Map<string, Message>();
    const holdEnd = Date.now() + limits.holdSeconds * 1000;
    const end = holdEnd - reserveSeconds * 1000;
    try {
        while (received.size < limits.count && !signal.aborted && Date.now() + waitSeconds * 1000 < end) {
            const { Messages = [] } = await client.send(
                new ReceiveMessageCommand({
                    QueueUrl: url,
                    MaxNumberOfMessages: Math.min(batch, limits.count - received.size),
                    VisibilityTimeout: limits.holdSeconds,
                    WaitTimeSeconds: waitSeconds,
                    MessageSystemAttributeNames: ["All"],
                    MessageAttributeNames: ["All"],
                }),
            );
            if (Messages.length === 0) break;
            for (const message of Messages) received.set(message.MessageId ?? "", message);
        }
    } catch (error) {
        await giveBack(client, url, [...received.values()], holdEnd);
        throw error;
    }
    return { received: [...received.values()], heldBack: await giveBack(client, url, [...received.values()], holdEnd) };
}

/**
 * Makes messages visible again, the first first, and returns how many it could not. After the hold it leaves them alone:
 * a consumer may have them.
 */
async function giveBack(client: SQSClient, url: string, messages: Message[], holdEnd: number): Promise<number> {
    const { ChangeMessageVisibilityBatchCommand } = await import("@aws-sdk/client-sqs");
    let failed = 0;
    for (let start = 0; start < messages.length; start += batch) {
        if (Date.now() >= holdEnd) return failed + messages.length - start;
        const some = messages.slice(start, start + batch);
        const request = new ChangeMessageVisibilityBatchCommand({
            QueueUrl: url,
            Entries: some.map(({ ReceiptHandle }, index) => ({
                Id: String(index),
                ReceiptHandle,
                VisibilityTimeout: 0,
            })),
        });
        const failures = await client.send(request).then(
            ({ Failed = [] }) => Failed.length,
            () => some.length,
        );
        failed += failures;
    }
    return failed;
}

function described(message: Message, maxReceiveCount: number | undefined): PeekedMessage {
    const { MessageId, Attributes = {}, MessageAttributes = {}, Body } = message;
    if (MessageId === undefined || Body === undefined) throw new OpsError("SQS returned a message without id or body");
    const time = (text: string | undefined) => (text === undefined ? undefined : new Date(Number(text)).toISOString());
    const receives = Number(Attributes.ApproximateReceiveCount ?? 0);
    return {
        id: MessageId,
        sentAt: time(Attributes.SentTimestamp),
        firstReceivedAt: time(Attributes.ApproximateFirstReceiveTimestamp),
        receives,
        group: Attributes.MessageGroupId,
        attributes: Object.fromEntries(
            Object.entries(MessageAttributes).map(([name, { StringValue, DataType }]) => [
                name,
                StringValue ?? `(${DataType})`,
            ]),
        ),
        body: Body,
        lastReceive: maxReceiveCount !== undefined && receives >= maxReceiveCount,
    };
}
