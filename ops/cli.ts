// `npm run ops`: what is done to a stack that is up.
import { existsSync } from "node:fs";
import { CommanderError } from "commander";
import { cacheCommands } from "./cache/commands";
import { commandLine } from "./command-line";
import { connectCommands } from "./connect/commands";
import { databaseCommands } from "./database/commands";
import { loadEnvironment, refuseOtherStack } from "./environment-file";
import { exitCodes, OpsError } from "./ops-error";
import { queueCommands } from "./queue/commands";
import { closeTunnels } from "./tunnel/tunnel";

/** What may stand where a stack's name does: no stack is called so. */
const subjects = ["database", "queue", "cache", "connect", "help"];

/** Runs one command and returns the exit code. */
export async function main(argv: string[]): Promise<number> {
    let code = 0;
    const end = (result: number) => {
        code = result;
    };
    try {
        const rest = takeLeading(argv);
        const [first = ""] = rest;
        const named = first !== "" && !subjects.includes(first) && !first.startsWith("-");
        const stack = named ? first : undefined;
        refuseOtherStack(stack);
        const program = commandLine({
            database: databaseCommands(stack, end),
            queue: queueCommands(stack, end),
            cache: cacheCommands(stack, end),
            connect: connectCommands(stack, end),
        });
        await program.parseAsync(named ? rest.slice(1) : rest, { from: "user" });
        return code;
    } catch (error) {
        if (error instanceof CommanderError) return error.exitCode;
        const expected = error instanceof OpsError;
        process.stderr.write(`error: ${expected ? error.message : ((error as Error).stack ?? String(error))}\n`);
        return expected ? error.exitCode : exitCodes.failed;
    } finally {
        await closeTunnels();
    }
}

/** Does what the options in front of all else say, and returns what follows them. */
function takeLeading(argv: string[]): string[] {
    const [option = "", value = ""] = argv;
    if (option === "-C" || option === "--cwd") {
        if (!existsSync(value)) throw new OpsError(`-C: there is no folder ${value}`);
        process.chdir(value);
    } else if (option === "--environment") {
        loadEnvironment(value);
    } else {
        return argv;
    }
    return takeLeading(argv.slice(2));
}
