import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, it } from "vitest";
import { SandboxError } from "./sandbox-error";
import { readYaml } from "./yaml-file";

const file = path.join(mkdtempSync(path.join(tmpdir(), "plinth-yaml-")), "Pulumi.dev.yaml");

it.each<[string, string, string]>([
    ["a tab", "config:\n\ta: 1\n", `${file}:2:1: Tabs are not allowed as indentation`],
    ["a key twice", "config:\n  a: 1\n  a: 2\n", `${file}:3:3: Map keys must be unique`],
    ["an open bracket", "config:\n  a: [1\n", `${file}:3:1: Flow sequence in block collection`],
    ["an alias of nothing", "config: *a\n", `${file}: Unresolved alias`],
])("stumble 2: %s is named with file and line", (_, text, message) => {
    writeFileSync(file, text);
    expect(() => readYaml(file)).toThrow(SandboxError);
    expect(() => readYaml(file)).toThrow(message);
});

it("refuses aliases that grow without end", () => {
    const levels = "abcdefghi".split("");
    const lines = levels.map(
        (name, index) => `${name}: &${name} [${Array(9).fill(index ? `*${levels[index - 1]}` : 1)}]`,
    );
    writeFileSync(file, lines.join("\n"));
    expect(() => readYaml(file)).toThrow(`${file}: Excessive alias count`);
});

it("has nothing of a file that is empty or missing", () => {
    writeFileSync(file, "");
    expect([readYaml(file), readYaml(`${file}.missing`)]).toEqual([undefined, undefined]);
});
