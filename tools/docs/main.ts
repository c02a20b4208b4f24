// `npm run docs`: writes everything that is generated for readers and editors.
import { rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { generatedFiles, outdatedPages } from "./generate";

async function main(root: string): Promise<void> {
    const files = await generatedFiles(root);
    for (const page of outdatedPages(root, files)) rmSync(path.join(root, page));
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(root, file), text);
    console.log(`${Object.keys(files).length} files are up to date.`);
}

main(process.cwd()).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
});
