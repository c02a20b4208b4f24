import { randomBytes } from "node:crypto";
import {
    closeSync,
    fsyncSync,
    linkSync,
    mkdirSync,
    openSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
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
    const draft = writeDraft(file, content, mode);
    renameSync(draft, file);
}

/**
 * Creates a file, which appears together with its content. Returns false, and changes nothing, where there is one: of several
 * processes that create it at once, one succeeds.
 */
export function createExclusively(file: string, content: string, mode = 0o644): boolean {
    const draft = writeDraft(file, content, mode);
    try {
        linkSync(draft, file);
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
        throw error;
    } finally {
        rmSync(draft, { force: true });
    }
}

/** Writes the whole content beside the file. Where that fails, as on a full disk, nothing is left. */
function writeDraft(file: string, content: string, mode: number): string {
    mkdirSync(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
    const descriptor = openSync(draft, "wx", mode);
    try {
        writeFileSync(descriptor, content); // writeSync may write a part only
        fsyncSync(descriptor);
    } catch (error) {
        rmSync(draft, { force: true });
        throw error;
    } finally {
        closeSync(descriptor);
    }
    return draft;
}
