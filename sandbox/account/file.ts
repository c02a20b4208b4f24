import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import * as path from "node:path";

/** The text of a file, or undefined where there is no such file. */
export function readIfPresent(file: string): string | undefined {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
    }
}

/** Writes a file so that every reader, and whoever comes after a crash, sees either the whole old content or the whole new one. */
export function writeAtomically(file: string, content: string, mode = 0o644): void {
    if (readIfPresent(file) === content) return;
    mkdirSync(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
    const descriptor = openSync(draft, "wx", mode);
    try {
        writeSync(descriptor, content);
        fsyncSync(descriptor);
    } finally {
        closeSync(descriptor);
    }
    renameSync(draft, file);
}
