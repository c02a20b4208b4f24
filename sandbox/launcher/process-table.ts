import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The start time of a process in milliseconds since 1970 (exact to the second), or undefined where no such process runs. */
function startTime(pid: number): number | undefined {
    try {
        // In other locales `lstart` is in the user's language.
        const text = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
            encoding: "utf8",
            env: { ...process.env, LC_ALL: "C" },
            stdio: ["ignore", "pipe", "ignore"],
        });
        const [state = "", ...started] = text.trim().split(/\s+/);
        // A zombie has ended; its parent has not yet read its exit code.
        return state === "" || state.startsWith("Z") ? undefined : Date.parse(started.join(" "));
    } catch {
        return undefined; // ps exits with 1 where the process is gone
    }
}

/** Whether the process that had the id `pid` at `time` is still running; a later process with the same id is another one. */
export function isAlive(pid: number, time: number): boolean {
    const started = startTime(pid);
    return started !== undefined && started <= time + 1000;
}

/** The processes with `NAME=value` in their environment: all that a command started, since they inherit it. */
export function processesWith(name: string, value: string): number[] {
    const entry = `${name}=${value}`;
    if (!existsSync("/proc/self/environ")) return processesByPs(entry);
    return readdirSync("/proc")
        .filter((directory) => /^\d+$/.test(directory))
        .filter((pid) => {
            try {
                return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(entry);
            } catch {
                return false; // another user's process, or one that has just ended
            }
        })
        .map(Number);
}

function processesByPs(entry: string): number[] {
    const lines = execFileSync("ps", ["-axEww", "-o", "pid=,command="], { encoding: "utf8", maxBuffer: 1 << 28 }).split(
        "\n",
    );
    return lines.filter((line) => line.split(/\s+/).includes(entry)).map((line) => Number.parseInt(line, 10));
}

/** Kills processes and waits for their end, so that they change nothing afterwards. */
export async function killAndWait(pids: number[]): Promise<void> {
    for (const pid of pids) {
        try {
            process.kill(pid, "SIGKILL");
        } catch {
            // It ended by itself.
        }
    }
    const deadline = Date.now() + 5000;
    while (pids.some((pid) => startTime(pid) !== undefined) && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 50));
}
