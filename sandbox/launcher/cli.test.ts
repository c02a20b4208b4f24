import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { main } from "./cli";

const here = process.cwd();
let folder = "";
beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "plinth-cli-"));
    writeFileSync(path.join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "config: {}\n");
});
afterEach(() => {
    process.chdir(here);
    rmSync(folder, { recursive: true, force: true });
});

const installation = {
    command: "npx plinth-sandbox",
    operations: "npx plinth-ops",
    engineModule: "none",
    compiledPlugins: () => expect.fail("a command that is refused prepares nothing"),
};

/** Runs a command that is refused before the engine is looked for, and returns what it says. */
async function refused(...args: string[]): Promise<string> {
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect(await main(installation, ["-C", folder, ...args])).toBe(1);
    const text = written.mock.calls.join("");
    written.mockRestore();
    return text;
}

it.each([
    [["up", "dev", "staging"], 'error: up takes one stack, and "staging" is a word more: run it for each stack'],
    [["preview", "dev", "diff"], 'error: preview takes one stack, and "diff" is a word more'],
    [["up", "prod"], 'error: stack "prod" has no Pulumi.prod.yaml'],
])("refuses %j", async (args, says) => {
    expect(await refused(...args)).toContain(says);
});

it("says where a stack's state is that another name of the project hides", async () => {
    const stacks = path.join(folder, ".sandbox/world/state/.pulumi/stacks/store");
    mkdirSync(stacks, { recursive: true });
    writeFileSync(path.join(stacks, "dev.json"), "{}");
    expect(await refused("preview", "dev")).toBe(
        'error: Pulumi.yaml names the project "shop", and the sandbox has dev of the project store: ' +
            "give the project that name again, or delete all emulated accounts and states with `npx plinth-sandbox reset`\n",
    );
});
