import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A process, told from a later one that has its id. */
export interface ProcessIdentity {
    pid: number;
    /** When it started, in the words of the operating system; absent where the machine does not say. */
    started?: string;
}

/** This process, to be recognized by other commands. */
export function thisProcess(): ProcessIdentity {
    const start = startOf(process.pid);
    return start === undefined || start === "" ? { pid: process.pid } : { pid: process.pid, started: start };
}

/** Whether a process is still running. One that cannot be proved dead counts as alive, since what is dead is killed and undone. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
    const start = startOf(pid);
    if (start === undefined) return false;
    return start === "" || started === undefined || start === started;
}

/**
 * When a process started: undefined where no such process runs, empty where the machine does not say. Linux counts ticks since
 * the machine started, which no change of the clock moves.
 */
function startOf(pid: number): string | undefined {
    if (existsSync("/proc/self/stat")) return startByProc(pid);
    try {
        // In other locales `lstart` is in the user's language.
        const text = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
            encoding: "utf8",
            env: { ...process.env, LC_ALL: "C" },
            stdio: ["ignore", "pipe", "ignore"],
        });
        const [state = "", ...started] = text.trim().split(/\s+/);
        return hasEnded(state) ? undefined : started.join(" ");
    } catch (error) {
        // ps exits with 1 where the process is gone.
        return (error as NodeJS.ErrnoException).code === "ENOENT" && exists(pid) ? "" : undefined;
    }
}

function startByProc(pid: number): string | undefined {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        // The second field is the command's name in parentheses, which may have blanks and parentheses itself.
        const [state = "", ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (hasEnded(state)) return undefined;
        return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${fields[18]}`;
    } catch {
        return undefined;
    }
}

/** A zombie has ended; its parent has not yet read its exit code. */
function hasEnded(state: string): boolean {
    return state === "" || /^[ZX]/.test(state);
}

function exists(pid: number): boolean {
    try {
        return pid > 0 && process.kill(pid, 0);
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
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

/** Whether a process is running and has `NAME=value` in its environment, or may have it. */
export function mayRunWith(pid: number, name: string, value: string): boolean {
    if (!isAlive({ pid })) return false;
    return existsSync("/proc/self/environ") ? processesWith(name, value).includes(pid) : true;
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
    while (pids.some((pid) => startOf(pid) !== undefined) && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 50));
}
