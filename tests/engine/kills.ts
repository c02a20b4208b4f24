import { type ChildProcess, execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { numbers } from "../../sandbox/emulation/random";
import { Checkout, finished } from "./checkout";

const VICTIMS = ["the whole group", "launcher", "engine", "language host", "program", "aws", "random"] as const;
type Victim = (typeof VICTIMS)[number];

type Command = "up" | "destroy" | "refresh";

/** One kill: of what, in which command, how long after it began to change something, and which command comes next. */
export interface Kill {
    command: Command;
    victim: Victim;
    /** Milliseconds. */
    delay: number;
    next: "up" | "destroy";
}

/** The same, with a moment in the time in which the command changes something: 0 is its first change and 1 its end. */
export interface PlannedKill extends Omit<Kill, "delay"> {
    moment: number;
}

/** What was not right after a kill and the command that followed it; empty where all was. */
export interface Outcome {
    kill: Kill;
    /** Whether the command still ran when it was to be killed. */
    inTheMiddle: boolean;
    problems: string[];
}

/** The same seed gives the same kills. */
export function kills(seed: number, count: number): PlannedKill[] {
    const next = numbers(seed);
    const below = (limit: number) => Math.floor(next() * limit);
    const oneOf = <Item>(items: readonly Item[]) => items[below(items.length)] as Item;
    return Array.from({ length: count }, () => ({
        command: oneOf<Command>(["up", "up", "destroy", "refresh"]),
        victim: oneOf(VICTIMS),
        moment: next(),
        next: oneOf<Kill["next"]>(["up", "up", "destroy"]),
    }));
}

/** A stack of a small program, whose commands are killed. */
export class Killed {
    readonly checkout = new Checkout([], { asUsersRun: true });
    private other = false;
    /** Whether the stack is up in the shape that is configured. */
    private isUp = false;
    /** How long each command changes something, in milliseconds. */
    private readonly spans = new Map<Command, number>();

    constructor() {
        this.checkout.runs("tests/engine/programs/two-shapes.cjs");
        this.configure();
    }

    /** The kill at its moment, by the time that its command takes where it is let be. */
    async timed({ moment, ...kill }: PlannedKill): Promise<Kill> {
        const span = this.spans.get(kill.command) ?? (await this.measure(kill.command));
        return { ...kill, delay: Math.floor(moment * span) };
    }

    private async measure(name: Command): Promise<number> {
        await this.makeReady(name);
        const child = this.checkout.start(command(name));
        const end = finished(child);
        await firstChange(child);
        const began = Date.now();
        await end;
        const span = Date.now() - began;
        this.spans.set(name, span);
        this.isUp = name !== "destroy";
        return span;
    }

    /** Brings the stack up, kills a command, runs the next one, and compares what is left. */
    async run(kill: Kill): Promise<Outcome> {
        await this.makeReady(kill.command);
        const inTheMiddle = await this.kill(kill);
        const problems: string[] = [];
        const next = await this.checkout.run(command(kill.next));
        if (next.code !== 0) problems.push(`${kill.next} ended with ${next.code}:\n${next.output}`);
        else problems.push(...(await this.differences(kill.next)));
        this.isUp = kill.next === "up" && problems.length === 0;
        if (problems.length > 0) await this.checkout.succeed("reset");
        return { kill, inTheMiddle, problems };
    }

    /** Brings the stack up, and gives an update something to do. */
    private async makeReady(name: Command): Promise<void> {
        if (!this.isUp) await this.checkout.update("dev");
        if (name === "up") this.other = !this.other;
        this.configure();
    }

    remove(): void {
        this.checkout.remove();
    }

    private configure(): void {
        this.checkout.write(
            "Pulumi.dev.yaml",
            `config:\n  aws:region: eu-west-1\n  test:other: ${JSON.stringify(String(this.other))}\n`,
        );
    }

    private async kill({ command: name, victim, delay }: Kill): Promise<boolean> {
        const child = this.checkout.start(command(name));
        const end = finished(child);
        await firstChange(child);
        await sleep(delay);
        const running = child.exitCode === null && child.signalCode === null;
        for (const pid of this.pidsOf(victim, child)) killIfRunning(pid);
        await end;
        return running;
    }

    private pidsOf(victim: Victim, launcher: ChildProcess): number[] {
        const own = launcher.pid ?? 0;
        if (victim === "the whole group") return [-own];
        if (victim === "launcher") return [own];
        const pattern = {
            engine: /\/pulumi -C /,
            "language host": /language-nodejs/,
            program: /\/cmd\/run\/index/,
            aws: /resource-aws\b(?!x)/,
            random: /resource-random/,
        }[victim];
        return this.processes()
            .filter(({ args }) => pattern.test(args))
            .map(({ pid }) => pid);
    }

    /** The processes of this checkout's sandbox: their command lines name files in it. */
    private processes(): { pid: number; args: string }[] {
        const lines = execFileSync("ps", ["-axww", "-o", "pid=,args="], { encoding: "utf8" }).split("\n");
        return lines
            .filter((line) => line.includes(`${this.checkout.directory}/`))
            .map((line) => ({ pid: Number.parseInt(line, 10), args: line.trim().replace(/^\d+ /, "") }));
    }

    /** What is not as if nothing had been killed. */
    private async differences(last: Kill["next"]): Promise<string[]> {
        const problems: string[] = [];
        const check = (found: unknown[], what: string) => {
            if (found.length > 0) problems.push(`${what}: ${JSON.stringify(found)}`);
        };
        check(this.processes(), "still running");
        check(this.files("runs", ".json"), "records of commands");
        check(this.files("world/state/.pulumi/locks", ".json"), "locks");
        const { deployment } = this.checkout.state("dev");
        check(deployment.pending_operations ?? [], "pending operations");
        const inState = (deployment.resources ?? [])
            .filter(({ type }) => type.startsWith("aws:"))
            .map(({ type, id }) => `${type} ${id}`);
        const inAccount = (await this.checkout.account("dev")).resources.map(({ type, id }) => `${type} ${id}`);
        check(
            inAccount.filter((one) => !inState.includes(one)),
            "in the account alone",
        );
        check(
            inState.filter((one) => !inAccount.includes(one)),
            "in the state alone",
        );
        check(
            inState.filter((one, index) => inState.indexOf(one) !== index),
            "twice",
        );
        if (last === "up") {
            const again = await this.checkout.run([...command("up"), "--refresh", "--expect-no-changes"]);
            if (again.code !== 0) problems.push(`not as planned:\n${again.output}`);
        }
        return problems;
    }

    private files(folder: string, ending: string): string[] {
        const whole = path.join(this.checkout.directory, ".sandbox", folder);
        if (!existsSync(whole)) return [];
        return readdirSync(whole, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(ending));
    }
}

/** Resolves when a command begins to change something, or ends without. */
function firstChange(child: ChildProcess): Promise<void> {
    return new Promise<void>((resolve) => {
        child.stdout?.on("data", (text: string) => {
            if (/\b(created|creating|updating|deleting|refreshing|replac|deleted)\b/.test(text)) resolve();
        });
        child.once("close", () => resolve());
    });
}

/** Without the policy pack, whose say is tested elsewhere. */
function command(name: Command): string[] {
    return ["pulumi", name, "--stack", "dev", "--yes", "--skip-preview", "--skip-plugin-pre-install"];
}

function killIfRunning(pid: number): void {
    try {
        process.kill(pid, "SIGKILL");
    } catch {
        // It has ended by itself.
    }
}
