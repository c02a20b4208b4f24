import * as path from "node:path";
import { readIfThere, writeWhole } from "../launcher/layout";

/** What the emulation is told to do in one stack, so that a failure can be rehearsed. */
export interface Told {
    /** Jobs that fail, as `namespace/name`. */
    failingJobs: string[];
}

const NOTHING: Told = { failingJobs: [] };

export function writeTold(accounts: string, stack: string, told: Told): void {
    if (told.failingJobs.length === 0 && readIfThere(fileOf(accounts, stack)) === undefined) return;
    writeWhole(fileOf(accounts, stack), JSON.stringify(told));
}

export function readTold(accounts: string, stack: string): Told {
    const text = readIfThere(fileOf(accounts, stack));
    return text === undefined ? NOTHING : (JSON.parse(text) as Told);
}

function fileOf(accounts: string, stack: string): string {
    return path.join(accounts, `${stack}.told.json`);
}
