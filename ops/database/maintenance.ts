import type { Client } from "pg";
import { interruptible } from "../interrupt";
import { OpsError, Refusal } from "../ops-error";
import { progress } from "../print";
import { type DatabaseConnection, withConnection } from "./connection";
import {
    invalidIndexSteps,
    type MaintenanceStep,
    type MaintenanceTask,
    planMaintenance,
    refuseBusy,
} from "./maintenance-plan";
import type { MaintenanceWindow } from "./window";

export interface MaintenanceResult {
    task: MaintenanceTask;
    done: { target: string; seconds: number }[];
    /** What was not begun: the window had closed, or it was interrupted. */
    left: string[];
}

/** Two at a time would do the same work twice. */
const advisoryLock = 7_203_114;
/** As autovacuum does by default, so that others have the disk too. */
const settings = [
    "SET lock_timeout = '10s'",
    "SET vacuum_cost_delay = '2ms'",
    // Killed, the server notices that nobody waits, and ends what it does.
    "SET client_connection_check_interval = '5s'",
].join("; ");

/** What there would be to do. */
export function plannedMaintenance(
    connection: DatabaseConnection,
    task: MaintenanceTask,
    tables: string[],
): Promise<MaintenanceStep[]> {
    return withConnection(connection, (client) => planMaintenance(client, task, tables));
}

/** Does it, step by step, as long as the window is open. */
export function maintain(
    connection: DatabaseConnection,
    task: MaintenanceTask,
    tables: string[],
    window: MaintenanceWindow | undefined,
): Promise<MaintenanceResult> {
    return withConnection(connection, (client) =>
        interruptible(async (signal) => {
            await client.query(settings);
            const { rows } = await client.query<{ locked: boolean; pid: number }>(
                "SELECT pg_try_advisory_lock($1) AS locked, pg_backend_pid() AS pid",
                [advisoryLock],
            );
            if (!rows[0]?.locked) throw new Refusal("another maintenance runs; wait until it has ended");
            const { pid } = rows[0];
            await refuseBusy(client, task);
            const steps = await planMaintenance(client, task, tables);
            const cancel = () => void cancelStatement(connection, pid);
            signal.addEventListener("abort", cancel, { once: true });
            try {
                return await runSteps(client, task, steps, () => !signal.aborted && (window?.has(new Date()) ?? true));
            } finally {
                signal.removeEventListener("abort", cancel);
            }
        }),
    );
}

async function runSteps(
    client: Client,
    task: MaintenanceTask,
    steps: MaintenanceStep[],
    mayBegin: () => boolean,
): Promise<MaintenanceResult> {
    const done: MaintenanceResult["done"] = [];
    const left: string[] = [];
    for (const [index, step] of steps.entries()) {
        if (!mayBegin()) {
            left.push(step.target);
            continue;
        }
        progress(`${index + 1} of ${steps.length}: ${step.sql}`);
        const began = Date.now();
        try {
            await run(client, step);
            done.push({ target: step.target, seconds: (Date.now() - began) / 1000 });
        } catch (error) {
            await dropLeftovers(client);
            // Interrupted: what was done stays done.
            if ((error as { code?: string }).code === "57014" && !mayBegin()) left.push(step.target);
            else throw failed(step, error as Error, done.length);
        }
    }
    return { task, done, left };
}

/** Runs a statement. The server only warns where the user may not do it. */
async function run(client: Client, { sql }: MaintenanceStep): Promise<void> {
    const warnings: string[] = [];
    const listen = ({ severity, message }: { severity?: string; message?: string }) => {
        if (severity === "WARNING") warnings.push(message ?? "");
    };
    client.on("notice", listen);
    try {
        await client.query(sql);
    } finally {
        client.off("notice", listen);
    }
    // Only a superuser could drop what an earlier one left of a TOAST table; it is skipped, and the rest is done.
    const serious = warnings.filter((warning) => !warning.includes("pg_toast"));
    for (const warning of warnings) progress(`warning: ${warning}`);
    if (serious.length > 0) throw new OpsError(serious.join("; "));
}

/**
 * A REINDEX CONCURRENTLY that fails leaves a copy that slows writes down. It cannot be dropped while a transaction that
 * the REINDEX has waited for is open.
 */
async function dropLeftovers(client: Client): Promise<void> {
    try {
        await client.query("SET lock_timeout = '2s'");
        for (const { sql } of await invalidIndexSteps(client, false)) await client.query(sql);
        await client.query("SET lock_timeout = '10s'");
    } catch {
        progress("warning: an unfinished copy of an index is left; `maintain reindex` without tables drops it later");
    }
}

async function cancelStatement(connection: DatabaseConnection, pid: number): Promise<void> {
    await withConnection(connection, (client) => client.query("SELECT pg_cancel_backend($1)", [pid]));
}

function failed({ sql }: MaintenanceStep, error: Error & { code?: string }, done: number): OpsError {
    const reason = error.code === "55P03" ? "others held a lock on it for 10 seconds" : error.message;
    return new OpsError(`${sql}: ${reason}; ${done} before it were done`, { cause: error });
}
