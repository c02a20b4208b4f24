import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { Account } from "../account/account";
import { Cipher } from "../account/cipher";
import { writeAtomically } from "../account/file";
import { SandboxError } from "../account/sandbox-error";
import { RUN_VARIABLE } from "../providers/environment";
import { ServeContext } from "../servers/context";
import { environmentText, servedEnvironment } from "../servers/environment-file";
import { type ServedPlan, servedPlan } from "../servers/plan/plan";
import { relocated } from "../servers/relocate";
import { missingServers, partOfPlan, type ServedPart, type Servers, startServers } from "../servers/servers";
import { type Layout, passphrase } from "./layout";
import { capture, type Pulumi } from "./pulumi";
import { beginRun, endRun, livingRuns, type Run, serverFolder } from "./run";

/** A stack that is served, and how to reach it. */
export interface ServedStack {
    stack: string;
    plan: ServedPlan;
    servers: Servers;
    /** The environment of its clients, also in a file. */
    environment: Record<string, string>;
    environmentFile: string;
}

/** What a stack has that can be served; refuses where there is nothing, or where a server is missing. */
export function plannedServing(layout: Layout, stack: string, parts: readonly ServedPart[]): ServedPlan {
    const plan = partOfPlan(servedPlan(new Account(layout.accounts, stack), new Cipher(passphrase(layout))), parts);
    if (plan.databases.length + plan.caches.length + plan.queues.length + plan.secrets.length === 0)
        throw new SandboxError(`${stack} has nothing to serve${parts.length > 0 ? " of that" : ""}: bring it up first`);
    const missing = missingServers(plan);
    if (missing.length > 0)
        throw new SandboxError(`${missing.join("\n")}\nInstall what is missing, or serve the rest: --only <parts>`);
    return plan;
}

const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs the servers of a stack until `work` is done or one of them ends. An interrupt (Ctrl-C) ends the start, and tells `work` by its signal.
 * Whatever happens, nothing of the servers is left; after a crash, the next command ends them.
 */
export async function withServers(
    layout: Layout,
    { stack, plan, outputs }: { stack: string; plan: ServedPlan; outputs: object },
    work: (served: ServedStack, signal: AbortSignal) => Promise<number>,
): Promise<number> {
    const command = `serve ${stack}`;
    const other = livingRuns(layout).find((run) => run.command === command);
    if (other) throw new SandboxError(`${stack} is served already (pid ${other.pid}): use that, or stop it first`);
    const interrupted = new AbortController();
    const { signal } = interrupted;
    const interrupt = () => interrupted.abort();
    for (const name of interruptions) process.on(name, interrupt);
    const run = beginRun(layout, command);
    const folder = path.join(layout.served, stack);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const authorityFile = path.join(folder, "authority.pem");
    const context = new ServeContext(serverFolder(run), serverEnvironment(run), authorityFile, signal);
    try {
        writeAtomically(authorityFile, context.certificates.authority);
        const servers = await startServers(plan, context);
        const served = describeStack(stack, plan, servers, folder, authorityFile);
        const names = servers.aws?.names;
        writeAtomically(
            served.environment.PLINTH_OUTPUTS ?? "",
            JSON.stringify(relocated(outputs, servers.places, names), undefined, 2),
        );
        writeAtomically(served.environmentFile, environmentText(served.environment), 0o600);
        const end = context.anyEnd().then((what) => {
            throw new SandboxError(what);
        });
        return await Promise.race([work(served, signal), end]);
    } catch (error) {
        if (signal.aborted) return 130;
        throw error;
    } finally {
        await context.stop();
        for (const one of [folder, context.folder]) rmSync(one, { recursive: true, force: true });
        endRun(layout, run);
        for (const name of interruptions) process.off(name, interrupt);
    }
}

/** What servers inherit: nothing secret, and what recovery finds them by. */
function serverEnvironment({ id }: Run): NodeJS.ProcessEnv {
    const { PATH, HOME, TMPDIR } = process.env;
    return { PATH, HOME, TMPDIR, [RUN_VARIABLE]: id };
}

/** The outputs of a stack, without its secrets. */
export async function stackOutputs(pulumi: Pulumi, stack: string): Promise<object> {
    return JSON.parse(await capture(pulumi, ["stack", "output", "--stack", stack, "--json"])) as object;
}

/** Waits for an interrupt. */
export function untilInterrupted(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener("abort", () => resolve(), { once: true });
    });
}

/** Runs a command in the environment of a served stack, and returns its exit code. */
export function runServed(
    command: string[],
    environment: Record<string, string>,
    signal: AbortSignal,
): Promise<number> {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
    const [program = "", ...args] = command;
    const child = spawn(program, args, { stdio: "inherit", env: { ...Object.fromEntries(own), ...environment } });
    // Ctrl-C reaches it directly.
    signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
    return new Promise((resolve, reject) => {
        child.once("error", ({ message }) => reject(new SandboxError(`${program} cannot be run: ${message}`)));
        child.once("exit", (code) => resolve(code ?? 130));
    });
}

function describeStack(
    stack: string,
    plan: ServedPlan,
    servers: Servers,
    folder: string,
    authorityFile: string,
): ServedStack {
    const environment = servedEnvironment({
        ...{ stack, plan, authorityFile, outputsFile: path.join(folder, "outputs.json"), awsUrl: servers.aws?.url },
        queueUrl: ({ url }) => servers.aws?.names.get(url),
        at: (name) => servers.served.find((one) => one.name === name)?.at,
    });
    return { stack, plan, servers, environment, environmentFile: path.join(folder, ".env") };
}
