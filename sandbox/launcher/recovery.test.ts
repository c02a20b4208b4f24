import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createExclusively } from "../account/file";
import { RUN_VARIABLE } from "../providers/environment";
import { deploymentOf, restoreCheckpoint, stacksOf } from "./checkpoint";
import type { Engine } from "./engine";
import { type Layout, layoutOf, passphrase } from "./layout";
import { environmentFor } from "./pulumi";
import { recover } from "./recovery";
import { beginRun, deadRuns, endRun, livingRuns } from "./run";

let layout: Layout;
let states: string;
beforeEach(() => {
    layout = layoutOf(mkdtempSync(path.join(tmpdir(), "plinth recovery#?%-")));
    states = path.join(layout.state, ".pulumi/stacks/p");
    mkdirSync(states, { recursive: true });
});
afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(layout.root, { recursive: true, force: true });
});

/** An engine that must not be called. */
const engine: Engine = { pulumi: "/there/is/no/engine", hasLanguageHost: true };
const recovered = () => recover({ engine, layout, environment: {} });
const state = (urn: string) => JSON.stringify({ checkpoint: { latest: { resources: [{ urn, type: "t" }] } } });

function lockOf(pid: number): string {
    const folder = path.join(layout.state, ".pulumi/locks/organization/p/dev");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "a.json"), JSON.stringify({ pid, timestamp: "2020-01-01T00:00:00Z" }));
    return folder;
}

describe("a record of a command", () => {
    it("is of a living one whatever the clock says", () => {
        const run = beginRun(layout, "up");
        vi.setSystemTime(new Date(Date.now() + 365 * 86_400_000));
        expect([livingRuns(layout).map(({ id }) => id), deadRuns(layout)]).toEqual([[run.id], []]);
        vi.useRealTimers();
        endRun(layout, run);
    });

    it.each([
        ["empty", ""],
        ["half written", '{"id":"a","pi'],
    ])("that is %s is one of a dead command", (_, text) => {
        mkdirSync(layout.runs, { recursive: true });
        writeFileSync(path.join(layout.runs, "a.json"), text);
        expect(deadRuns(layout).map(({ id }) => id)).toEqual(["a"]);
    });

    it("that is damaged stops the next command for as long as something of its command runs", async () => {
        mkdirSync(layout.runs, { recursive: true });
        writeFileSync(path.join(layout.runs, "b.json"), "");
        const child = spawn("sleep", ["60"], { env: { ...process.env, [RUN_VARIABLE]: "b" } });
        await new Promise((resolve) => child.once("spawn", resolve));
        expect(() => deadRuns(layout)).toThrow(`processes ${child.pid}): wait for it or stop it`);
        child.kill("SIGKILL");
        await new Promise((resolve) => child.once("exit", resolve));
        expect(deadRuns(layout).map(({ id }) => id)).toEqual(["b"]);
    });
});

describe("a lock of the engine", () => {
    it("is removed where its engine is dead, though no record tells of it", async () => {
        writeFileSync(path.join(states, "dev.json"), state("a"));
        const locks = lockOf(2 ** 22 + 1);
        await recovered();
        expect(readdirSync(locks)).toEqual([]);
    });

    it("stays where its engine runs, though it is older than the process by the clock", async () => {
        writeFileSync(path.join(states, "dev.json"), state("a"));
        const child = spawn("sleep", ["60"], { env: { ...process.env, PULUMI_HOME: layout.home } });
        await new Promise((resolve) => child.once("spawn", resolve));
        const locks = lockOf(child.pid ?? 0);
        await recovered();
        child.kill("SIGKILL");
        expect(readdirSync(locks)).toEqual(["a.json"]);
    });
});

describe("a state that was cut off", () => {
    it("gives way to the one before, and is kept beside it", async () => {
        const file = path.join(states, "dev.json");
        writeFileSync(file, state("later").slice(0, 20));
        writeFileSync(`${file}.bak`, state("before"));
        await recovered();
        expect(deploymentOf(layout, "dev")?.resources?.map(({ urn }) => urn)).toEqual(["before"]);
        expect(readFileSync(`${file}.damaged`, "utf8")).toBe(state("later").slice(0, 20));
        expect(stacksOf(layout)).toEqual(["dev"]);
    });

    it("is one error that names the file where there is none before", () => {
        const file = path.join(states, "dev.json");
        writeFileSync(file, "");
        expect(() => restoreCheckpoint(layout, "dev")).toThrow(`${file} is no state of the engine's`);
        expect(readFileSync(file, "utf8")).toBe("");
    });
});

describe("what commands find", () => {
    it("is one passphrase, of whoever came first", () => {
        const file = path.join(layout.sandbox, "passphrase");
        expect(createExclusively(file, "first")).toBe(true);
        expect([createExclusively(file, "second"), passphrase(layout)]).toEqual([false, "first"]);
    });

    it("is none of the user's settings of Pulumi and Node.js, and a path that is a URL", () => {
        vi.stubEnv("PULUMI_DIY_BACKEND_GZIP", "true");
        vi.stubEnv("PULUMI_NODEJS_TSCONFIG_PATH", "/none");
        vi.stubEnv("NODE_OPTIONS", "--max-old-space-size=4096");
        vi.stubEnv("AWS_PROFILE", "production");
        vi.stubEnv("FOREIGN", "kept");
        const environment = environmentFor(layout);
        for (const name of ["PULUMI_DIY_BACKEND_GZIP", "PULUMI_NODEJS_TSCONFIG_PATH", "NODE_OPTIONS", "AWS_PROFILE"])
            expect(environment).not.toHaveProperty(name);
        expect(environment.FOREIGN).toBe("kept");
        expect(decodeURIComponent(new URL(environment.PULUMI_BACKEND_URL ?? "").pathname)).toBe(layout.state);
    });
});
