// `npm run ops`: what is done to a stack that is up.
import { existsSync } from "node:fs";
import { CommanderError } from "commander";
import { cacheCommands } from "./cache/commands";
import { commandLine } from "./command-line";
import { databaseCommands } from "./database/commands";
import { exitCodes, OpsError } from "./ops-error";
import { queueCommands } from "./queue/commands";

/** What may stand where a stack's name does: no stack is called so. */
const subjects = ["database", "queue", "cache", "help"];

/** Runs one command and returns the exit code. */
export async function main(argv: string[]): Promise<number> {
    let code = 0;
    const [option = "", folder = ""] = argv;
    if (option === "-C" || option === "--cwd") {
        if (!existsSync(folder)) return refuseFolder(folder);
        process.chdir(folder);
        return main(argv.slice(2));
    }
    const end = (result: number) => {
        code = result;
    };
    const [first = ""] = argv;
    const named = first !== "" && !subjects.includes(first) && !first.startsWith("-");
    const stack = named ? first : undefined;
    const program = commandLine({
        database: databaseCommands(stack, end),
        queue: queueCommands(stack, end),
        cache: cacheCommands(stack, end),
    });
    try {
        await program.parseAsync(named ? argv.slice(1) : argv, { from: "user" });
        return code;
    } catch (error) {
        if (error instanceof CommanderError) return error.exitCode;
        const expected = error instanceof OpsError;
        process.stderr.write(`error: ${expected ? error.message : ((error as Error).stack ?? String(error))}\n`);
        return expected ? error.exitCode : exitCodes.failed;
    }
}

function refuseFolder(folder: string): number {
    process.stderr.write(`error: -C: there is no folder ${folder}\n`);
    return exitCodes.failed;
}
