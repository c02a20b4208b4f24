import { type Command, CommanderError } from "commander";

/** Runs a command line. What may go wrong is said in a line; all else with where it happened. */
export function runCommand(program: Command, args: string[], isExpected: (error: unknown) => error is Error): void {
    program.parseAsync(args, { from: "user" }).catch((error: unknown) => {
        process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
        if (error instanceof CommanderError) return;
        const text = isExpected(error) ? error.message : ((error as Error).stack ?? String(error));
        process.stderr.write(`error: ${text}\n`);
    });
}
