import { randomUUID } from "node:crypto";
import { existsSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { Command, CommanderError } from "commander";
import { Account } from "../account/account";
import { readIfPresent } from "../account/file";
import { SandboxError } from "../account/sandbox-error";
import { judgedCalls } from "../emulation/access/audit";
import { reportDenials } from "./access";
import { accountCommands } from "./account-commands";
import { protectedResources, stacksOf } from "./checkpoint";
import type { Installation } from "./installation";
import { type Layout, layoutOf } from "./layout";
import { policyPackFlags } from "./policy-pack";
import { prepare, withRun } from "./prepare";
import { configuredStacks, projectRoot } from "./project";
import { capture, type Pulumi, run } from "./pulumi";
import { endLeftovers } from "./recovery";
import { refuseLostChange, refuseOtherWords, refuseRenamedProject } from "./refused-command";
import { deadRuns, livingRuns } from "./run";
import { addServeCommand } from "./serve-command";
import { summaryOf } from "./summary";
import { takeUnknownTypes, withUnemulated } from "./unemulated";

/** The engine's read-only commands. Every other command may change the state, so recovery runs before it. */
const READ_ONLY = new Set([
    "about",
    "help",
    "version",
    "preview",
    "whoami",
    "logs",
    "console",
    "gen-completion",
    "schema",
]);
const READ_ONLY_STACK = new Set(["ls", "output", "export", "history", "graph", "tag"]);

/** Runs one command of the sandbox and returns the exit code. */
export async function main(installation: Installation, argv: string[]): Promise<number> {
    let code = 0;
    const program = commandLine(installation, (result) => {
        code = result;
    });
    try {
        await program.parseAsync(argv, { from: "user" });
        return code;
    } catch (error) {
        if (error instanceof CommanderError) return error.exitCode;
        if (!(error instanceof SandboxError)) throw error;
        process.stderr.write(`error: ${error.message}\n`);
        return 1;
    }
}

/** The layout of the project that the current folder is in. */
function currentLayout(): Layout {
    return layoutOf(projectRoot(process.cwd()));
}

/** As Pulumi's own option: the command runs as if it had been started in that folder. */
function changeFolder(folder: string): void {
    if (!existsSync(folder)) throw new SandboxError(`there is no folder ${path.resolve(folder)}: correct -C`);
    process.chdir(folder);
}

function commandLine(installation: Installation, finish: (code: number) => void): Command {
    const { command } = installation;
    const program = new Command(command)
        .description(
            "Rehearse a Pulumi program for AWS: the real Pulumi engine over an emulated account, with no credentials.",
        )
        .exitOverride()
        .enablePositionalOptions()
        .showHelpAfterError()
        .option("-C, --cwd <folder>", "run as if started in another folder, as `pulumi -C` does")
        .on("option:cwd", changeFolder)
        .addHelpText(
            "after",
            [
                "",
                "The project is that of the nearest Pulumi.yaml, in the current folder or one above it. The sandbox runs its program",
                "with its stack configurations, and writes only to .sandbox/ next to that file, which git ignores.",
                "",
                installation.policyPack
                    ? "preview and up run under the policy pack in the project's folder `policy`, or this checkout's. For another one:"
                    : "preview and up run under the policy pack in the project's folder `policy`, if there is one. For another one:",
                `  ${command} up dev --policy-pack node_modules/@plinth/policy`,
                "",
                "What the sandbox does not emulate is listed, and the command fails. --unknown-types generic runs it by the SDK's declarations alone.",
                "",
                "Examples:",
                `  ${command} up dev`,
                `  ${command} preview prod --diff`,
                `  ${command} pulumi stack output --stack dev --json`,
            ].join("\n"),
        );
    const lifecycle = (name: string, description: string, args: string[]) =>
        program
            .command(name)
            .description(description)
            .argument("<stack>", "the name of the stack, as in Pulumi.<stack>.yaml")
            .argument("[flags...]", `any flags of \`pulumi ${name}\`, or --unknown-types generic`)
            .allowUnknownOption()
            .passThroughOptions()
            .action(async (stack: string, flags: string[]) => {
                refuseOtherWords(name, flags);
                // The engine takes no consent to what it only previews.
                const consent = flags.includes("--preview-only") ? [] : args;
                const command = [name, "--stack", stack, ...consent, ...flags];
                finish(await onStack(installation, currentLayout(), stack, command));
            });
    lifecycle("preview", "Show what would change, under the policy pack.", []);
    lifecycle("up", "Preview and then make the changes in the emulated account, under the policy pack.", ["--yes"]);
    lifecycle("refresh", "Bring the state in line with the emulated account.", ["--yes"]);
    lifecycle("destroy", "Delete everything from the emulated account.", ["--yes"]);
    program
        .command("pulumi")
        .description("Run any other Pulumi command in the sandbox's environment.")
        .argument("<args...>", "the command and its flags, such as `stack export --stack dev`")
        .allowUnknownOption()
        .passThroughOptions()
        .helpOption(false)
        .action(async (args: string[]) => finish(await passThrough(installation, currentLayout(), args)));
    accountCommands(program, currentLayout, finish);
    addServeCommand(program, installation, currentLayout, finish);
    program
        .command("reset")
        .description("Delete the emulated accounts and the state of every stack.")
        .action(() => reset(currentLayout()));
    return program;
}

async function onStack(installation: Installation, layout: Layout, stack: string, given: string[]): Promise<number> {
    const configured = configuredStacks(layout.stackFiles);
    if (configured.length > 0 && !configured.includes(stack)) {
        throw new SandboxError(
            `stack ${JSON.stringify(stack)} has no Pulumi.${stack}.yaml in ${layout.stackFiles}: create one, or name one of ${configured.join(", ")}`,
        );
    }
    const [name = ""] = given;
    refuseRenamedProject(installation, layout, stack);
    takeUnknownTypes(given); // a mistake in it is reported before anything is done
    const pulumi = await prepare(installation, layout, stack);
    return withUnemulated(pulumi, given, (listing, own) => {
        const args = [...own, ...policyPackFlags(layout, stack, own, installation.policyPack)];
        return withRun(listing, args, async (running) => {
            await ensureStack(running, stack);
            const code = await run(running, args);
            if (code !== 0 && name === "destroy") explainProtection(layout, stack);
            if (code !== 0 || name !== "up") return code;
            const account = new Account(layout.accounts, stack);
            if (!args.includes("--json")) sumUp(installation, account);
            // What is updated in parts has only by the last of them all that it needs.
            const isWhole = !args.some((one) => /^(--preview-only|--target|-t$|--exclude)/.test(one));
            return isWhole ? reportDenials(judgedCalls(account)) : code;
        });
    });
}

/** For people, so not on standard output. */
function sumUp({ command }: Installation, account: Account): void {
    const resources = account.records().filter(({ retained }) => !retained);
    process.stderr.write(summaryOf(command, account.stack, resources));
}

/** The engine names one protected resource and advises to edit the program. This names all of them, and the setting to change. */
function explainProtection(layout: Layout, stack: string): void {
    const names = protectedResources(layout, stack);
    if (names.length === 0) return;
    process.stderr.write(
        [
            "",
            `${names.length} resources of ${stack} are protected: ${names.join(", ")}.`,
            isPlatform(layout, stack)
                ? `To destroy them: set plinth:protect to false in Pulumi.${stack}.yaml, run up, then destroy again.`
                : "To destroy them: set protect to false in the program, run up, then destroy again.",
            "",
        ].join("\n"),
    );
}

/** Whether the stack is one of Plinth's program, in whatever project. */
function isPlatform(layout: Layout, stack: string): boolean {
    return /^\s*plinth:tier:/m.test(readIfPresent(path.join(layout.stackFiles, `Pulumi.${stack}.yaml`)) ?? "");
}

async function passThrough(installation: Installation, layout: Layout, given: string[]): Promise<number> {
    const [first = "", second = ""] = given.filter((argument) => !argument.startsWith("-"));
    refuseLostChange(first, second);
    takeUnknownTypes(given); // a mistake in it is reported before anything is done
    const pulumi = await prepare(installation, layout);
    return withUnemulated(pulumi, given, (listing, args) => {
        const [command = "", sub = ""] = args.filter((argument) => !argument.startsWith("-"));
        if (READ_ONLY.has(command) || (command === "stack" && READ_ONLY_STACK.has(sub))) return run(listing, args);
        return withRun(listing, args, (running) => run(running, [...args, ...importFlags(pulumi, command, args)]));
    });
}

/** Only the official language host generates code for imported resources. The import itself works without it. */
function importFlags(pulumi: Pulumi, command: string, args: string[]): string[] {
    if (command !== "import" || pulumi.engine.hasLanguageHost) return [];
    if (args.some((argument) => argument.startsWith("--generate-code"))) return [];
    process.stderr.write("No code is generated for the imported resources: only the official Pulumi CLI does that.\n");
    return ["--generate-code=false"];
}

async function ensureStack(pulumi: Pulumi, stack: string): Promise<void> {
    if (!stacksOf(pulumi.layout).includes(stack)) await capture(pulumi, ["stack", "init", stack, "--no-select"]);
}

/** Deletes state and accounts in one step, so that a crash never leaves the one without the other. */
async function reset(layout: Layout): Promise<void> {
    const [other] = livingRuns(layout);
    if (other)
        throw new SandboxError(
            `another sandbox command is running (pid ${other.pid}, ${other.command}): wait for it or stop it`,
        );
    // What a killed command left would go on, and nothing would know of it any more.
    await endLeftovers(deadRuns(layout));
    const deleted = path.join(layout.sandbox, `deleted-${randomUUID()}`);
    if (existsSync(layout.world)) renameSync(layout.world, deleted);
    for (const directory of [deleted, layout.runs, layout.project, layout.home, layout.served])
        rmSync(directory, { recursive: true, force: true });
    process.stdout.write("The emulated accounts and the state of every stack are deleted.\n");
}
