/**
 * `npm run facts` takes the facts that AWS publishes from pinned packages and writes them to the repository.
 * `npm run facts -- --check` compares what is committed with a regeneration, and writes nothing.
 * `--from <folder>` keeps the packages in a folder, and takes from there those that it has.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Command } from "commander";
import { files, textOf } from "./files";
import { originOf, SourceFolder, UnreachableSource } from "./sources";

const root = path.resolve(__dirname, "../..");

async function main(check: boolean, folder: string): Promise<void> {
    const sources = new SourceFolder(folder);
    const today = new Date().toISOString().slice(0, 10);
    const { validUntil } = originOf();
    for (const file of files) {
        const target = path.join(root, file.path);
        const text = await textOf(file, sources).catch((error: unknown) => {
            if (error instanceof UnreachableSource) return error;
            throw error;
        });
        if (text instanceof UnreachableSource) fail(`${file.path}: left as it is: ${text.message}`);
        else if (!check) writeFileSync(target, text);
        else if (readFileSync(target, "utf8") !== text) fail(`${file.path}: is not what \`npm run facts\` writes`);
        else console.log(`${file.path}: as generated`);
    }
    if (today >= validUntil)
        fail(
            `The facts were valid until ${validUntil}: pin newer sources in tools/facts/sources.ts, and run \`npm run facts\``,
        );
}

function fail(message: string): void {
    console.error(message);
    process.exitCode = 1;
}

const command = new Command("npm run facts --")
    .option("--check", "compare with what is committed, and write nothing")
    .option("--from <folder>", "keep the packages here, and take from here those that are there")
    .parse(process.argv.slice(3), { from: "user" });
const { check = false, from } = command.opts<{ check?: boolean; from?: string }>();
const folder = from ?? mkdtempSync(path.join(tmpdir(), "plinth-facts-"));
main(check, path.resolve(folder)).finally(() => {
    if (!from) rmSync(folder, { recursive: true, force: true });
});
