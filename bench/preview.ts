/**
 * How long a preview of a fresh stack takes, and how much memory: `npm run bench [-- runs]`.
 *
 * Each case is timed as a whole command, from outside. The cases take turns, so that a machine whose speed drifts slows all of them
 * alike. Memory is the sum over all processes of the command, sampled every 50 ms (Linux only).
 */

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

interface Measurement {
    seconds: number;
    mebibytes: number;
}

const cases = ["dev", "prod"].flatMap((stack) => [
    { name: `preview ${stack}`, args: ["preview", stack] },
    { name: `preview ${stack}, without the pack`, args: ["pulumi", "preview", "--stack", stack] },
]);
const runs = Number(process.argv[3] ?? 5);

async function main(): Promise<void> {
    const results = new Map(cases.map(({ name }) => [name, [] as Measurement[]]));
    await measure(["reset"]);
    for (const { args } of cases) await measure(args); // warms the caches, and makes the stacks
    for (let run = 0; run < runs; run++) {
        for (const { name, args } of cases) results.get(name)?.push(await measure(args));
    }
    process.stdout.write(
        `${"median of ".concat(String(runs)).padEnd(36)}${"seconds".padStart(9)}${"MiB".padStart(7)}\n`,
    );
    for (const [name, measurements] of results) {
        const seconds = median(measurements.map((measurement) => measurement.seconds));
        const mebibytes = median(measurements.map((measurement) => measurement.mebibytes));
        process.stdout.write(
            `${name.padEnd(36)}${seconds.toFixed(2).padStart(9)}${mebibytes.toFixed(0).padStart(7)}\n`,
        );
    }
}

function measure(args: string[]): Promise<Measurement> {
    const started = process.hrtime.bigint();
    const child = spawn(process.execPath, [path.join("sandbox", "cli.cjs"), ...args], {
        stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        errors += text;
    });
    let mebibytes = 0;
    const sampling = setInterval(() => {
        mebibytes = Math.max(mebibytes, memoryBelow(child.pid ?? 0));
    }, 50);
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => {
            clearInterval(sampling);
            if (code !== 0) reject(new Error(`${args.join(" ")} ended with ${code}: ${errors}`));
            else resolve({ seconds: Number(process.hrtime.bigint() - started) / 1e9, mebibytes });
        });
    });
}

/** The resident memory of a process and all below it; 0 where there is no /proc. */
function memoryBelow(root: number): number {
    const parents = new Map<number, number>();
    const memory = new Map<number, number>();
    for (const pid of existsSync("/proc/self/status")
        ? readdirSync("/proc")
              .filter((name) => /^\d+$/.test(name))
              .map(Number)
        : []) {
        try {
            const status = readFileSync(`/proc/${pid}/status`, "utf8");
            parents.set(pid, Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
            memory.set(pid, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
        } catch {
            // It ended while we looked.
        }
    }
    const isBelow = (pid: number | undefined): boolean =>
        pid !== undefined && (pid === root || isBelow(parents.get(pid)));
    return [...memory].filter(([pid]) => isBelow(pid)).reduce((sum, [, size]) => sum + size, 0);
}

function median(values: number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
});
