import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";

const directory = path.join(__dirname, "..", ".github", "workflows");

it.each(readdirSync(directory))("%s uses actions by commit only, for a tag can be moved", (file) => {
    const used = [...readFileSync(path.join(directory, file), "utf8").matchAll(/uses:\s*(\S+)/g)].map(
        ([, action]) => action,
    );
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^\.\/|@[0-9a-f]{40}$/);
});
