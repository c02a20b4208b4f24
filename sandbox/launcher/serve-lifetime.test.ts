import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { RUN_VARIABLE } from "../providers/environment";
import type { ServedPart } from "../servers/servers";
import type { Layout } from "./layout";
import { processesWith } from "./process-table";
import { endLeftovers } from "./recovery";
import { deadRuns, endRun, serverFolder } from "./run";
import { plannedServing, withServers } from "./serve";
import { missing, onlyRun, project } from "./testing/account";

const layouts: Layout[] = [];
afterAll(() => {
    for (const { root } of layouts) rmSync(root, { recursive: true, force: true });
});

describe.skipIf(missing)(`who serves a stack${missing && `, skipped: ${missing}`}`, () => {
    /** Serves in a process of its own. */
    async function serving(layout: Layout, ...parts: ServedPart[]) {
        const root = path.join(__dirname, "..", "..");
        const script = path.join(__dirname, "testing", "serve.ts");
        const child = spawn(
            process.execPath,
            [path.join(root, "tools", "run-typescript.cjs"), script, layout.root, ...parts],
            {
                stdio: ["ignore", "pipe", "inherit"],
            },
        );
        const exited = once(child, "exit");
        await once(child.stdout, "data");
        return { child, exited, run: onlyRun(layout) };
    }

    it("takes all down on Ctrl-C", async () => {
        const layout = project();
        layouts.push(layout);
        const { child, exited, run } = await serving(layout, "cache", "aws");
        child.kill("SIGINT");
        expect(await exited).toEqual([0, null]);
        expect(processesWith(RUN_VARIABLE, run.id)).toEqual([]);
        expect(existsSync(serverFolder(run))).toBe(false);
    }, 60_000);

    it("leaves, when it is killed, nothing that the next command does not end", async () => {
        const layout = project();
        layouts.push(layout);
        const { child, exited, run } = await serving(layout, "database", "cache", "aws");
        child.kill("SIGKILL");
        await exited;
        expect(processesWith(RUN_VARIABLE, run.id).length).toBeGreaterThanOrEqual(5);
        const dead = deadRuns(layout);
        expect(dead).toEqual([run]);
        await endLeftovers(dead);
        for (const one of dead) endRun(layout, one);
        expect(processesWith(RUN_VARIABLE, run.id)).toEqual([]);
        expect(existsSync(serverFolder(run))).toBe(false);
    }, 90_000);

    it("hears of a server that ends", async () => {
        const layout = project();
        layouts.push(layout);
        const plan = plannedServing(layout, "dev", ["cache"]);
        const lost = withServers(layout, { stack: "dev", plan, outputs: {} }, async () => {
            for (const pid of processesWith(RUN_VARIABLE, onlyRun(layout).id)) process.kill(pid, "SIGKILL");
            return new Promise(() => {});
        });
        await expect(lost).rejects.toThrow(/redis for shop-dev-cache: SIGKILL/);
        expect(readdirSync(layout.runs)).toEqual([]);
    }, 60_000);
});
