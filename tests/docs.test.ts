import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = path.join(__dirname, "..");

it("docs/components says what the docstrings say (npm run docs makes it so)", async () => {
    const fresh = mkdtempSync(path.join(tmpdir(), "plinth-docs-"));
    const typedoc = path.join(root, "node_modules", "typedoc", "bin", "typedoc");
    await promisify(execFile)(process.execPath, [typedoc, "--out", fresh], { cwd: root });
    const pages = readdirSync(fresh).sort();
    const committed = path.join(root, "docs", "components");
    expect(readdirSync(committed).sort()).toEqual(pages);
    for (const page of pages) {
        expect(readFileSync(path.join(committed, page), "utf8"), page).toBe(
            readFileSync(path.join(fresh, page), "utf8"),
        );
    }
}, 300_000);
