import { readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { generatedFiles, outdatedPages } from "../tools/docs/generate";

const root = path.join(__dirname, "..");

it("docs, README and JSON Schema say what the code says (npm run docs makes it so)", () => {
    const files = generatedFiles(root);
    for (const [file, text] of Object.entries(files)) {
        expect(readFileSync(path.join(root, file), "utf8"), file).toBe(text);
    }
    expect(outdatedPages(root, files)).toEqual([]);
});
