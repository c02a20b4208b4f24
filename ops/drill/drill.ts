import { randomBytes } from "node:crypto";
import type { Client } from "pg";
import { pause } from "../interrupt";
import { OpsError, Refusal } from "../ops-error";
import { progress } from "../print";
import { checkRestored } from "./checks";
import type { DrillServer, ServerState } from "./server";
import type { DrillFile, DrillState } from "./state";

/** What a drill works with. */
export interface DrillTools {
    file: DrillFile;
    server: DrillServer;
    /** Does something with a connection to the restored database. */
    connect<Result>(server: ServerState, password: string, work: (client: Client) => Promise<Result>): Promise<Result>;
    /** Asks it to stop; what was made is taken down. */
    signal: AbortSignal;
    /** The longest that RDS may take to restore. */
    limitSeconds: number;
    pollMilliseconds?: number;
}

/** What RDS is in while it restores. Others, such as `failed`, do not end by themselves. */
const transient =
    /^(creating|incomplete|backing-up|modifying|rebooting|starting|upgrading|maintenance|configuring-.*|resetting-master-credentials|renaming|migrating|storage-.*|available)$/;
/** How long RDS may take to set a password and to make a name known. */
const loginSeconds = 600;

/** The tags of what a drill makes: by them, and not by its name alone, it is known and deleted. */
export function drillTags({ id, stack, source }: Pick<DrillState, "id" | "stack" | "source">): Record<string, string> {
    return { CreatedBy: "plinth-ops", Stack: stack, DrillOf: source, Drill: id };
}

/** Why a database of the drill's name is left alone; undefined where a drill of this database made it. */
export function notOurs({ tags }: ServerState, source: string): string | undefined {
    if (tags.CreatedBy === "plinth-ops" && tags.DrillOf === source) return undefined;
    return "its tags do not say that a drill made it";
}

/**
 * Does what is left of a drill: restores, looks, takes down. Each step is written before it begins, and does nothing where it was
 * done before. What goes wrong is written too, and ends the drill with what it made taken down.
 */
export async function runDrill(state: DrillState, tools: DrillTools): Promise<DrillState> {
    let current = state;
    const save = (more: Partial<DrillState>) => {
        current = { ...current, ...more };
        tools.file.write(current);
    };
    if (current.failure === undefined && current.checked === undefined && current.removedAt === undefined) {
        try {
            await restoreAndCheck(current, tools, save);
        } catch (error) {
            const { name, message } = error as Error;
            save({ failure: error instanceof OpsError ? message : `${name}: ${message}` });
        }
    }
    if (current.removedAt === undefined) {
        // What was never asked for is not there, and whatever has its name is another's.
        if (current.askedAt !== undefined) await takeDown(current, tools);
        save({ removedAt: new Date().toISOString() });
    }
    return current;
}

async function restoreAndCheck(
    state: DrillState,
    tools: DrillTools,
    save: (more: Partial<DrillState>) => void,
): Promise<void> {
    const { name, source } = state;
    const { server, signal, limitSeconds } = tools;
    const existing = await server.state();
    const foreign = existing && (notOurs(existing, source) ?? otherDrill(existing, state));
    if (foreign) throw new OpsError(`there is a database ${name} in RDS, and ${foreign}`);
    if (state.askedAt === undefined) save({ askedAt: new Date().toISOString() });
    await server.create(drillTags(state));
    const limit = Date.now() + limitSeconds * 1000;
    const restored = await waitUntil(
        tools,
        `${name} is not restored within ${limitSeconds / 3600} hours`,
        limit,
        async () => {
            const now = await server.state();
            if (now === undefined) return undefined;
            if (!transient.test(now.status)) throw new OpsError(`${name} is ${now.status}; look at its events in RDS`);
            progress(`${name}: ${now.status}`);
            if (now.status === "incomplete") await server.create(drillTags(state));
            return now.status === "available" && now.host !== undefined ? now : undefined;
        },
    );
    // Of letters and digits, which RDS and every client take. It is nowhere but here: a drill that goes on sets another.
    const password = randomBytes(24).toString("hex");
    await server.setPassword(password);
    const checked = await waitUntil(tools, `${name} takes no login`, Date.now() + loginSeconds * 1000, async () => {
        try {
            return await tools.connect(restored, password, async (client) => {
                await client.query("SELECT 1");
                save({ answeredAt: state.answeredAt ?? new Date().toISOString(), restored: restored.facts });
                progress(`${name} answers; its rows are read`);
                return checkRestored(client, state.living.inventory.serverStartedAt, signal);
            });
        } catch (error) {
            const { code } = ((error as Error).cause ?? {}) as { code?: string };
            // The password is set, and the name made known, some time after RDS says so.
            if (code === "28P01" || code === "ENOTFOUND") return undefined;
            throw error;
        }
    });
    save({ checked });
}

/**
 * Deletes what a drill of this database made, and waits until it is gone.
 * @param drill with an id, what another drill made is left alone
 */
export async function takeDown(
    { name, source, id }: { name: string; source: string; id?: string },
    { server, pollMilliseconds = 10_000 }: Pick<DrillTools, "server" | "pollMilliseconds">,
): Promise<void> {
    for (;;) {
        const state = await server.state();
        if (state === undefined) return;
        const foreign = name === source ? "it is the living one" : notOurs(state, source);
        if (foreign) throw new Refusal(`${name} is not deleted: ${foreign}`);
        if (id !== undefined && state.tags.Drill !== id) return;
        progress(`${name}: ${state.status}, to be deleted`);
        // Refused until what RDS does at the moment is done; then the next round asks again.
        if (state.status !== "deleting") await server.remove().catch(unlessBusy);
        if ((await server.state()) === undefined) return;
        await pause(pollMilliseconds);
    }
}

function otherDrill({ tags }: ServerState, { id }: DrillState): string | undefined {
    return tags.Drill === id ? undefined : `the drill ${tags.Drill} made it, which was begun elsewhere`;
}

function unlessBusy(error: Error): void {
    if (!/^InvalidDB(Instance|Cluster)State/.test(error.name)) throw error;
}

async function waitUntil<Result>(
    { signal, pollMilliseconds = 10_000 }: DrillTools,
    failure: string,
    limit: number,
    look: () => Promise<Result | undefined>,
): Promise<Result> {
    for (;;) {
        if (signal.aborted) throw new OpsError("interrupted");
        const result = await look();
        if (result !== undefined) return result;
        if (Date.now() > limit) throw new OpsError(failure);
        await pause(pollMilliseconds, signal);
    }
}
