/**
 * `npm run facts` takes the facts that AWS publishes from pinned packages and writes them to the repository.
 * `npm run facts -- --check` compares what is committed with a regeneration, and writes nothing.
 * `--days-left <days>` fails where the facts expire sooner.
 * `--from <folder>` keeps the packages in a folder, and takes from there those that it has.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Command } from "commander";
import { files, textOf } from "./files";
import { originOf, SourceFolder, UnreachableSource } from "./sources";

const root = path.resolve(__dirname, "../..");

async function main(check: boolean, folder: string, daysLeft: number): Promise<void> {
    const sources = new SourceFolder(folder);
    const day = new Date(Date.now() + daysLeft * 86_400_000).toISOString().slice(0, 10);
    const { validUntil } = originOf();
    for (const file of files) {
        const target = path.join(root, file.path);
        const text = await textOf(file, sources).catch((error: unknown) => {
            if (error instanceof UnreachableSource) return error;
            throw error;
        });
        if (text instanceof UnreachableSource)
            fail(`${file.path}: ${check ? "not compared" : "left as it is"}: ${text.message}`);
        else if (!check) writeFileSync(target, text);
        else if (readFileSync(target, "utf8") !== text) fail(`${file.path}: is not what \`npm run facts\` writes`);
        else console.log(`${file.path}: as generated`);
    }
    if (day >= validUntil)
        fail(
            `The facts are valid until ${validUntil}: pin newer sources in tools/facts/sources.ts, and run \`npm run facts\``,
        );
}

function fail(message: string): void {
    console.error(message);
    process.exitCode = 1;
}

const command = new Command("npm run facts --")
    .option("--check", "compare with what is committed, and write nothing")
    .option("--days-left <days>", "fail where fewer days are left until they expire", "0")
    .option("--from <folder>", "keep the packages here, and take from here those that are there")
    .parse(process.argv.slice(3), { from: "user" });
const { check = false, daysLeft, from } = command.opts<{ check?: boolean; daysLeft: string; from?: string }>();
const folder = from ?? mkdtempSync(path.join(tmpdir(), "plinth-facts-"));
main(check, path.resolve(folder), Number(daysLeft)).finally(() => {
    if (!from) rmSync(folder, { recursive: true, force: true });
});
