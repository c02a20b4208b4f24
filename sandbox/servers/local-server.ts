import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { SandboxError } from "../account/sandbox-error";
import type { ServerAccount } from "./installation";

/** How long a server may take until it answers, or until it has ended, in milliseconds. */
const startMilliseconds = 60_000;
const stopMilliseconds = 10_000;

export interface LocalServerOptions {
    /** Its name, for messages. */
    name: string;
    /** Its folder, which it writes its log to. */
    folder: string;
    environment: NodeJS.ProcessEnv;
    account?: ServerAccount;
    /** What asks it to end, where it is not SIGTERM. */
    stopSignal?: NodeJS.Signals;
    /** Says that nobody waits for it any more. */
    signal: AbortSignal;
}

/** A server of this machine, which this process started. */
export class LocalServer {
    /** Becomes what it ended with. */
    readonly ended: Promise<string>;
    private readonly process: ChildProcess;
    private readonly logFile: string;
    private running = true;

    constructor(
        program: string,
        args: string[],
        private readonly options: LocalServerOptions,
    ) {
        const { folder, environment, account } = options;
        this.logFile = path.join(folder, "server.log");
        const log = openSync(this.logFile, "a", 0o600);
        // In a group of its own, Ctrl-C does not reach it: the servers end one after the other, when whoever started them says so.
        this.process = spawn(program, args, {
            ...{ cwd: folder, env: environment, detached: true, stdio: ["ignore", log, log], ...account },
        });
        closeSync(log);
        this.ended = new Promise((resolve) => {
            this.process.once("error", ({ message }) => resolve(message));
            this.process.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
        });
        void this.ended.then(() => {
            this.running = false;
        });
    }

    get isRunning(): boolean {
        return this.running;
    }

    /** Waits until it answers. */
    async ready(answers: () => boolean | Promise<boolean>): Promise<void> {
        const deadline = Date.now() + startMilliseconds;
        while (this.running && Date.now() < deadline) {
            if (await answers()) return;
            this.options.signal.throwIfAborted();
            await pause(50);
        }
        throw new SandboxError(
            this.describe(this.running ? `no answer after ${startMilliseconds / 1000} seconds` : await this.ended),
        );
    }

    /** What became of it, with the end of its log. */
    describe(what: string): string {
        return `${this.options.name}: ${what}. The end of its log:\n${this.log()}`;
    }

    async stop(): Promise<void> {
        if (!this.running) return;
        this.process.kill(this.options.stopSignal ?? "SIGTERM");
        const timer = new AbortController();
        const late = pause(stopMilliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
        const end = await Promise.race([this.ended, late]);
        timer.abort();
        if (end !== undefined) return;
        process.kill(-(this.process.pid ?? 0), "SIGKILL");
        await this.ended;
    }

    private log(): string {
        return readFileSync(this.logFile, "utf8").split("\n").slice(-15).join("\n");
    }
}
