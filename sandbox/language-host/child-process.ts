import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

const children = new Set<ChildProcess>();

/** Starts a process that ends with this host: the engine, not the user, decides how long a program runs. */
export function start(command: string, args: string[], options: SpawnOptions): ChildProcess {
    const child = spawn(command, args, options);
    children.add(child);
    child.once("exit", () => children.delete(child));
    return child;
}

export function killChildren(signal: NodeJS.Signals): void {
    for (const child of children) child.kill(signal);
}
