/**
 * How long a preview of a fresh stack takes, how much processor time and how much memory: `npm run bench [-- runs [checkout]]`.
 *
 * Each case is measured as a whole command, from outside. The cases take turns, so that a machine whose speed drifts slows all of them
 * alike. With another checkout, each run of a case here is followed by one there, and the ratio of their processor time is shown, which
 * says most on a machine that is not quiet: the median over the pairs. Processor time and memory are the sums over all processes of the
 * command, sampled every 50 ms (Linux only): what a process does in its last 50 ms is missed.
 */

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

interface Measurement {
    seconds: number;
    processorSeconds: number;
    mebibytes: number;
}

/** A process as /proc shows it. */
interface Process {
    parent: number;
    processorSeconds: number;
    mebibytes: number;
}

const CLOCK_TICKS_PER_SECOND = 100;
const PAGE_MEBIBYTES = 4096 / 1024 ** 2;

const cases = ["dev", "prod"].flatMap((stack) => [
    { name: `preview ${stack}`, args: ["preview", stack] },
    { name: `preview ${stack}, without the pack`, args: ["pulumi", "preview", "--stack", stack] },
]);
const runs = Number(process.argv[3] ?? 5);
const checkouts = [path.resolve(__dirname, ".."), ...process.argv.slice(4, 5).map((other) => path.resolve(other))];

async function main(): Promise<void> {
    for (const checkout of checkouts) {
        await measure(checkout, ["reset"]);
        for (const { args } of cases) await measure(checkout, args); // warms the caches, and makes the stacks
    }
    const results = cases.map(({ name, args }) => ({ name, args, pairs: [] as Measurement[][] }));
    for (let run = 0; run < runs; run++) {
        for (const { args, pairs } of results) {
            const pair: Measurement[] = [];
            for (const checkout of checkouts) pair.push(await measure(checkout, args));
            pairs.push(pair);
        }
    }
    print(`median of ${runs}`, "seconds", "CPU s", "MiB", ...(checkouts.length > 1 ? ["CPU/other"] : []));
    for (const { name, pairs } of results) {
        const here = pairs.flatMap(([first]) => first ?? []);
        const ratios = pairs.flatMap(([one, other]) =>
            one && other ? one.processorSeconds / other.processorSeconds : [],
        );
        print(
            name,
            median(here.map(({ seconds }) => seconds)).toFixed(2),
            median(here.map(({ processorSeconds }) => processorSeconds)).toFixed(2),
            median(here.map(({ mebibytes }) => mebibytes)).toFixed(0),
            ...(ratios.length > 0 ? [median(ratios).toFixed(2)] : []),
        );
    }
}

function print(name: string, ...cells: string[]): void {
    process.stdout.write(`${name.padEnd(36)}${cells.map((cell) => cell.padStart(10)).join("")}\n`);
}

function measure(checkout: string, args: string[]): Promise<Measurement> {
    const started = process.hrtime.bigint();
    const child = spawn(process.execPath, [path.join("sandbox", "cli.cjs"), ...args], {
        cwd: checkout,
        stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        errors += text;
    });
    let mebibytes = 0;
    const processorSeconds = new Map<number, number>();
    const sampling = setInterval(() => {
        const processes = processesBelow(child.pid ?? 0);
        for (const [pid, sample] of processes) processorSeconds.set(pid, sample.processorSeconds);
        mebibytes = Math.max(mebibytes, sum([...processes.values()].map((sample) => sample.mebibytes)));
    }, 50);
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => {
            clearInterval(sampling);
            if (code !== 0) reject(new Error(`${args.join(" ")} ended with ${code}: ${errors}`));
            else
                resolve({
                    seconds: Number(process.hrtime.bigint() - started) / 1e9,
                    processorSeconds: sum([...processorSeconds.values()]),
                    mebibytes,
                });
        });
    });
}

/** A process and all below it; none where there is no /proc. */
function processesBelow(root: number): Map<number, Process> {
    const all = new Map<number, Process>();
    const pids = existsSync("/proc/self/stat") ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
    for (const pid of pids) {
        try {
            // What follows the command's name, which may hold anything: state, parent, …; see proc_pid_stat(5).
            const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
                .replace(/^.*\) /s, "")
                .split(" ")
                .map(Number);
            const [userTicks = 0, systemTicks = 0] = fields.slice(11, 13);
            all.set(Number(pid), {
                parent: fields[1] ?? 0,
                processorSeconds: (userTicks + systemTicks) / CLOCK_TICKS_PER_SECOND,
                mebibytes: (fields[21] ?? 0) * PAGE_MEBIBYTES,
            });
        } catch {
            // It ended while we looked.
        }
    }
    const isBelow = (pid: number | undefined): boolean =>
        pid !== undefined && (pid === root || isBelow(all.get(pid)?.parent));
    return new Map([...all].filter(([pid]) => isBelow(pid)));
}

function sum(values: number[]): number {
    return values.reduce((total, value) => total + value, 0);
}

function median(values: number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
});
