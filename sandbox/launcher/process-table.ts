import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** When a process started, in milliseconds since 1970 (to the second), or undefined where none of that id runs. */
function startTime(pid: number): number | undefined {
    try {
        // The C locale, or `lstart` would be in the user's language.
        const text = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
            encoding: "utf8",
            env: { ...process.env, LC_ALL: "C" },
            stdio: ["ignore", "pipe", "ignore"],
        });
        const [state = "", ...started] = text.trim().split(/\s+/);
        // A zombie has ended; it only waits for its parent to ask.
        return state === "" || state.startsWith("Z") ? undefined : Date.parse(started.join(" "));
    } catch {
        return undefined; // ps exits with 1 where the process is gone
    }
}

/** Whether process `pid`, seen at `time`, still lives: a later process that was given the same id does not count. */
export function isAlive(pid: number, time: number): boolean {
    const started = startTime(pid);
    return started !== undefined && started <= time + 1000;
}

/** The processes whose environment holds `NAME=value`: what a command started hands its environment down. */
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

/** Kills processes and waits until they are gone, so that nothing they do can come after. */
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
