import { spawn } from "node:child_process";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { ACCOUNTS_VARIABLE, PASSPHRASE_VARIABLE } from "../providers/environment";
import type { Engine } from "./engine";
import { type Layout, passphrase } from "./layout";

/** How to call the engine: its executable, its folders and its environment. */
export interface Pulumi {
    engine: Engine;
    layout: Layout;
    /** For a command that changes something, it includes the id of the run. */
    environment: NodeJS.ProcessEnv;
}

/** Where the engine keeps its own files. By its value, a process is known to be of this sandbox. */
export const HOME_VARIABLE = "PULUMI_HOME";

/**
 * Variables that are not passed on: the user's Pulumi login, backend and settings, cloud credentials, and what changes how Node.js
 * loads programs. A program may read any other.
 */
const NOT_INHERITED = /^(PULUMI_.*|AWS_.*|KUBECONFIG|NODE_OPTIONS|NODE_PATH|TS_NODE_.*)$/;

/** Settings of the engine that change neither where it writes nor what its plugins are. */
const INHERITED = new Set([
    "PULUMI_DEBUG_COMMANDS",
    "PULUMI_EXPERIMENTAL",
    "PULUMI_OPTION_COLOR",
    "PULUMI_PARALLEL",
    "PULUMI_SKIP_CHECKPOINTS",
]);

export function environmentFor(layout: Layout): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => INHERITED.has(name) || !NOT_INHERITED.test(name));
    return {
        ...Object.fromEntries(own),
        [HOME_VARIABLE]: layout.home,
        // Without `metadata=skip` the backend keeps a second file with the state, which a crash can leave empty.
        PULUMI_BACKEND_URL: `${pathToFileURL(layout.state).href}?metadata=skip`,
        [PASSPHRASE_VARIABLE]: passphrase(layout),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        [ACCOUNTS_VARIABLE]: layout.accounts,
    };
}

/** Runs the engine with the user's own terminal, and returns its exit code. */
export function run(pulumi: Pulumi, args: string[]): Promise<number> {
    const child = spawn(pulumi.engine.pulumi, ["-C", pulumi.layout.project, ...absolutePaths(args)], {
        stdio: "inherit",
        env: pulumi.environment,
    });
    // Ctrl-C reaches the engine directly, as it is in the terminal's process group; the engine decides when to end.
    const ignore = () => {};
    const forward = () => child.kill("SIGTERM");
    process.on("SIGINT", ignore).on("SIGTERM", forward);
    return new Promise<number>((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code) => resolve(code ?? 130));
    }).finally(() => process.off("SIGINT", ignore).off("SIGTERM", forward));
}

/** Runs the engine silently and returns its output; fails with its error messages. */
export function capture(pulumi: Pulumi, args: string[], input = ""): Promise<string> {
    const child = spawn(pulumi.engine.pulumi, ["-C", pulumi.layout.project, "--non-interactive", ...args], {
        stdio: ["pipe", "pipe", "pipe"],
        env: pulumi.environment,
    });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        errors += text;
    });
    child.stdin.end(input);
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) =>
            code === 0 ? resolve(output) : reject(new Error(`pulumi ${args.join(" ")} failed: ${errors || output}`)),
        );
    });
}

/** The engine's flags that take a file: a relative path is relative to the user's folder, not to the shadow project. */
const PATH_FLAGS = new Set([
    "--policy-pack",
    "--policy-pack-config",
    "--file",
    "--plan",
    "--save-plan",
    "--out",
    "--event-log",
    "--import-file",
]);

function absolutePaths(args: string[]): string[] {
    return args.map((argument, index) => {
        const [flag = "", value] = argument.split(/=(.*)/s);
        if (value !== undefined && PATH_FLAGS.has(flag)) return `${flag}=${path.resolve(value)}`;
        return PATH_FLAGS.has(args[index - 1] ?? "") ? path.resolve(argument) : argument;
    });
}
