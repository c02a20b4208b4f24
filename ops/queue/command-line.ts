import { type Command, Option } from "commander";
import { changing, onStack } from "../options";
import type { DepthOptions, PeekOptions, PurgeOptions, RedriveOptions } from "./commands";

/** What the commands do. */
export interface QueueCommands {
    depth(names: string[], options: DepthOptions): Promise<void>;
    peek(name: string, options: PeekOptions): Promise<void>;
    redrive(name: string, options: RedriveOptions): Promise<void>;
    purge(name: string, options: PurgeOptions): Promise<void>;
}

const queueArgument = "its name in plinth:queues; <name>-dead-letter is its dead-letter queue";

/** Adds the commands on queues. */
export function addQueueCommands(program: Command, commands: QueueCommands): void {
    const queue = program.command("queue").description("The queues of SQS, and their dead-letter queues.");

    onStack(queue.command("depth"))
        .description("How much waits in the queues and in their dead-letter queues, and for how long. Only reads.")
        .argument("[names...]", "their names in plinth:queues; all without one")
        .action((names, options) => commands.depth(names, options));
    onStack(queue.command("peek"))
        .description("Show messages, and leave them in the queue. SQS counts it as a receive.")
        .argument("<queue>", queueArgument)
        .option("--count <number>", "how many, 1 to 1000", "10")
        .option("--hold <seconds>", "how long they are hidden from consumers at most, 10 to 600", "30")
        .option("--accept-receives", "also where each look uses up one of the receives that a message has")
        .action((name, options) => commands.peek(name, options));
    changing(onStack(queue.command("redrive")))
        .description("Send the messages of a queue's dead-letter queue back to it, and watch.")
        .argument("<queue>", "its name in plinth:queues")
        .option("--rate <number>", "messages a second, 1 to 500; without it SQS chooses")
        .addOption(new Option("--watch", "watch one that runs already").conflicts(["cancel", "rate", "dryRun"]))
        .addOption(new Option("--cancel", "stop one that runs; what it has moved stays moved").conflicts("rate"))
        .action((name, options) => commands.redrive(name, options));
    changing(onStack(queue.command("purge")))
        .description("Delete all messages of one queue. Nothing brings them back.")
        .argument("<queue>", queueArgument)
        .option("--confirm <name>", "the queue's name in SQS")
        .action((name, options) => commands.purge(name, options));
}
