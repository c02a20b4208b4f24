import type { Command } from "commander";
import { onStack, reaching } from "../options";
import { addRestoreCommands, type RestoreCommands } from "../restore/commands";
import { addSnapshotCommand, type SnapshotOptions } from "../snapshot/commands";
import type { BigKeysOptions, CacheHealthOptions, SlowLogOptions } from "./commands";

/** What the commands do. */
export interface CacheCommands {
    health(options: CacheHealthOptions): Promise<void>;
    slowLog(options: SlowLogOptions): Promise<void>;
    bigKeys(options: BigKeysOptions): Promise<void>;
    snapshot(options: SnapshotOptions): Promise<void>;
    restoring: RestoreCommands;
}

/** Adds the commands on a cache. */
export function addCacheCommands(program: Command, commands: CacheCommands): void {
    const cache = program.command("cache").description("A Redis or Valkey cache.");

    onCache(cache.command("health"))
        .description("Memory, evictions, hit ratio, connections, replication, slow commands. Only reads.")
        .option("--interval <seconds>", "how long it is watched, 1 to 3600", "5")
        .action((options) => commands.health(options));
    onCache(cache.command("slow-log"))
        .description("The commands that took longest, as far back as the servers remember.")
        .option("--count <number>", "how many, 1 to 1000", "20")
        .option("--arguments", "show all that a command was given, which may be anybody's data")
        .action((options) => commands.slowLog(options));
    onCache(cache.command("big-keys"))
        .description("What takes the memory, by a sample of the keys. Stops no server.")
        .option("--sample <number>", "keys to look at, 1 to 10000000", "10000")
        .option("--top <number>", "how many to show, 1 to 1000", "20")
        .action((options) => commands.bigKeys(options));
    addSnapshotCommand(cache, (options) => commands.snapshot(options));
    addRestoreCommands(cache, "cache", () => commands.restoring);
}

function onCache(command: Command): Command {
    return reaching(onStack(command), "those that Node.js knows");
}
