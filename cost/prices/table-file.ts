import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { formatIndex, formatTable, type TableFile } from "./table";

/** The regions that a folder has tables of. */
export function regionsIn(folder: string): string[] {
    const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
    return files.map((file) => file.slice(0, -".json".length)).sort();
}

export function readTable(folder: string, region: string): TableFile | undefined {
    const file = path.join(folder, `${region}.json`);
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as TableFile) : undefined;
}

/** Writes a table, and the module that imports it. */
export function writeTable(folder: string, table: TableFile): void {
    replaceFile(path.join(folder, `${table.region}.json`), formatTable(table));
    replaceFile(path.join(folder, "index.ts"), formatIndex(regionsIn(folder)));
}

/** A file that another process reads is whole at any time, and one that could not be written is as it was. */
function replaceFile(file: string, text: string): void {
    const temporary = `${file}.${process.pid}.tmp`;
    try {
        writeFileSync(temporary, text);
        renameSync(temporary, file);
    } finally {
        rmSync(temporary, { force: true });
    }
}
