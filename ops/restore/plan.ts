import { isDeepStrictEqual } from "node:util";
import { OpsError, Refusal } from "../ops-error";
import type { StackFile } from "../stack/configuration";

/** The parts of a stack that can be restored, by the key of their settings without `plinth:`. */
export type Restorable = "database" | "cache";

/** What a second data store is made from. */
export type Origin = { pointInTime: string } | { snapshot: string };

export type RestoreStep = { step: "restore"; name: string; restoreFrom: Origin } | { step: "cut-over" | "roll-back" };

/** The setting `restored`, as `docs/restore.md` has it. */
interface RestoredSetting {
    name?: unknown;
    restoreFrom?: unknown;
    inService?: unknown;
    original?: unknown;
}

/**
 * Makes the change of a step in a stack's configuration, which is not written yet.
 * @param standby whether the stack's outputs have a data store that stands by
 * @returns whether the configuration is another than before: it is not where the step was begun before
 */
export function planStep(file: StackFile, part: Restorable, step: RestoreStep, standby: boolean): boolean {
    const key = `plinth:${part}`;
    const restored = file.settings(key).restored as RestoredSetting | undefined;
    if (step.step === "restore") {
        const { name, restoreFrom } = step;
        if (restored === undefined) {
            file.set(key, ["restored"], { name, restoreFrom });
            return true;
        }
        if (isDeepStrictEqual(restored, { name, restoreFrom })) return false;
        throw new Refusal(
            `${file.file}: ${key}.restored is there already, with the name ${restored.name}; complete that restore, or remove it and bring the stack up`,
        );
    }
    if (restored === undefined)
        throw new Refusal(`${file.file} has no ${key}.restored: run \`${part} restore\` first, and look at the result`);
    if (restored.original === "delete")
        throw new Refusal(`${file.file}: ${key}.restored.original is delete, so there is nothing to go back to`);
    const inService = step.step === "cut-over";
    if ((restored.inService === true) === inService) return false;
    if (!standby)
        throw new Refusal(`the stack's outputs have no ${part} that stands by; bring the stack up first: pulumi up`);
    file.set(key, ["restored", "inService"], inService ? true : undefined);
    return true;
}

/** What the options say to restore from. */
export function originOf({ at, snapshot }: { at?: string; snapshot?: string }, now = new Date()): Origin {
    if (snapshot !== undefined) return { snapshot };
    if (at === undefined) throw new OpsError("give what to restore from: --snapshot, or of a database --at");
    if (at === "latest") return { pointInTime: at };
    const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(at) ? Date.parse(at) : Number.NaN;
    if (Number.isNaN(moment))
        throw new OpsError(`--at: ${at} is no moment; give latest or one in UTC such as 2026-11-20T03:12:00Z`);
    if (moment > now.getTime()) throw new OpsError(`--at: ${at} is still to come; give latest or an earlier moment`);
    return { pointInTime: at };
}

/** Refuses a name that cannot be part of resources' names. */
export function checkRestoredName(name: string): void {
    if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name))
        throw new OpsError(`${name} is no name of a restored data store; give small letters, digits and hyphens`);
}
