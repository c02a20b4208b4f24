import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { readIfPresent, writeAtomically } from "../account/file";
import { SandboxError } from "../account/sandbox-error";
import { RUN_VARIABLE } from "../providers/environment";
import type { Layout } from "./layout";
import { isAlive, type ProcessIdentity, processesWith, thisProcess } from "./process-table";

/** A command that may change something: recorded before it starts, and removed when it ends. */
export interface Run extends ProcessIdentity {
    id: string;
    command: string;
}

export function beginRun(layout: Layout, command: string): Run {
    const run: Run = { id: randomUUID(), ...thisProcess(), command };
    writeAtomically(fileOf(layout, run), JSON.stringify(run));
    return run;
}

export function endRun(layout: Layout, run: Run): void {
    rmSync(fileOf(layout, run), { force: true });
}

/** The commands that were killed before they could end. */
export function deadRuns(layout: Layout): Run[] {
    return recordedRuns(layout).filter((run) => !isAlive(run));
}

export function livingRuns(layout: Layout): Run[] {
    return recordedRuns(layout).filter((run) => isAlive(run));
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
            return text === undefined ? [] : [recordedIn(path.join(layout.runs, file), text)];
        });
}

/** A note that is damaged is one of a dead command, as long as nothing runs that the command started. */
function recordedIn(file: string, text: string): Run {
    try {
        return JSON.parse(text) as Run;
    } catch {
        const id = path.basename(file, ".json");
        const running = processesWith(RUN_VARIABLE, id);
        if (running.length === 0) return { id, pid: 0, command: "unknown" };
        throw new SandboxError(
            `${file} is damaged, and its command is running (processes ${running.join(", ")}): wait for it or stop it`,
        );
    }
}

function fileOf(layout: Layout, run: Run): string {
    return path.join(layout.runs, `${run.id}.json`);
}
