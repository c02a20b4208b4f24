import * as path from "node:path";
import type { Fault } from "./fault-plan";
import { readIfPresent, writeAtomically } from "./file";

/** Failures that the emulation is asked to produce in one stack, so that they can be rehearsed. */
export interface InjectedFaults {
    /** Jobs that fail, as `namespace/name`. */
    failingJobs: string[];
    /** What goes wrong with operations on resources. */
    plan: Fault[];
}

const NONE: InjectedFaults = { failingJobs: [], plan: [] };

export function writeInjectedFaults(accounts: string, stack: string, faults: InjectedFaults): void {
    if (faults.failingJobs.length + faults.plan.length === 0 && readIfPresent(fileOf(accounts, stack)) === undefined)
        return;
    writeAtomically(fileOf(accounts, stack), JSON.stringify(faults));
}

export function readInjectedFaults(accounts: string, stack: string): InjectedFaults {
    const text = readIfPresent(fileOf(accounts, stack));
    return text === undefined ? NONE : (JSON.parse(text) as InjectedFaults);
}

function fileOf(accounts: string, stack: string): string {
    return path.join(accounts, `${stack}.faults.json`);
}
