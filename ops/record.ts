import { randomUUID } from "node:crypto";
import { appendFileSync, mkdirSync } from "node:fs";
import { userInfo } from "node:os";
import * as path from "node:path";
import { OpsError, Refusal } from "./ops-error";

/** A change of a stack that is recorded. Nothing of it is secret. */
export interface Change {
    /** Without one, nothing is recorded: in a Job of the cluster, its log is the record. */
    stack?: string;
    /** The folder of the records. */
    records?: string;
    /** The words of the command line. */
    command: string;
    /** What is changed. */
    target: string;
    /** What is to be done with it. */
    plan?: object;
}

/**
 * Makes a change, and records in `<folder>/<stack>.jsonl` that it began and how it ended. A beginning without an end is a
 * change that was cut off.
 */
export async function recorded<Result extends object>(change: Change, work: () => Promise<Result>): Promise<Result> {
    const { stack, records = ".ops", plan, ...rest } = change;
    if (stack === undefined) return work();
    const id = randomUUID();
    const write = (state: string, more: object = {}) =>
        append(path.join(records, `${stack}.jsonl`), {
            ...{ at: new Date().toISOString(), id, stack, ...rest, by: userName(), state },
            ...more,
        });
    write("started", { plan });
    try {
        const result = await work();
        write("done", { result });
        return result;
    } catch (error) {
        // The messages of others may repeat what they were given.
        const reason = error instanceof OpsError ? error.message : (error as Error).name;
        write(error instanceof Refusal ? "refused" : "failed", { reason });
        throw error;
    }
}

function append(file: string, line: object): void {
    try {
        mkdirSync(path.dirname(file), { recursive: true });
        appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600, flush: true });
    } catch (error) {
        throw new OpsError(`cannot write the record ${file}: ${(error as Error).message}; give --records <folder>`);
    }
}

/** Who runs this. */
export function userName(): string {
    try {
        return userInfo().username;
    } catch {
        // A container may run as a user without a name.
        return `user ${process.getuid?.()}`;
    }
}
