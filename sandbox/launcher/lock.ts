import { linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { readIfPresent } from "../account/file";
import { isAlive } from "./process-table";

interface Holder {
    pid: number;
    /** Milliseconds since 1970. */
    since: number;
}

/** Runs `work` while no other process runs under the same lock file. The lock of a dead process is ignored. */
export async function exclusively<Result>(lock: string, work: () => Promise<Result>): Promise<Result> {
    mkdirSync(path.dirname(lock), { recursive: true });
    while (!take(lock)) {
        const holder = readIfPresent(lock);
        if (holder !== undefined && !isHeld(holder)) rmSync(lock, { force: true });
        else await new Promise((resolve) => setTimeout(resolve, 100));
    }
    try {
        return await work();
    } finally {
        rmSync(lock, { force: true });
    }
}

/** The lock file appears together with its content, so that no process reads it incomplete. */
function take(lock: string): boolean {
    const draft = `${lock}.${process.pid}`;
    writeFileSync(draft, JSON.stringify({ pid: process.pid, since: Date.now() } satisfies Holder));
    try {
        linkSync(draft, lock);
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
        throw error;
    } finally {
        rmSync(draft, { force: true });
    }
}

function isHeld(text: string): boolean {
    const { pid, since } = JSON.parse(text) as Holder;
    return isAlive(pid, since);
}
