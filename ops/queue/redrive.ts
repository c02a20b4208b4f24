import type { ListMessageMoveTasksResultEntry, SQSClient } from "@aws-sdk/client-sqs";
import { interruptible, pause } from "../interrupt";
import { OpsError, Refusal } from "../ops-error";
import { durationText, progress } from "../print";
import type { StackQueue } from "../stack/queue-outputs";
import { queueState, total } from "./client";

export interface RedriveResult {
    moved: number;
    /** Whether the watcher was interrupted, and SQS goes on. */
    running: boolean;
}

const pollMilliseconds = 1_000;
/** How long a task that was started may take to be shown. */
const appearMilliseconds = 30_000;

/** Refuses where a task runs already: SQS has one at a time. Returns when the newest one began, if there was one. */
export async function refuseSecondTask(client: SQSClient, { name, deadLetter }: StackQueue) {
    const task = await newestTask(client, deadLetter.arn);
    if (task?.Status === "RUNNING")
        throw new Refusal(`a redrive of ${name} runs already (${shareText(task)}); give --watch or --cancel`);
    return task?.StartedTimestamp;
}

/** Has SQS move the messages to the queue they came from. */
export async function startRedrive(
    client: SQSClient,
    { deadLetter }: StackQueue,
    rate: number | undefined,
): Promise<void> {
    const { StartMessageMoveTaskCommand } = await import("@aws-sdk/client-sqs");
    await client.send(
        new StartMessageMoveTaskCommand({ SourceArn: deadLetter.arn, MaxNumberOfMessagesPerSecond: rate }),
    );
}

/**
 * Says how far the newest task is until it ends. An interrupt ends the watching and not the task.
 * @param before when the last one began before this one was started: SQS may still show that one for a moment
 */
export function watchRedrive(client: SQSClient, queue: StackQueue, before?: number): Promise<RedriveResult> {
    return interruptible(async (signal) => {
        const began = Date.now();
        let movedBefore: number | undefined;
        for (;;) {
            const task = await newestTask(client, queue.deadLetter.arn);
            if (!task || task.StartedTimestamp === before) {
                if (Date.now() - began > appearMilliseconds)
                    throw new OpsError(`SQS shows no redrive of ${queue.name}`);
                await pause(pollMilliseconds, signal);
                if (signal.aborted) return { moved: 0, running: true };
                continue;
            }
            const moved = task.ApproximateNumberOfMessagesMoved ?? 0;
            if (task.Status === "COMPLETED") return { moved, running: false };
            if (task.Status === "FAILED" || task.Status === "CANCELLED") throw await ended(client, queue, task);
            movedBefore ??= moved;
            progress(`${shareText(task)}${remaining(task, moved - movedBefore, (Date.now() - began) / 1000)}`);
            await pause(pollMilliseconds, signal);
            if (signal.aborted) return { moved, running: true };
        }
    });
}

/** Stops the task that runs. */
export async function cancelRedrive(client: SQSClient, queue: StackQueue): Promise<RedriveResult> {
    const { CancelMessageMoveTaskCommand } = await import("@aws-sdk/client-sqs");
    const task = await newestTask(client, queue.deadLetter.arn);
    if (task?.Status !== "RUNNING") throw new OpsError(`no redrive of ${queue.name} runs`);
    const { ApproximateNumberOfMessagesMoved: moved = 0 } = await client.send(
        new CancelMessageMoveTaskCommand({ TaskHandle: task.TaskHandle }),
    );
    return { moved, running: false };
}

async function newestTask(client: SQSClient, sourceArn: string): Promise<ListMessageMoveTasksResultEntry | undefined> {
    const { ListMessageMoveTasksCommand } = await import("@aws-sdk/client-sqs");
    const { Results = [] } = await client.send(
        new ListMessageMoveTasksCommand({ SourceArn: sourceArn, MaxResults: 1 }),
    );
    return Results[0];
}

async function ended(client: SQSClient, queue: StackQueue, task: ListMessageMoveTasksResultEntry): Promise<OpsError> {
    const { counts } = await queueState(client, queue.deadLetter);
    const how =
        task.Status === "CANCELLED" ? "was cancelled" : `failed: ${task.FailureReason ?? "SQS gives no reason"}`;
    return new OpsError(
        `the redrive ${how}; ${shareText(task)}, and ${total(counts)} are still in ${queue.deadLetter.name}`,
    );
}

function shareText({ ApproximateNumberOfMessagesMoved: moved = 0, ...task }: ListMessageMoveTasksResultEntry): string {
    const { ApproximateNumberOfMessagesToMove: all } = task;
    return all ? `${moved} of ${all} moved (${Math.floor((100 * moved) / all)} %)` : `${moved} moved`;
}

function remaining(task: ListMessageMoveTasksResultEntry, moved: number, seconds: number): string {
    const left = (task.ApproximateNumberOfMessagesToMove ?? 0) - (task.ApproximateNumberOfMessagesMoved ?? 0);
    if (moved <= 0 || left <= 0 || seconds <= 0) return "";
    return `, ${(moved / seconds).toFixed(1)} a second, about ${durationText((left * seconds) / moved)} to go`;
}
