import {
    closeSync,
    existsSync,
    fdatasyncSync,
    fstatSync,
    ftruncateSync,
    mkdirSync,
    openSync,
    readFileSync,
    readSync,
    writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { writeAtomically } from "./file";
import { SandboxError } from "./sandbox-error";

/**
 * An append-only file of JSON lines. Several processes may write to it at once, and a crash leaves it as it was before
 * an entry or after it: an incomplete last line, which only a crash leaves, is ignored.
 */
export class Journal<Entry> {
    private read = 0;

    constructor(
        private readonly file: string,
        private readonly options: { survivesCrash: boolean } = { survivesCrash: true },
    ) {}

    /** The entries that any process has added since the last call. */
    news(): Entry[] {
        if (!existsSync(this.file)) return [];
        const descriptor = openSync(this.file, "r");
        try {
            const fresh = Buffer.alloc(fstatSync(descriptor).size - this.read);
            if (fresh.length === 0) return [];
            readSync(descriptor, fresh, 0, fresh.length, this.read);
            const whole = fresh.lastIndexOf("\n") + 1;
            this.read += whole;
            return this.parsed(fresh.subarray(0, whole), this.read - whole);
        } finally {
            closeSync(descriptor);
        }
    }

    append(entry: Entry): void {
        mkdirSync(path.dirname(this.file), { recursive: true });
        const descriptor = openSync(this.file, "a", 0o600);
        try {
            writeWhole(descriptor, `${JSON.stringify(entry)}\n`);
            if (this.options.survivesCrash) fdatasyncSync(descriptor);
        } finally {
            closeSync(descriptor);
        }
    }

    /** @param from where in the file the lines begin */
    private parsed(bytes: Buffer, from: number): Entry[] {
        const entries: Entry[] = [];
        let at = 0;
        for (const line of bytes.toString("utf8").split("\n")) {
            if (line !== "") entries.push(this.parsedLine(line, from + at));
            at += Buffer.byteLength(line) + 1;
        }
        return entries;
    }

    private parsedLine(line: string, from: number): Entry {
        try {
            return JSON.parse(line) as Entry;
        } catch {
            const number = readFileSync(this.file).subarray(0, from).toString("utf8").split("\n").length;
            throw new SandboxError(
                `${this.file}, line ${number}: is no entry of the journal: restore the file, or delete all emulated accounts and states with the command reset`,
            );
        }
    }

    /** Removes an incomplete last line. Call it only while no other process writes. */
    repair(): void {
        if (!existsSync(this.file)) return;
        const whole = readFileSync(this.file).lastIndexOf("\n") + 1;
        const descriptor = openSync(this.file, "r+");
        ftruncateSync(descriptor, whole);
        closeSync(descriptor);
    }

    /** Replaces the whole content by `entries`. Call it only while no other process reads or writes. */
    rewrite(entries: Entry[]): void {
        writeAtomically(this.file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""), 0o600);
    }
}

/** Appends all of the text or, as on a full disk, nothing: a part of a line would join the next one. */
function writeWhole(descriptor: number, text: string): void {
    const { size } = fstatSync(descriptor);
    try {
        writeFileSync(descriptor, text);
    } catch (error) {
        ftruncateSync(descriptor, size);
        throw error;
    }
}
