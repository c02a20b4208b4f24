import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { Account } from "../account/account";
import { readIfPresent } from "../account/file";
import { RUN_VARIABLE } from "../providers/environment";
import type { Layout } from "./layout";
import { exclusively } from "./lock";
import { isAlive, killAndWait, processesWith } from "./process-table";
import { capture, type Pulumi } from "./pulumi";
import { deadRuns, endRun, type Run, serverFolder } from "./run";

interface Lock {
    pid: number;
    timestamp: string;
}

interface Checkpoint {
    checkpoint?: {
        latest?: {
            resources?: { urn: string; type: string; id?: string; protect?: boolean }[];
            pending_operations?: unknown[];
        } | null;
    };
}

/**
 * Recovers from commands that were killed, so that the next one starts from a consistent state: ends the processes that they left,
 * removes their locks and pending operations, and removes from the account what never reached the state.
 *
 * Each step may itself be interrupted and repeated. The record of the dead run is removed last.
 */
export async function recover(pulumi: Pulumi): Promise<void> {
    if (deadRuns(pulumi.layout).length === 0) return;
    // Of two commands that find the same dead run, one recovers, and the other then finds nothing to do.
    await exclusively(path.join(pulumi.layout.runs, "recovery"), () => recoverFrom(pulumi, deadRuns(pulumi.layout)));
}

async function recoverFrom(pulumi: Pulumi, dead: Run[]): Promise<void> {
    const { layout } = pulumi;
    // This comes first: a provider that is still running could finish its operation.
    await endLeftovers(dead);
    for (const stack of stacksOf(layout)) {
        if (!removeDeadLocks(layout, stack)) continue; // another command is running on this stack
        await removePendingOperations(pulumi, stack);
        const inState = new Set(
            checkpointOf(layout, stack)?.resources?.map(({ type, id }) => Account.key(type, id ?? "")),
        );
        const account = new Account(layout.accounts, stack);
        for (const run of dead) account.rollBack(run.id, inState);
    }
    for (const run of dead) endRun(layout, run);
}

/** Ends the processes of dead runs, and removes what their servers wrote. */
export async function endLeftovers(dead: Run[]): Promise<void> {
    await killAndWait(dead.flatMap((run) => processesWith(RUN_VARIABLE, run.id)));
    for (const run of dead) rmSync(serverFolder(run), { recursive: true, force: true });
}

function projectDirectories(layout: Layout, kind: "locks/organization" | "stacks"): string[] {
    const root = path.join(layout.state, ".pulumi", kind);
    return existsSync(root) ? readdirSync(root).map((project) => path.join(root, project)) : [];
}

/** The stacks in the state, read from its files: asking the engine takes half a second. */
export function stacksOf(layout: Layout): string[] {
    return projectDirectories(layout, "stacks").flatMap((directory) =>
        readdirSync(directory)
            .filter((file) => file.endsWith(".json"))
            .map((file) => path.basename(file, ".json")),
    );
}

/** Returns false where a running process holds a lock on the stack. */
function removeDeadLocks(layout: Layout, stack: string): boolean {
    let free = true;
    for (const directory of projectDirectories(layout, "locks/organization").map((project) =>
        path.join(project, stack),
    )) {
        for (const file of existsSync(directory) ? readdirSync(directory) : []) {
            const lock = JSON.parse(readFileSync(path.join(directory, file), "utf8")) as Lock;
            if (isAlive(lock.pid, Date.parse(lock.timestamp))) free = false;
            else rmSync(path.join(directory, file), { force: true });
        }
    }
    return free;
}

function checkpointOf(layout: Layout, stack: string): NonNullable<Checkpoint["checkpoint"]>["latest"] {
    for (const directory of projectDirectories(layout, "stacks")) {
        const text = readIfPresent(path.join(directory, `${stack}.json`));
        if (text !== undefined) return (JSON.parse(text) as Checkpoint).checkpoint?.latest;
    }
    return undefined;
}

/** The names of the resources that the engine refuses to delete. */
export function protectedResources(layout: Layout, stack: string): string[] {
    const resources = checkpointOf(layout, stack)?.resources ?? [];
    return resources.filter(({ protect }) => protect).map(({ urn }) => urn.split("::").at(-1) ?? urn);
}

/** Removes the pending operations of the dead run from the state: the engine would ask about them, and the account has their result. */
async function removePendingOperations(pulumi: Pulumi, stack: string): Promise<void> {
    if (!checkpointOf(pulumi.layout, stack)?.pending_operations?.length) return;
    const state = JSON.parse(await capture(pulumi, ["stack", "export", "--stack", stack])) as {
        deployment: { pending_operations?: unknown[] };
    };
    delete state.deployment.pending_operations;
    await capture(pulumi, ["stack", "import", "--stack", stack], JSON.stringify(state));
}
