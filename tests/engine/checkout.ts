import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import { programHost } from "./program-host";

const SOURCE = path.join(__dirname, "../..");

/** What a command of the sandbox came to. */
export interface Result {
    code: number | null;
    /** Standard output and standard error, in the order they came. */
    output: string;
    stdout: string;
}

/** What is in a stack's emulated account. */
export interface AccountListing {
    resources: { type: string; id: string; name: string }[];
    retained: { type: string; id: string; reason: string }[];
}

/** What of a stack's state the tests look at. */
export interface State {
    deployment: {
        resources: {
            urn: string;
            type: string;
            id?: string;
            inputs: Record<string, unknown>;
            outputs: Record<string, unknown>;
            protect?: boolean;
            /** The provider's URN and id. */
            provider?: string;
            parent?: string;
        }[];
        pending_operations?: unknown[];
    };
}

/** A step of a preview, for what does not stay as it is. */
export interface Step {
    op: string;
    urn: string;
    /** The resource's name. */
    name: string;
    /** The properties that an update changes. */
    diffReasons?: string[];
}

/** What an update did. */
export interface Update {
    /** What it printed on standard output. */
    printed: string;
    /** What it did, in the order in which it began, but for what stays as it is: as a preview has it. */
    steps: Step[];
}

/** A line of the engine's log of events, as far as the tests look at it. */
interface EngineEvent {
    resourcePreEvent?: { metadata: { op: string; urn: string; diffs?: string[] } };
}

/** What the engine adds to the step that says what becomes of a resource: `replace` comes with both. */
const NO_STEPS = new Set(["same", "read", "refresh", "create-replacement", "delete-replaced"]);

/** What Pulumi would look for before it starts: which plugins are to be downloaded. The sandbox names its own. */
const PREPARED = "--skip-plugin-pre-install";

/** The commands that run the program. */
const RUNS_PROGRAM = new Set(["preview", "up"]);

/** A checkout of its own for a test: the tracked files of this one, as they are now, with a home folder of its own. */
export class Checkout {
    readonly directory = realpathSync(mkdtempSync(path.join(tmpdir(), "plinth-checkout-")));
    readonly home = realpathSync(mkdtempSync(path.join(tmpdir(), "plinth-home-")));

    /** Whether a file of the program is another than in this repository. */
    private hasOwnProgram = false;
    /** Whether commands are exactly those of a user, which cost two to three times the processor time. */
    asUsersRun: boolean;

