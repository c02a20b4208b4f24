import type { SQSClient } from "@aws-sdk/client-sqs";
import { OpsError } from "../ops-error";
import type { QueueAddress } from "../stack/queue-outputs";

/** Deletes all messages of a queue, those in flight too. */
export async function purgeQueue(client: SQSClient, { url, name }: QueueAddress): Promise<{ purged: string }> {
    const { PurgeQueueCommand, PurgeQueueInProgress } = await import("@aws-sdk/client-sqs");
    try {
        await client.send(new PurgeQueueCommand({ QueueUrl: url }));
        return { purged: name };
    } catch (error) {
        if (!(error instanceof PurgeQueueInProgress)) throw error;
        throw new OpsError(`${name} is being emptied already; SQS does it once a minute`, { cause: error });
    }
}
