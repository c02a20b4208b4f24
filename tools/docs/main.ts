// `npm run docs`: writes everything that is generated for readers and editors. With `--check`, says what of it is out of date instead.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { generatedFiles, outdatedPages } from "./generate";

async function main(root: string, checkOnly: boolean): Promise<void> {
    const files = await generatedFiles(root);
    const gone = outdatedPages(root, files);
    const changed = Object.entries(files).filter(([file, text]) => read(path.join(root, file)) !== text);
    if (checkOnly) {
        const outdated = [...gone, ...changed.map(([file]) => file)].sort();
        if (outdated.length > 0) throw new Error(`out of date: ${outdated.join(", ")}. Run: npm run docs`);
    } else {
        for (const page of gone) rmSync(path.join(root, page));
        for (const [file, text] of changed) writeFileSync(path.join(root, file), text);
    }
    console.log(`${Object.keys(files).length} generated files are up to date.`);
}

function read(file: string): string | undefined {
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

main(process.cwd(), process.argv.includes("--check")).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
