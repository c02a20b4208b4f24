import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { readIfPresent, writeAtomically } from "../account/file";
import type { Layout } from "./layout";
import { isAlive } from "./process-table";

/** A command that may change something: recorded before it starts, and removed when it ends. */
export interface Run {
    id: string;
    pid: number;
    /** Milliseconds since 1970. */
    startedAt: number;
    command: string;
}

export function beginRun(layout: Layout, command: string): Run {
    const run: Run = { id: randomUUID(), pid: process.pid, startedAt: Date.now(), command };
    writeAtomically(fileOf(layout, run), JSON.stringify(run));
    return run;
}

export function endRun(layout: Layout, run: Run): void {
    rmSync(fileOf(layout, run), { force: true });
}

/** The commands that were killed before they could end. */
export function deadRuns(layout: Layout): Run[] {
    return recordedRuns(layout).filter((run) => !isAlive(run.pid, run.startedAt));
}

export function livingRuns(layout: Layout): Run[] {
    return recordedRuns(layout).filter((run) => isAlive(run.pid, run.startedAt));
}

/** Where the servers of a run write. It is outside of the project, whose folder the users that they run as may be kept out of. */
export function serverFolder({ id }: Run): string {
    return path.join(tmpdir(), `plinth-served-${id}`);
}

function recordedRuns(layout: Layout): Run[] {
    mkdirSync(layout.runs, { recursive: true });
    return readdirSync(layout.runs)
        .filter((file) => file.endsWith(".json"))
        .flatMap((file) => {
            const text = readIfPresent(path.join(layout.runs, file)); // it may end in the meantime
            return text === undefined ? [] : [JSON.parse(text) as Run];
        });
}

function fileOf(layout: Layout, run: Run): string {
    return path.join(layout.runs, `${run.id}.json`);
}
