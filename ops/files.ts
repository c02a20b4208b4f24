import { randomUUID } from "node:crypto";
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
import { createRequire } from "node:module";
import * as path from "node:path";
import { OpsError } from "./ops-error";

/** The folder of this package, wherever its code was bundled to. */
export const packageFolder = path.dirname(createRequire(__filename).resolve("@plinth/ops/package.json"));

/** The migrations that make the tenants' tables; a project's own follow in the same folder. */
export const migrationsFolder = path.join(packageFolder, "migrations");

/** The text of a file of this package. */
export function packageFile(name: string): string {
    return readFileSync(path.join(packageFolder, name), "utf8");
}

/**
 * Writes a file as a whole: whoever reads it finds the old one or the new one.
 * @returns whether it was written; with `onlyNew` it is not where there is one already
 */
export function writeWhole(file: string, text: string, { mode = 0o666, onlyNew = false } = {}): boolean {
    const temporary = `${file}.${randomUUID()}.tmp`;
    try {
        mkdirSync(path.dirname(file), { recursive: true });
        const descriptor = openSync(temporary, "wx", mode);
        try {
            writeFileSync(descriptor, text);
            fsyncSync(descriptor);
        } finally {
            closeSync(descriptor);
        }
        if (!onlyNew) renameSync(temporary, file);
        else linkSync(temporary, file);
        return true;
    } catch (error) {
        if (onlyNew && (error as NodeJS.ErrnoException).code === "EEXIST") return false;
        throw new OpsError(`cannot write ${file}: ${(error as Error).message}`);
    } finally {
        rmSync(temporary, { force: true });
    }
}
