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
    writeSync,
} from "node:fs";
import * as path from "node:path";
import { writeAtomically } from "./file";

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
            return parseLines<Entry>(fresh.subarray(0, whole));
        } finally {
            closeSync(descriptor);
        }
    }

    append(entry: Entry): void {
        mkdirSync(path.dirname(this.file), { recursive: true });
        const descriptor = openSync(this.file, "a", 0o600);
        try {
            writeSync(descriptor, `${JSON.stringify(entry)}\n`);
            if (this.options.survivesCrash) fdatasyncSync(descriptor);
        } finally {
            closeSync(descriptor);
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

function parseLines<Entry>(bytes: Buffer): Entry[] {
    const lines = bytes.toString("utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Entry);
}
