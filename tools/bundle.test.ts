import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { bundle } from "./bundle.cjs";

const root = mkdtempSync(path.join(tmpdir(), "plinth-bundle-"));
const cache = path.join(root, "node_modules/.cache/plinth");
const write = (file: string, text: string) => writeFileSync(path.join(root, file), text);
const compiled = () => bundle(root, { entry: path.join(root, "entry.ts") }).entry;
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeEach(() => {
    rmSync(cache, { recursive: true, force: true });
    write("tsconfig.json", "{}");
    write("entry.ts", 'import { value } from "./value";\nconsole.log(value);\n');
    write("value.ts", 'export const value: string = "first";\n');
});

it("compiles again what a change of any file that goes into it makes different", () => {
    expect(compiled()).toContain('"first"');
    write("value.ts", 'export const value = "second";\n');
    expect(compiled()).toContain('"second"');
    rmSync(path.join(root, "value.ts"));
    mkdirSync(path.join(root, "value"), { recursive: true });
    write("value/index.ts", 'export const value = "third";\n');
    expect(compiled()).toContain('"third"');
    rmSync(path.join(root, "value"), { recursive: true });
});

it("takes it from the cache otherwise, but not one that was cut off", () => {
    compiled();
    const [file = ""] = readdirSync(cache);
    const kept = path.join(cache, file);
    const sameInputs = JSON.stringify({ ...JSON.parse(readFileSync(kept, "utf8")), files: { entry: "kept" } });
    writeFileSync(kept, sameInputs);
    expect(compiled()).toBe("kept");
    writeFileSync(kept, sameInputs.slice(0, -10));
    expect(compiled()).toContain('"first"');
});
