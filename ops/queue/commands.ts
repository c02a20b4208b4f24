import { exitCodes, Refusal } from "../ops-error";
import { type ChangeOptions, type StackOptions, wholeOf } from "../options";
import { durationText, printer, progress } from "../print";
import { recorded } from "../record";
import { findEither, findQueue, queueOutputs } from "../stack/queue-outputs";
import { queueState, total, withSqs } from "./client";
import type { QueueCommands } from "./command-line";
import { type Depth, type QueueDepth, queueDepths } from "./depth";
import { type PeekedMessage, peek } from "./peek";
import { purgeQueue } from "./purge";
import { cancelRedrive, type RedriveResult, refuseSecondTask, startRedrive, watchRedrive } from "./redrive";

export type DepthOptions = StackOptions;

export interface PeekOptions extends StackOptions {
    count: string;
    hold: string;
    acceptReceives?: boolean;
}

export interface RedriveOptions extends ChangeOptions {
    rate?: string;
    watch?: boolean;
    cancel?: boolean;
}

export interface PurgeOptions extends ChangeOptions {
    confirm?: string;
}

/** How much of a body is shown to people. */
const bodyCharacters = 200;

/** The commands on the queues of a stack. `end` is given an exit code other than 0. */
export function queueCommands(stack: string | undefined, end: (code: number) => void): QueueCommands {
    return {
        async depth(names, options) {
            const { region, queues } = queueOutputs({ ...options, stack });
            const asked = names.length === 0 ? queues : names.map((name) => findQueue(queues, name));
            const { depths, notes } = await queueDepths(region, asked);
            printer(options)(depths.map(depthText).join("\n"), { queues: depths, notes });
            for (const note of notes) progress(`warning: ${note}`);
            if (depths.some(({ deadLetter }) => total(deadLetter) > 0)) end(exitCodes.unhealthy);
        },
        async peek(name, options) {
            const limits = {
                count: wholeOf("--count", options.count, 1, 1_000),
                holdSeconds: wholeOf("--hold", options.hold, 10, 600),
                acceptReceives: options.acceptReceives === true,
            };
            const { region, queues } = queueOutputs({ ...options, stack });
            const { queue, main } = findEither(queues, name);
            const peeked = await peek(region, queue, main, limits);
            const { messages, heldBack } = peeked;
            const lines = messages.map(messageText);
            if (heldBack > 0)
                lines.push(`${heldBack} could not be given back at once: hidden for ${limits.holdSeconds} s at most`);
            printer(options)(lines.join("\n") || `Nothing in ${name} can be received now.`, { queue: name, ...peeked });
        },
        async redrive(name, options) {
            const rate = options.rate === undefined ? undefined : wholeOf("--rate", options.rate, 1, 500);
            const { region, queues } = queueOutputs({ ...options, stack });
            const queue = findQueue(queues, name);
            const print = printer(options);
            const change = { stack, records: options.records, command: "queue redrive", target: queue.deadLetter.arn };
            await withSqs(region, async (client) => {
                if (options.cancel) {
                    if (options.dryRun)
                        return print(`The redrive of ${name} would be cancelled.`, { planned: "cancel" });
                    const cancel = { ...change, command: "queue redrive --cancel" };
                    const result = await recorded(cancel, () => cancelRedrive(client, queue));
                    return print(`Cancelled; ${result.moved} were moved.`, result);
                }
                if (options.watch) {
                    const result = await watchRedrive(client, queue);
                    return print(redriveText(name, result), result);
                }
                const before = await refuseSecondTask(client, queue);
                const messages = total((await queueState(client, queue.deadLetter)).counts);
                const plan = { messages, from: queue.deadLetter.name, to: name, rate };
                if (messages === 0) return print(`${queue.deadLetter.name} is empty.`, { moved: 0, running: false });
                if (options.dryRun)
                    return print(`${messages} would go from ${plan.from} to ${name}, ${rateText(rate)}.`, plan);
                const result = await recorded({ ...change, plan }, async () => {
                    await startRedrive(client, queue, rate);
                    return watchRedrive(client, queue, before);
                });
                print(redriveText(name, result), result);
            });
        },
        async purge(name, options) {
            const { region, queues } = queueOutputs({ ...options, stack });
            const { queue } = findEither(queues, name);
            const print = printer(options);
            await withSqs(region, async (client) => {
                const { counts } = await queueState(client, queue);
                const plan = { queue: queue.physicalName, ...counts };
                const size = `${counts.waiting} waiting, ${counts.inFlight} in flight and ${counts.delayed} delayed`;
                if (options.dryRun) return print(`${size} would be deleted from ${queue.physicalName}.`, plan);
                if (options.confirm !== queue.physicalName)
                    throw new Refusal(
                        `purge would delete ${size} from ${name}, for ever; give --confirm ${queue.physicalName}`,
                    );
                const change = { stack, records: options.records, command: "queue purge", target: queue.arn, plan };
                await recorded(change, () => purgeQueue(client, queue));
                print(`${queue.physicalName} is being emptied; SQS takes up to a minute.`, { purged: plan });
            });
        },
    };
}

function depthText({ queue, deadLetter, ...depth }: QueueDepth): string {
    const failed = total(deadLetter);
    return `${queue}: ${countsText(depth)}\n  dead-letter queue: ${failed === 0 ? "empty" : countsText(deadLetter)}`;
}

function countsText({ waiting, inFlight, delayed, oldestSeconds }: Depth): string {
    const oldest = oldestSeconds === undefined ? "" : `; the oldest is ${durationText(oldestSeconds)} old`;
    return `${waiting} waiting, ${inFlight} in flight, ${delayed} delayed${oldest}`;
}

function messageText({ id, sentAt, receives, group, attributes, body, lastReceive }: PeekedMessage): string {
    const line = body.replaceAll(/[\p{Cc}\s]+/gu, " ");
    const shown = line.length > bodyCharacters ? `${line.slice(0, bodyCharacters)}… (--json shows all)` : line;
    return [
        `${id} sent ${sentAt}, received ${receives} times with this look${group === undefined ? "" : `, group ${group}`}`,
        ...(lastReceive ? ["  its next receive moves it to the dead-letter queue"] : []),
        ...Object.entries(attributes).map(([key, value]) => `  ${key}: ${value.replaceAll(/\p{Cc}+/gu, " ")}`),
        `  ${shown}`,
    ].join("\n");
}

function redriveText(name: string, { moved, running }: RedriveResult): string {
    if (!running) return `${moved} went back to ${name}.`;
    return `SQS goes on; ${moved} have gone back to ${name} so far. --watch watches again, --cancel stops it.`;
}

function rateText(rate: number | undefined): string {
    return rate === undefined ? "as fast as SQS chooses" : `at most ${rate} a second`;
}
