import { Journal } from "./journal";

/**
 * What becomes of resource types and functions that the emulation does not know: `generic` runs them by the SDK's declarations, `list` does so
 * in a preview alone and lists them for the command to fail with, and `refuse` fails at the first one.
 */
export type UnemulatedMode = "generic" | "list" | "refuse";

/** A resource or a call that the emulation does not know. */
export interface Unemulated {
    kind: "resource type" | "function";
    token: string;
    /** What tells it from others of its token: a URN, or a digest of arguments. */
    of: string;
}

/** How often something is used that the emulation does not know. */
export type Count = Pick<Unemulated, "kind" | "token"> & { count: number };

interface Note extends Unemulated {
    /** The process that found it. */
    by: number;
}

/** The file in which the providers of one command write down what they do not emulate. */
export class UnemulatedList {
    private readonly journal: Journal<Note>;
    private readonly notes: Note[] = [];

    constructor(
        readonly mode: UnemulatedMode,
        file: string,
    ) {
        this.journal = new Journal(file, { survivesCrash: false });
    }

    add(found: Unemulated): void {
        if (this.mode !== "refuse") this.journal.append({ ...found, by: process.pid });
    }

    /** What was found, how often, in the order of the names. */
    counts(): Count[] {
        this.notes.push(...this.journal.news());
        // A preview and the update after it find the same.
        const count = (wanted: string) =>
            new Set(this.notes.flatMap((one) => (one.token === wanted ? one.of : []))).size;
        const once = new Map(this.notes.map(({ kind, token }) => [token, { kind, token, count: count(token) }]));
        return [...once.values()].sort((a, b) => (a.token < b.token ? -1 : 1));
    }

    /** Whether another process found anything: the preview that came before the update. */
    wasPreviewed(): boolean {
        this.counts();
        return this.notes.some(({ by }) => by !== process.pid);
    }
}

/** Nothing that the emulation does not know is taken. */
export const REFUSED = new UnemulatedList("refuse", "");

/** What was found, a line each. */
export function listed(counts: Count[]): string {
    return counts
        .map(({ kind, token, count }) => `  ${kind} ${token}${count > 1 ? `, ${count} times` : ""}`)
        .join("\n");
}

/** What a user can do about it. */
export const HOW_TO_RUN_UNEMULATED = "To run them by the SDK's declarations alone, add --unknown-types generic.";
