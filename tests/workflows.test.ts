import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";

const root = path.join(__dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const workflows = readdirSync(path.join(root, ".github/workflows")).map((file) => `.github/workflows/${file}`);
const action = ".github/actions/setup/action.yml";

it.each([...workflows, action])("%s uses actions by commit only, for a tag can be moved", (file) => {
    const used = [...read(file).matchAll(/uses:\s*(\S+)/g)].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(0);
    for (const name of used) expect(name).toMatch(/^\.\/|@[0-9a-f]{40}$/);
});
