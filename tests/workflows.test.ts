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

it("states the version of Pulumi in package.json, and the same in the module that builds the engine", () => {
    const version: string = JSON.parse(read("package.json")).dependencies["@pulumi/pulumi"];
    expect(read("sandbox/engine/go.mod")).toContain(`github.com/pulumi/pulumi/pkg/v3 v${version}`);
    for (const file of [...workflows, action]) expect(read(file), file).not.toContain(version);
});
