import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, it } from "vitest";
import { findEngine } from "./engine";

const scratch = mkdtempSync(path.join(tmpdir(), "plinth-engine-"));

/** A stand-in for the CLI, of a version that it claims. */
function fakePulumi(version: string, ...companions: string[]): string {
    const directory = mkdtempSync(path.join(scratch, "bin-"));
    for (const name of ["pulumi", ...companions]) {
        writeFileSync(path.join(directory, name), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
    }
    return directory;
}

async function withPath<Result>(value: string, work: () => Promise<Result>): Promise<Result> {
    const { PATH } = process.env;
    process.env.PATH = value;
    try {
        return await work();
    } finally {
        process.env.PATH = PATH;
    }
}

it("takes the official CLI on PATH, with the language host that lies beside it", async () => {
    const directory = fakePulumi("v3.245.0", "pulumi-language-nodejs");
    const engine = await withPath(directory, () => findEngine(scratch));
    expect(engine).toEqual({ pulumi: path.join(directory, "pulumi"), hasLanguageHost: true });
});

it("takes a CLI that has no language host, and says so", async () => {
    const directory = fakePulumi("v3.300.1");
    const engine = await withPath(directory, () => findEngine(scratch));
    expect(engine).toEqual({ pulumi: path.join(directory, "pulumi"), hasLanguageHost: false });
});

it("lists in one error every way to install an engine, where there is none", async () => {
    const offline = path.join(scratch, "offline.cjs");
    writeFileSync(offline, 'globalThis.fetch = () => Promise.reject(new TypeError("no network"));\n');
    const cache = path.join(scratch, "cache");
    mkdirSync(cache);
    const environment = {
        PATH: fakePulumi("v3.9.0"), // too old, and there is no go beside it
        HOME: scratch,
        XDG_CACHE_HOME: cache,
        NODE_OPTIONS: `--require ${offline}`,
    };
    const cli = path.join(__dirname, "..", "cli.cjs");
    const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
        execFile(process.execPath, [cli, "preview", "dev"], { env: environment }, (error, stdout, stderr) =>
            resolve({ code: error?.code, output: stdout + stderr }),
        );
    });
    expect(code).toBe(1);
    expect(output).toMatch(/older than 3\.200/);
    expect(output).toMatch(/official installer: .*no network/);
    expect(output).toMatch(/go build: go is not on PATH/);
    expect(output).toMatch(/install the Pulumi CLI 3\.200 or later and put it on PATH/);
    expect(output).toMatch(/install Go \d+\.\d+\S* or later/);
    expect(output).not.toContain("    at "); // no stack trace
});
