import { rmSync } from "node:fs";
import { createExclusively, readIfPresent } from "../account/file";
import { isAlive, type ProcessIdentity, thisProcess } from "./process-table";

/** Runs `work` while no other process runs under the same lock file. The lock of a dead process is ignored. */
export async function exclusively<Result>(lock: string, work: () => Promise<Result>): Promise<Result> {
    while (!createExclusively(lock, JSON.stringify(thisProcess()))) {
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

function isHeld(text: string): boolean {
    return isAlive(JSON.parse(text) as ProcessIdentity);
}
