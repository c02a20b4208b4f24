import { type FileName, facts, fileNames } from "./data";

/** Today's date as facts have dates: `2026-11-27`. */
export function today(): string {
    return new Date().toISOString().slice(0, 10);
}

/** Whether a file can still be relied on: AWS may have added to it since. */
export function isValid(name: FileName, day = today()): boolean {
    return day < facts(name).origin.validUntil;
}

/** The files that can no longer be relied on, each with the day since which. */
export function expired(day = today()): { name: FileName; validUntil: string }[] {
    return fileNames
        .filter((name) => !isValid(name, day))
        .map((name) => ({ name, validUntil: facts(name).origin.validUntil }));
}
