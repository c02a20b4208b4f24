import * as path from "node:path";
import { readIfPresent, writeAtomically } from "./file";

/** Names that an account has by now, and that the facts of AWS do not: of classes, node types and versions. */
export function writeOfferedNames(accounts: string, stack: string, names: readonly string[]): void {
    if (names.length === 0 && readIfPresent(fileOf(accounts, stack)) === undefined) return;
    writeAtomically(fileOf(accounts, stack), JSON.stringify(names));
}

export function readOfferedNames(accounts: string, stack: string): string[] {
    return JSON.parse(readIfPresent(fileOf(accounts, stack)) ?? "[]") as string[];
}

function fileOf(accounts: string, stack: string): string {
    return path.join(accounts, `${stack}.offered.json`);
}
