import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { OpsError } from "../ops-error";
import { type SqlStatement, splitStatements } from "./sql";

/** One direction of a migration. */
export interface MigrationSection {
    statements: SqlStatement[];
    /** Whether it runs in one transaction; CREATE INDEX CONCURRENTLY does not run in any. */
    transaction: boolean;
}

/** A migration: `0001_name.sql`, with what is done and how it is undone. */
export interface MigrationFile {
    /** The file's name without its ending. */
    name: string;
    path: string;
    up: MigrationSection;
    /** Undefined where the migration cannot be undone. */
    down?: MigrationSection;
}

/** `-- Up Migration`, and `-- Up Migration, no transaction`. */
const marker = /^--[ \t]*(up|down) migration[ \t]*(,[ \t]*no transaction)?[ \t]*$/gim;

/** The migrations in a folder, in the order in which they run. */
export async function readMigrations(folder: string): Promise<MigrationFile[]> {
    const names = filesIn(folder).filter((name) => !name.startsWith("."));
    const strange = names.filter((name) => !/^\d{4,}_[\w-]+\.sql$/.test(name));
    if (strange.length > 0)
        throw new OpsError(
            `${folder}: ${strange.join(", ")} is no migration; a migration is called like 0004_add-invoices.sql, and nothing else may be there`,
        );
    const order = (name: string) => Number.parseInt(name, 10);
    const sorted = names.sort((a, b) => order(a) - order(b));
    const twice = sorted.filter((name, index) => index > 0 && order(name) === order(sorted[index - 1] ?? ""));
    if (twice.length > 0) throw new OpsError(`${folder}: ${twice.join(", ")} has the number of another migration`);
    return Promise.all(sorted.map((name) => readMigration(path.join(folder, name))));
}

function filesIn(folder: string): string[] {
    try {
        return readdirSync(folder);
    } catch {
        throw new OpsError(`there is no folder ${folder}`);
    }
}

async function readMigration(file: string): Promise<MigrationFile> {
    const { up, down } = await readSections(readFileSync(file, "utf8"), file);
    return { name: path.basename(file, ".sql"), path: file, up, down };
}

/** What a file does and undoes. A file without markers is all to do. */
export async function readSections(
    text: string,
    where: string,
): Promise<{ up: MigrationSection; down?: MigrationSection }> {
    const markers = [...text.matchAll(marker)];
    if (markers.length === 0) return { up: { statements: await splitStatements(text, where), transaction: true } };
    const found: Record<string, MigrationSection> = {};
    for (const [index, { 1: direction = "", 2: withoutTransaction, index: start }] of markers.entries()) {
        const key = direction.toLowerCase();
        if (found[key]) throw new OpsError(`${where}: has two sections "-- ${direction} Migration"; give one of each`);
        // What comes before is blanked and not cut off, so that the lines keep their numbers.
        const before = text.slice(0, start).replaceAll(/[^\n]/g, "");
        const section = before + text.slice(start, markers[index + 1]?.index);
        found[key] = {
            statements: await splitStatements(section, where),
            transaction: withoutTransaction === undefined,
        };
    }
    const { up, down } = found;
    if (!up) throw new OpsError(`${where}: has no section "-- Up Migration"`);
    return { up, down };
}
