import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";

const SOURCE = path.join(__dirname, "..");

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

/** A checkout of its own for a test: the tracked files of this one, as they are now, with a home folder of its own. */
export class Checkout {
    readonly directory = realpathSync(mkdtempSync(path.join(tmpdir(), "plinth-checkout-")));
    readonly home = realpathSync(mkdtempSync(path.join(tmpdir(), "plinth-home-")));

    /**
     * `without` names the parts that no stack is to have, as they take the test's time and not its interest. The engine
     * saves the state once, at the end of an update, and not around every step, which takes half of its time: for a test
     * that asks what a crash leaves, or for what users have, `savesEveryStep`.
     */
    constructor(
        without: string[] = [],
        private readonly options: { savesEveryStep?: boolean } = {},
    ) {
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

    /** Takes parts of the platform out of a stack's configuration, and the services, which reach them. */
    private leaveOut(file: string, parts: string[]): void {
        this.edit(file, / {2}plinth:workloads:\n( {4}.*\n)*/, "");
        this.edit(file, /$/, parts.map((part) => `  plinth:${part}: false\n`).join(""));
    }

    /** Starts a command of the sandbox, at the head of a process group of its own. */
    start(args: string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
        return spawn(process.execPath, ["sandbox/cli.cjs", ...args], {
            cwd: this.directory,
            detached: true,
            stdio: ["ignore", "pipe", "pipe"],
            env: {
                ...process.env,
                HOME: this.home,
                XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"),
                NO_COLOR: "1",
                ...(this.options.savesEveryStep
                    ? {}
                    : { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" }),
                ...environment,
            },
        });
    }

    /** Runs a command of the sandbox to its end. */
    run(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Result> {
        return finished(this.start(args, environment));
    }

    /** Runs a command that must succeed, and returns what it printed on standard output. */
    async succeed(...args: string[]): Promise<string> {
        const { code, output, stdout } = await this.run(args);
        if (code !== 0) throw new Error(`sandbox ${args.join(" ")} ended with ${code}:\n${output}`);
        return stdout;
    }

    /** Makes a stack, and brings it up under the policy pack. */
    create(stack: string): Promise<string> {
        return this.succeed("up", stack, "--skip-preview");
    }

    /** Brings a stack up as it is configured now, without the policy pack, whose say is tested elsewhere. Returns what was printed. */
    update(stack: string): Promise<string> {
        return this.succeed("pulumi", "up", "--stack", stack, "--yes", "--skip-preview");
    }

    /** What a preview without the policy pack plans, in Pulumi's order. */
    async steps(stack: string, ...flags: string[]): Promise<Step[]> {
        const text = await this.succeed("pulumi", "preview", "--stack", stack, "--json", ...flags);
        const { steps } = JSON.parse(text) as { steps: Omit<Step, "name">[] };
        return steps
            .filter(({ op }) => op !== "same" && op !== "read")
            .map((step) => ({ ...step, name: step.urn.split("::").at(-1) ?? "" }));
    }

    /** Fails where an update, after a look at what is in the account, would find anything to do; without the policy pack. */
    async isAsPlanned(stack: string): Promise<void> {
        const flags = ["--yes", "--refresh", "--skip-preview", "--expect-no-changes"];
        const printed = await this.succeed("pulumi", "up", "--stack", stack, ...flags);
        // What the account has otherwise is taken into the state first, and shows as the difference of a line alone.
        if (/\[diff: |\d+ (updated|replaced|created|deleted)/.test(printed))
            throw new Error(`${stack} was not as planned:\n${printed}`);
    }

    async account(stack: string): Promise<AccountListing> {
        return JSON.parse(await this.succeed("account", stack, "--json")) as AccountListing;
    }

    async state(stack: string): Promise<State> {
        return JSON.parse(await this.succeed("pulumi", "stack", "export", "--stack", stack)) as State;
    }

    read(file: string): string {
        return readFileSync(path.join(this.directory, file), "utf8");
    }

    write(file: string, text: string): void {
        writeFileSync(path.join(this.directory, file), text);
    }

    /** Replaces `before`, which must be there, in one of the files. */
    edit(file: string, before: string | RegExp, after: string): void {
        const text = this.read(file);
        const edited = text.replace(before, after);
        if (edited === text) throw new Error(`${file} does not contain ${before}`);
        this.write(file, edited);
    }

    remove(): void {
        rmSync(this.directory, { recursive: true, force: true });
        rmSync(this.home, { recursive: true, force: true });
    }
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
