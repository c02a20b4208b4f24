import { createHash } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import * as path from "node:path";

/** Kinds of what goes wrong on AWS. */
export const faultKinds = [
    "throttling",
    "insufficientCapacity",
    "quotaExceeded",
    "notVisibleYet",
    "failedCreate",
    "timeout",
    "slow",
    "crash",
] as const;

/** The operations on a resource that each kind can happen to. */
export const operationsOf: Readonly<Record<FaultKind, readonly Operation[]>> = {
    throttling: ["create", "read", "update", "delete"],
    insufficientCapacity: ["create", "update"],
    quotaExceeded: ["create", "update"],
    notVisibleYet: ["create", "update"],
    failedCreate: ["create"],
    timeout: ["create", "update", "delete"],
    slow: ["create", "read", "update", "delete"],
    crash: ["create", "update", "delete"],
};

export type FaultKind = (typeof faultKinds)[number];
export type Operation = "create" | "read" | "update" | "delete";

/** Something that goes wrong a few times, as `Sandbox.<stack>.yaml` says. */
export interface Fault {
    readonly fault: FaultKind;
    /** The URNs of the resources, `*` for any characters. */
    readonly urn: string;
    /** The operations that it happens to. */
    readonly operations: readonly Operation[];
    /** How often it happens, over all resources and all runs. */
    readonly times: number;
    /** How long a slow operation takes. */
    readonly seconds: number;
}

/** Takes one of a fault's times; false when none is left. It is taken on disk, so that what crashes has happened. */
export function takeFault(accounts: string, stack: string, fault: Fault): boolean {
    for (let time = 0; time < fault.times; time++) if (isCreated(fileOf(accounts, stack, fault, time))) return true;
    return false;
}

/** The file of a time. Faults that say the same have the same files: change one to have it happen again. */
function fileOf(accounts: string, stack: string, fault: Fault, time: number): string {
    const id = createHash("sha256").update(JSON.stringify(fault)).digest("hex").slice(0, 12);
    return path.join(accounts, `${stack}.fault-${id}-${time}`);
}

/** Whether the file was created now: several processes may try at once, and one succeeds. */
function isCreated(file: string): boolean {
    try {
        closeSync(openSync(file, "wx"));
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
        throw error;
    }
}

/** Whether a fault happens to an operation on the resource of that URN. */
export function concerns({ urn: pattern, operations }: Fault, operation: Operation, urn: string): boolean {
    if (!operations.includes(operation)) return false;
    const parts = pattern.split("*").map((part) => part.replace(/[.+^${}()|[\]\\?]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(urn);
}
