import type { RDSClient } from "@aws-sdk/client-rds";
import type { Command } from "commander";
import { databaseSource, windowInRds, withRds } from "../database/rds";
import { MaintenanceWindow, refuseOutside } from "../database/window";
import { interruptible, pause } from "../interrupt";
import { exitCodes, OpsError, Refusal } from "../ops-error";
import { type ChangeOptions, changing, onStack, wholeOf } from "../options";
import { printer, progress } from "../print";
import { recorded } from "../record";
import { refuseSnapshot, snapshotName, takeSnapshot } from "../snapshot/snapshot";
import { bringUp, checkPulumiFlags, pulumiFlags } from "../stack/bring-up";
import { StackFile } from "../stack/configuration";
import { type DatabaseOutputs, databaseOutputs } from "../stack/outputs";
import { classText, planScale, scaleProblems } from "./plan";
import { applyNow, awaits, isScaled, type ScaleTarget, type Server, serversOf } from "./servers";

export interface ScaleOptions extends ChangeOptions {
    class?: string;
    storage?: string;
    now?: boolean;
}

/** It looks after half a second first, and then less and less often. */
const firstPoll = 500;
const longestPoll = 15_000;

/** Adds the command that scales a database. */
export function addScaleCommand(parent: Command, run: (flags: string[], options: ScaleOptions) => Promise<void>): void {
    changing(onStack(parent.command("scale")))
        .description(
            "Give the database another class or more storage, in the maintenance window: a snapshot, the stack's configuration, pulumi up, then wait and verify.",
        )
        .argument("[flags...]", pulumiFlags)
        .option("--class <class>", "such as db.r6g.xlarge; a change of it ends connections")
        .option("--storage <GiB>", "RDS makes no storage smaller")
        .option("--now", "outside the maintenance window too")
        .action(run);
}

/** Scales a database, or goes on with it. */
export async function scale(
    stack: string | undefined,
    end: (code: number) => void,
    flags: string[],
    options: ScaleOptions,
): Promise<void> {
    checkPulumiFlags(flags);
    const storageGiB = options.storage === undefined ? undefined : wholeOf("--storage", options.storage, 20, 65_536);
    const target: ScaleTarget = { class: options.class, storageGiB };
    if (options.class === undefined && storageGiB === undefined)
        throw new OpsError("give what to scale: --class, --storage or both");
    const database = databaseOutputs({ ...options, stack });
    const plan = () => {
        const file = new StackFile(stack);
        return { file, changed: planScale(file, target) };
    };
    const { file, changed } = plan();
    const print = printer(options);
    await withRds(database.region, async (client) => {
        const before = await serversOf(client, database);
        const problems = scaleProblems(before, target, database.region);
        if (problems.length > 0) throw new Refusal(problems.join("\n"));
        if (!changed && before.every((server) => isScaled(server, target)))
            return print(`There is nothing to do: ${serversText(before)}.`, { servers: before });
        const source = await databaseSource(client, database);
        // Where the configuration was written before, so was the snapshot made.
        const snapshot = changed ? snapshotName(undefined, source.name) : undefined;
        const window = options.now ? undefined : await windowInRds(client, database);
        const planned = { target, from: before, file: file.file, snapshot, window, flags };
        if (options.dryRun) return print(planText(before, target, planned), planned);
        if (window !== undefined)
            refuseOutside(new MaintenanceWindow(window), new Date(), "give --now: another class ends the connections");
        if (snapshot !== undefined) await refuseSnapshot(source, snapshot);
        const change = { stack, records: options.records, command: "database scale", target: source.name };
        const result = await recorded({ ...change, plan: planned }, async () => {
            if (snapshot !== undefined) {
                const tags = { CreatedBy: "plinth-ops", Stack: stack ?? "", Reason: "before database scale" };
                const { creating } = await takeSnapshot(source, snapshot, tags);
                if (creating) throw new OpsError("interrupted before the snapshot was there; nothing was changed");
                // Somebody may have edited the file meanwhile.
                const again = plan();
                if (again.changed) again.file.write();
            }
            await bringUp(stack ?? "", flags);
            return { snapshot, ...(await untilScaled(client, database, target)) };
        });
        print(
            `${result.done ? "Done" : "RDS goes on; give the same command again"}: ${serversText(result.servers)}.`,
            result,
        );
        if (!result.done) end(exitCodes.failed);
    });
}

/** Has RDS do at once what it has postponed, and waits until all is as it is to be. An interrupt ends the waiting. */
async function untilScaled(
    client: RDSClient,
    database: DatabaseOutputs,
    target: ScaleTarget,
): Promise<{ done: boolean; servers: Server[] }> {
    return interruptible(async (signal) => {
        const asked = new Set<string>();
        for (let poll = firstPoll; ; poll = Math.min(longestPoll, 2 * poll)) {
            const servers = await serversOf(client, database);
            const left = servers.filter((server) => !isScaled(server, target));
            if (left.length === 0) return { done: true, servers };
            for (const server of left) {
                if (server.status !== "available" || asked.has(server.name)) continue;
                if (!awaits(server))
                    throw new OpsError(
                        `${server.name} is still ${classText(server.class)} with ${server.storageGiB} GiB, and RDS is not asked for more: pulumi up left it as it is, by a transform or by --target`,
                    );
                await applyNow(client, server, target);
                asked.add(server.name);
            }
            progress(serversText(left));
            await pause(poll, signal);
            if (signal.aborted) return { done: false, servers };
        }
    });
}

function planText(
    before: Server[],
    target: ScaleTarget,
    { file, snapshot, window }: { file: string; snapshot?: string; window?: string },
): string {
    const wanted = [
        ...(target.class === undefined ? [] : [classText(target.class)]),
        ...(target.storageGiB === undefined ? [] : [`${target.storageGiB} GiB`]),
    ];
    return [
        `${serversText(before)}; would be ${wanted.join(" with ")}.`,
        snapshot === undefined
            ? `${file} has the change already, so no snapshot would be made.`
            : `The snapshot ${snapshot} would be made, and ${file} changed.`,
        window === undefined
            ? "The stack would be brought up at once."
            : `The stack would be brought up in the window ${window}.`,
    ].join("\n");
}

function serversText(servers: Server[]): string {
    return servers
        .map((server) => {
            const later = awaits(server) ? ", with a change for the maintenance window" : "";
            return `${server.name} is ${classText(server.class)} with ${server.storageGiB} GiB, ${server.status}${later}`;
        })
        .join("; ");
}
