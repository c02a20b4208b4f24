import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { Account } from "../account/account";
import { RUN_VARIABLE } from "../providers/environment";
import { deploymentOf, isDamaged, projectDirectories, restoreCheckpoint, stacksOf } from "./checkpoint";
import type { Layout } from "./layout";
import { exclusively } from "./lock";
import { killAndWait, mayRunWith, processesWith } from "./process-table";
import { capture, HOME_VARIABLE, type Pulumi } from "./pulumi";
import { deadRuns, endRun, type Run, serverFolder } from "./run";

/**
 * Recovers from commands that were killed, so that the next one starts from a consistent state: ends the processes that they left,
 * removes their locks and pending operations, removes from the account what never reached the state, and from the state what
 * the account has deleted.
 *
 * Each step may itself be interrupted and repeated. The record of the dead run is removed last.
 */
export async function recover(pulumi: Pulumi): Promise<void> {
    if (!hasLeftovers(pulumi.layout)) return;
    // Of two commands that find the same dead run, one recovers, and the other then finds nothing to do.
    await exclusively(path.join(pulumi.layout.runs, "recovery"), () => recoverFrom(pulumi, deadRuns(pulumi.layout)));
}

/** Whether there is something of a command that did not end: its record, or what it left where the record is lost. */
function hasLeftovers(layout: Layout): boolean {
    if (deadRuns(layout).length > 0) return true;
    return stacksOf(layout).some((stack) => {
        if (isDamaged(layout, stack)) return true;
        const locks = locksOf(layout, stack);
        return locks.length > 0
            ? locks.some((lock) => !isHeld(layout, lock))
            : (deploymentOf(layout, stack)?.pending_operations ?? []).length > 0;
    });
}

async function recoverFrom(pulumi: Pulumi, dead: Run[]): Promise<void> {
    const { layout } = pulumi;
    // This comes first: a provider that is still running could finish its operation.
    await endLeftovers(dead);
    const runs = dead.map(({ id }) => id);
    for (const stack of stacksOf(layout)) {
        if (!removeDeadLocks(layout, stack)) continue; // another command is running on this stack
        restoreCheckpoint(layout, stack);
        const account = new Account(layout.accounts, stack);
        await settle(pulumi, stack, account.removedBy(runs));
        const inState = new Set(
            deploymentOf(layout, stack)?.resources?.map(({ type, id }) => Account.key(type, id ?? "")),
        );
        for (const run of runs) account.rollBack(run, inState);
    }
    for (const run of dead) endRun(layout, run);
}

/** Ends the processes of dead runs, and removes what their servers wrote. */
export async function endLeftovers(dead: Run[]): Promise<void> {
    await killAndWait(dead.flatMap((run) => processesWith(RUN_VARIABLE, run.id)));
    for (const run of dead) rmSync(serverFolder(run), { recursive: true, force: true });
}

function locksOf(layout: Layout, stack: string): string[] {
    return projectDirectories(layout, "locks/organization")
        .map((project) => path.join(project, stack))
        .flatMap((directory) =>
            existsSync(directory) ? readdirSync(directory).map((file) => path.join(directory, file)) : [],
        );
}

/** Whether the engine that made the lock may be running: a living process with its id that has this sandbox's home. */
function isHeld(layout: Layout, lock: string): boolean {
    try {
        const { pid } = JSON.parse(readFileSync(lock, "utf8")) as { pid: number };
        return mayRunWith(pid, HOME_VARIABLE, layout.home);
    } catch {
        return false; // it was cut off, or has been removed in the meantime
    }
}

/** Returns false where a running process holds a lock on the stack. */
function removeDeadLocks(layout: Layout, stack: string): boolean {
    const locks = locksOf(layout, stack);
    const dead = locks.filter((lock) => !isHeld(layout, lock));
    for (const lock of dead) rmSync(lock, { force: true });
    return dead.length === locks.length;
}

/**
 * Brings the state in line with the account where operations were interrupted. What was being created is left to the account's
 * rolling back. What was being changed or deleted is looked at: the account may have done it without the state hearing of it.
 * Only then are the pending operations removed, about which the engine would ask.
 */
async function settle(pulumi: Pulumi, stack: string, removed: ReadonlySet<string>): Promise<void> {
    const { resources = [], pending_operations: pending = [] } = deploymentOf(pulumi.layout, stack) ?? {};
    if (pending.length > 0) await removePendingOperations(pulumi, stack);
    const interrupted = new Set(pending.filter(({ type }) => type !== "creating").map(({ resource }) => resource.urn));
    // A provider that died told the engine of a failure, though it had deleted the resource.
    const isGone = ({ type, id = "" }: { type: string; id?: string }) =>
        [...removed].some((key) => `${key} `.startsWith(`${Account.key(type, id)} `));
    const targets = resources
        .filter((one) => !one.delete && (interrupted.has(one.urn) || isGone(one)))
        .flatMap(({ urn }) => ["--target", urn]);
    if (targets.length === 0) return;
    await capture(pulumi, ["refresh", "--stack", stack, "--yes", "--skip-preview", ...targets]);
}

async function removePendingOperations(pulumi: Pulumi, stack: string): Promise<void> {
    const state = JSON.parse(await capture(pulumi, ["stack", "export", "--stack", stack])) as {
        deployment: { pending_operations?: unknown[] };
    };
    delete state.deployment.pending_operations;
    await capture(pulumi, ["stack", "import", "--stack", stack], JSON.stringify(state));
}
