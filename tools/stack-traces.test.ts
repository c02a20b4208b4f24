import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { expect, it } from "vitest";

const root = path.join(__dirname, "..");
const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });

it("shows where an error of a TypeScript file was made, in that file", () => {
    const { stderr } = node("tools/run-typescript.cjs", "tools/fixtures/throws.ts");
    expect(stderr).toContain("Error: thrown on line 6");
    expect(stderr).toContain(`${path.join(root, "tools/fixtures/throws.ts")}:6:7`);
});

it("leaves the stacks that the SDK notes for each promise without lines, and those of errors as they are", () => {
    const { stdout } = node(
        "--no-warnings",
        "-e",
        `
        require("./tools/stack-traces.cjs").installStackTraces();
        const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable");
        const promise = Promise.resolve();
        debuggablePromise(promise, "a test");
        console.log(JSON.stringify([promise._debugStackTrace, new Error("mine").stack.split("\\n").length > 2]));
        `,
    );
    expect(JSON.parse(stdout)).toEqual(["Error", true]);
});
