import type { Command } from "commander";
import { type ChangeOptions, changing, onStack } from "../options";
import { printer } from "../print";
import { recorded } from "../record";
import { refuseSnapshot, type SnapshotSource, snapshotName, takeSnapshot } from "./snapshot";

export interface SnapshotOptions extends ChangeOptions {
    name?: string;
    reason?: string;
}

/** Adds the command that makes a snapshot. */
export function addSnapshotCommand(parent: Command, run: (options: SnapshotOptions) => Promise<void>): void {
    changing(onStack(parent.command("snapshot")))
        .description(
            "Make a snapshot by AWS's API, and wait until it is there. It is kept until it is deleted by hand.",
        )
        .option("--name <name>", "its name; that of what it is made of, with the time, without it")
        .option("--reason <text>", "why, in a tag of it")
        .action(run);
}

/** Makes a snapshot, and records it. */
export async function snapshot(
    stack: string | undefined,
    subject: string,
    source: SnapshotSource,
    options: SnapshotOptions,
): Promise<void> {
    const print = printer(options);
    const name = snapshotName(options.name, source.name);
    const tags: Record<string, string> = {
        CreatedBy: "plinth-ops",
        ...(stack === undefined ? {} : { Stack: stack }),
        ...(options.reason === undefined ? {} : { Reason: options.reason }),
    };
    await refuseSnapshot(source, name);
    if (options.dryRun) return print(`${name} would be made of ${source.name}.`, { snapshot: name, tags });
    const { records } = options;
    const change = { stack, records, command: `${subject} snapshot`, target: source.name, plan: { name, tags } };
    const result = await recorded(change, () => takeSnapshot(source, name, tags));
    print(result.creating ? `AWS goes on; ${name} is not there yet.` : `${name} is there, of ${source.name}.`, result);
}

/** Tags as AWS's APIs take them. */
export function tagList(tags: Record<string, string>): { Key: string; Value: string }[] {
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
