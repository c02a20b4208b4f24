import { type Command, Option } from "commander";
import { OpsError, Refusal } from "../ops-error";
import { type ChangeOptions, changing, onStack } from "../options";
import { printer } from "../print";
import { recorded } from "../record";
import { refuseSnapshot, type SnapshotSource, snapshotName, takeSnapshot } from "../snapshot/snapshot";
import { bringUp, checkPulumiFlags, pulumiFlags } from "../stack/bring-up";
import { StackFile } from "../stack/configuration";
import { isObject, readOutputs } from "../stack/outputs";
import { checkRestoredName, type Origin, originOf, planStep, type Restorable, type RestoreStep } from "./plan";

export interface RestoreOptions extends ChangeOptions {
    at?: string;
    snapshot?: string;
    confirm?: string;
}

/** The steps of a restore, as the command line has them. */
export interface RestoreCommands {
    restore(name: string, flags: string[], options: RestoreOptions): Promise<void>;
    move(step: "cut-over" | "roll-back", flags: string[], options: RestoreOptions): Promise<void>;
}

/** What is needed to restore a part of a stack. */
export interface RestoredPart {
    part: Restorable;
    stack: string | undefined;
    /** Gives the data store in service, as what snapshots are made of. */
    withSource(options: ChangeOptions, work: (source: SnapshotSource) => Promise<void>): Promise<void>;
}

/** Adds the commands of the steps of a restore. */
export function addRestoreCommands(parent: Command, part: Restorable, commands: () => RestoreCommands): void {
    const restore = changing(onStack(parent.command("restore")))
        .description(
            `Restore the ${part} beside the living one: a snapshot, the stack's configuration, then pulumi up.`,
        )
        .argument("<name>", `the restored one is called ${part}-<name>`)
        .argument("[flags...]", pulumiFlags);
    const snapshot = new Option("--snapshot <id>", "from this snapshot");
    if (part === "database")
        restore
            .option("--at <moment>", "to a moment in UTC, such as 2026-11-20T03:12:00Z, or latest")
            .addOption(snapshot.conflicts("at"));
    else restore.addOption(snapshot);
    restore.action((name, flags, options) => commands().restore(name, flags, options));
    const descriptions = {
        "cut-over": `Put the restored ${part} into service; the original admits nobody any more.`,
        "roll-back": `Put the original ${part} into service again. What was written since the cut-over stays behind.`,
    };
    for (const step of ["cut-over", "roll-back"] as const)
        changing(onStack(parent.command(step)))
            .description(`${descriptions[step]} A snapshot of the one in service comes first.`)
            .argument("[flags...]", pulumiFlags)
            .option("--confirm <stack>", "the stack's name again: applications use another data store from then on")
            .action((flags, options) => commands().move(step, flags, options));
}

/** The steps of the restore of a part. */
export function restoreCommands(restored: RestoredPart): RestoreCommands {
    return {
        async restore(name, flags, options) {
            checkRestoredName(name);
            const restoreFrom = originOf(options);
            await runStep(restored, { step: "restore", name, restoreFrom }, flags, options);
        },
        async move(step, flags, options) {
            const { stack } = restored;
            if (!options.dryRun && (stack === undefined || options.confirm !== stack))
                throw new Refusal(
                    `applications would use another ${restored.part}; give --confirm ${stack ?? "<stack>"}`,
                );
            await runStep(restored, { step }, flags, options);
        },
    };
}

async function runStep(
    { part, stack, withSource }: RestoredPart,
    step: RestoreStep,
    flags: string[],
    options: RestoreOptions,
): Promise<void> {
    checkPulumiFlags(flags);
    const outputs = readOutputs({ ...options, stack });
    const standby = isObject(outputs[part === "database" ? "standbyDatabase" : "standbyCache"]);
    const plan = () => {
        const file = new StackFile(stack);
        return { file, changed: planStep(file, part, step, standby) };
    };
    const { file, changed } = plan();
    const print = printer(options);
    await withSource(options, async (source) => {
        if (step.step === "restore" && changed) await refuseOrigin(source, step.restoreFrom);
        // Where the configuration was written before, so was the snapshot made.
        const snapshot = changed ? snapshotName(undefined, source.name) : undefined;
        if (snapshot !== undefined) await refuseSnapshot(source, snapshot);
        const { restored } = file.settings(`plinth:${part}`);
        const planned = { ...step, file: file.file, restored, snapshot, flags };
        if (options.dryRun) return print(stepText(planned, "would be"), planned);
        const change = { stack, records: options.records, command: `${part} ${step.step}`, target: source.name };
        const result = await recorded({ ...change, plan: planned }, async () => {
            if (snapshot !== undefined) {
                const tags = { CreatedBy: "plinth-ops", Stack: stack ?? "", Reason: `before ${part} ${step.step}` };
                const { creating } = await takeSnapshot(source, snapshot, tags);
                if (creating) throw new OpsError("interrupted before the snapshot was there; nothing was changed");
                // Somebody may have edited the file meanwhile.
                const again = plan();
                if (again.changed) again.file.write();
            }
            await bringUp(stack ?? "", flags);
            return planned;
        });
        print(stepText(planned, "was"), result);
    });
}

/** Refuses to restore from a snapshot that is not there. One that another account shares is not looked up. */
async function refuseOrigin(source: SnapshotSource, origin: Origin): Promise<void> {
    if (!("snapshot" in origin) || origin.snapshot.startsWith("arn:")) return;
    const { snapshot } = origin;
    const state = await source.find(snapshot);
    if (state?.status !== "available")
        throw new Refusal(`--snapshot: ${snapshot} is ${state ? `${state.status}, not available` : "not there"}`);
}

function stepText(planned: { file: string; restored: unknown; snapshot?: string }, was: string): string {
    const { file, restored, snapshot } = planned;
    return [
        snapshot === undefined
            ? `${file} had the change already, so no snapshot ${was} made.`
            : `The snapshot ${snapshot} ${was} made, and ${file} ${was} changed.`,
        `restored: ${JSON.stringify(restored)}`,
        `The stack ${was} brought up.`,
    ].join("\n");
}
