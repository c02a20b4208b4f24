import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { writeWhole } from "../files";
import { OpsError, Refusal } from "../ops-error";
import type { Checked } from "./checks";
import type { Inventory } from "./inventory";
import type { ServerFacts } from "./server";

/** What a drill restores. */
export interface DrillOrigin {
    /** A snapshot; otherwise it is a moment, by RDS's own backups. */
    snapshot?: string;
    /** When what is restored was the living database's content, as far as RDS says it. */
    moment: string;
    /** Whether it is the newest moment that RDS can restore to. */
    latest?: boolean;
}

/** How far a drill is. It has no password and no row of anybody's. */
export interface DrillState {
    id: string;
    /** The process that is at it. */
    pid: number;
    stack: string;
    /** The living database in RDS, and the one beside it that the drill makes. */
    source: string;
    name: string;
    origin: DrillOrigin;
    startedAt: string;
    /** How often it was killed, or could not go on, and was taken up again. */
    resumed: number;
    living: { facts: ServerFacts; inventory: Inventory };
    /** When RDS was first asked to restore. */
    askedAt?: string;
    /** When the restored database first answered a query. */
    answeredAt?: string;
    restored?: ServerFacts;
    checked?: Checked;
    /** Why it ends without a result. What it made is taken down all the same. */
    failure?: string;
    removedAt?: string;
}

/** The file that says how far a stack's drill is; it is there from before the first change until after the last. */
export class DrillFile {
    readonly file: string;

    constructor(
        folder: string,
        private readonly stack: string,
    ) {
        this.file = path.join(folder, "drills", `${stack}.state.json`);
    }

    /** The drill that was begun and not ended; undefined where there is none. */
    read(): DrillState | undefined {
        if (!existsSync(this.file)) return undefined;
        try {
            return JSON.parse(readFileSync(this.file, "utf8")) as DrillState;
        } catch {
            throw new OpsError(`${this.file} is not what a drill writes; look at RDS for a database <name>-drill`);
        }
    }

    /** Begins a drill, unless another has begun meanwhile. */
    begin(state: DrillState): void {
        if (!writeWhole(this.file, text(state), { mode: 0o600, onlyNew: true }))
            throw new Refusal(`another drill has begun meanwhile: ${this.file}`);
    }

    write(state: DrillState): void {
        writeWhole(this.file, text(state), { mode: 0o600 });
    }

    /** Ends the drill: removes the file, and what writes that were killed left beside it. */
    remove(): void {
        rmSync(this.file, { force: true });
        const folder = path.dirname(this.file);
        const left = new RegExp(`^${this.stack}(\\.state\\.json|-\\d{4}-\\d\\d-\\d\\d-[0-9a-f]{8}\\..*)\\..*\\.tmp$`);
        for (const name of existsSync(folder) ? readdirSync(folder) : [])
            if (left.test(name)) rmSync(path.join(folder, name), { force: true });
    }
}

/** Refuses a drill that another process is at. */
export function refuseRunning({ pid }: DrillState, file: string): void {
    if (pid === process.pid || !isAlive(pid)) return;
    throw new Refusal(
        `process ${pid} is at this drill; wait for it or stop it. If that is another program, remove the line "pid" of ${file}`,
    );
}

function isAlive(pid: number | undefined): boolean {
    if (pid === undefined) return false;
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // Another user's process may not be signalled, but is there.
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

function text(state: DrillState): string {
    return `${JSON.stringify(state, undefined, 2)}\n`;
}