    /**
     * `without` names the parts that no stack is to have, as they take the test's time and not its interest. `project` is the
     * folder of another project in the checkout, whose stacks are meant.
     *
     * The platform's program is kept loaded between commands, and the engine saves the state once, at the end of an update, and
     * not around every step. For a test that asks what a crash leaves, or for what users have, `asUsersRun`.
     */
    constructor(
        without: string[] = [],
        private readonly options: { asUsersRun?: boolean; project?: string } = {},
    ) {
        this.asUsersRun = options.asUsersRun ?? false;
        const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
            cwd: SOURCE,
            encoding: "utf8",
        });
        for (const file of files.split("\n").filter((name) => name !== "" && !name.startsWith("docs/"))) {
            mkdirSync(path.dirname(path.join(this.directory, file)), { recursive: true });
            cpSync(path.join(SOURCE, file), path.join(this.directory, file));
        }
        symlinkSync(path.join(SOURCE, "node_modules"), path.join(this.directory, "node_modules"));
        for (const stack of without.length > 0 ? ["dev", "staging", "prod"] : [])
            this.leaveOut(`Pulumi.${stack}.yaml`, without);
    }

    /** Has the stacks run another program than the platform: a file of this repository. */
    runs(program: string): void {
        const runtime = { name: "nodejs", options: { typescript: false } };
        this.write("Pulumi.yaml", JSON.stringify({ name: "test", main: program, runtime }));
    }

    /** Takes parts of the platform out of a stack's configuration, and the services, which reach them. */
    private leaveOut(file: string, parts: string[]): void {
        this.edit(file, / {2}plinth:workloads:\n( {4}.*\n)*/, "");
        this.edit(file, /$/, parts.map((part) => `  plinth:${part}: false\n`).join(""));
    }

    /** Starts a command of the sandbox, at the head of a process group of its own. */
    start(args: string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
        const { project } = this.options;
        return spawn(process.execPath, ["sandbox/cli.cjs", ...(project ? ["-C", project] : []), ...args], {
            cwd: this.directory,
            detached: true,
            stdio: ["ignore", "pipe", "pipe"],
            env: {
                ...process.env,
                HOME: this.home,
                XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"),
                NO_COLOR: "1",
                ...(this.asUsersRun ? {} : { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" }),
                ...environment,
            },
        });
    }

    /** Runs a command of the sandbox to its end. */
    run(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Result> {
        return finished(this.start(args, environment));
    }

    /** Runs a command that must succeed, and returns what it printed on standard output. */
    succeed(...args: string[]): Promise<string> {
        return this.succeedWith({}, ...args);
    }

    /** The same with further variables of the environment. */
    async succeedWith(environment: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
        const { code, output, stdout } = await this.run([...args, ...(await this.client(args))], environment);
        if (code !== 0) throw new Error(`sandbox ${args.join(" ")} ended with ${code}:\n${output}`);
        return stdout;
    }

    /** The flag that names who runs the program. Not where the program is to fail: its host would end with it. */
    private async client(args: string[]): Promise<string[]> {
        const [command = ""] = args.filter((argument) => argument !== "pulumi");
        const isPlatform = this.read(path.join(this.options.project ?? ".", "Pulumi.yaml")).includes("stacks/run.cjs");
        if (this.asUsersRun || this.hasOwnProgram || !isPlatform || !RUNS_PROGRAM.has(command)) return [];
        return [`--client=${await programHost()}`];
    }

    /**
     * Brings a stack up as it is configured now, and makes it where there is none. Without the policy pack, whose say is tested
     * elsewhere, unless `flags` name it.
     */
    async update(stack: string, ...flags: string[]): Promise<Update> {
        const log = path.join(this.home, "events.jsonl");
        rmSync(log, { force: true });
        if (!this.stateFile(stack)) await this.succeed("pulumi", "stack", "init", stack);
        const logged = ["--event-log", log]; // an option that only this variable reveals
        const args = ["pulumi", "up", "--stack", stack, "--yes", "--skip-preview", PREPARED, ...logged, ...flags];
        const stdout = await this.succeedWith({ PULUMI_DEBUG_COMMANDS: "true" }, ...args);
        const events = readFileSync(log, "utf8").trim().split("\n");
        const steps = events.flatMap((line) => {
            const { metadata } = (JSON.parse(line) as EngineEvent).resourcePreEvent ?? {};
            if (!metadata || NO_STEPS.has(metadata.op)) return [];
            return [{ ...metadata, name: nameOf(metadata.urn), diffReasons: metadata.diffs }];
        });
        return { printed: stdout, steps };
    }

    /** What a preview without the policy pack plans, in Pulumi's order. */
    async steps(stack: string, ...flags: string[]): Promise<Step[]> {
        const text = await this.succeed("pulumi", "preview", "--stack", stack, "--json", PREPARED, ...flags);
        const { steps } = JSON.parse(text) as { steps: Omit<Step, "name">[] };
        return steps.filter(({ op }) => !NO_STEPS.has(op)).map((step) => ({ ...step, name: nameOf(step.urn) }));
    }

    /** A preview without the policy pack that must fail, and what it printed. */
    async refused(stack: string): Promise<string> {
        const { code, output } = await this.run(["pulumi", "preview", "--stack", stack, PREPARED]);
        if (code === 0) throw new Error(`the preview of ${stack} did not fail:\n${output}`);
        return output;
    }

    /** Fails where an update, after a look at what is in the account, would find anything to do; without the policy pack. */
    async isAsPlanned(stack: string): Promise<void> {
        const flags = ["--yes", "--refresh", "--skip-preview", "--expect-no-changes", PREPARED];
        const printed = await this.succeed("pulumi", "up", "--stack", stack, ...flags);
        // What the account has otherwise is taken into the state first, and shows as the difference of a line alone.
        if (/\[diff: |\d+ (updated|replaced|created|deleted)/.test(printed))
            throw new Error(`${stack} was not as planned:\n${printed}`);
    }

    async account(stack: string): Promise<AccountListing> {
        return JSON.parse(await this.succeed("account", stack, "--json")) as AccountListing;
    }

    /** The state, as `stack export` prints it, and without its second of processor time. */
    state(stack: string): State {
        const file = JSON.parse(readFileSync(this.stateFile(stack) ?? "", "utf8")) as {
            checkpoint: { latest: State["deployment"] };
        };
        return { deployment: file.checkpoint.latest };
    }

    /** The file of a stack's state, if there is such a stack, whatever its project is called. */
    private stateFile(stack: string): string | undefined {
        const folder = path.join(this.directory, this.options.project ?? ".", ".sandbox/world/state/.pulumi/stacks");
        const projects = existsSync(folder) ? readdirSync(folder) : [];
        return projects.map((project) => path.join(folder, project, `${stack}.json`)).find((file) => existsSync(file));
    }

    /** The outputs of a stack that are no secrets. */
    outputs(stack: string): Record<string, unknown> {
        const { resources } = this.state(stack).deployment;
        return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
    }

    read(file: string): string {
        return readFileSync(path.join(this.directory, file), "utf8");
    }

    write(file: string, text: string): void {
        if (file.endsWith(".ts")) this.hasOwnProgram = true;
        writeFileSync(path.join(this.directory, file), text);
    }

    /** Replaces `before`, which must be there, in one of the files. */
    edit(file: string, before: string | RegExp, after: string): void {
        const text = this.read(file);
        const edited = text.replace(before, after);
        if (edited === text) throw new Error(`${file} does not contain ${before}`);
        this.write(file, edited);
    }

    /** Makes it a repository of git, in which all is committed as it is. */
    commit(): void {
        const git = (...args: string[]) => execFileSync("git", args, { cwd: this.directory });
        git("init", "--quiet");
        git("add", "--all");
        git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "t");
    }

    remove(): void {
        rmSync(this.directory, { recursive: true, force: true });
        rmSync(this.home, { recursive: true, force: true });
    }
}

function nameOf(urn: string): string {
    return urn.split("::").at(-1) ?? "";
}

export function finished(child: ChildProcess): Promise<Result> {
    let stdout = "";
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
        output += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
    });
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve({ code, output, stdout }));
    });
}
