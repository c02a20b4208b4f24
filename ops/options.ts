import { type Command, Option } from "commander";
import { OpsError } from "./ops-error";
import type { OutputSource } from "./stack/outputs";

/** The options of whatever asks a stack where its parts are. */
export interface StackOptions extends OutputSource {
    json?: boolean;
}

/** The options of whatever changes something. */
export interface ChangeOptions extends StackOptions {
    dryRun?: boolean;
    /** The folder of the records. */
    records?: string;
}

/** Adds the options of {@link StackOptions}. */
export function onStack(command: Command): Command {
    return fromOutputs(command.option("--json", "print it for machines"));
}

/** Adds the options of whatever asks a stack where its parts are, and prints nothing of its own. */
export function fromOutputs(command: Command): Command {
    return command.addOption(
        new Option("--outputs <file>", "what `pulumi stack output --json` printed, instead of asking Pulumi").env(
            "PLINTH_OUTPUTS",
        ),
    );
}

/**
 * Adds the options of whatever connects to a server.
 * @param authorities whose the server's certificate is without `--authorities`
 */
export function reaching(command: Command, authorities: string): Command {
    return command
        .addOption(
            new Option(
                "--tunnel [instance]",
                "through Session Manager, by this instance; by a node of the stack's cluster without one",
            ).conflicts(["host", "port", "plaintext"]),
        )
        .option("--host <host>", "where to connect, if it is not the server: the near end of a tunnel")
        .option("--port <port>", "its port")
        .addOption(
            new Option(
                "--authorities <file>",
                `the authorities of the server's certificate in PEM; ${authorities} without it`,
            ).env("PLINTH_AUTHORITIES"),
        )
        .addOption(new Option("--plaintext", "without TLS, only to a server on this machine").conflicts("authorities"));
}

/** Adds the options of {@link ChangeOptions} that {@link StackOptions} lacks. */
export function changing(command: Command, dryRun = "print what would be done, and change nothing"): Command {
    return command.option("--dry-run", dryRun).option("--records <folder>", "where to record what was done", ".ops");
}

/** A number that an option gives. */
export function numberOf(option: string, text: string, least: number, most = Number.POSITIVE_INFINITY): number {
    const value = Number(text);
    const allowed = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
    if (text.trim() === "" || !Number.isFinite(value) || value < least || value > most)
        throw new OpsError(`${option}: ${text} is not allowed; give a number ${allowed}`);
    return value;
}

/** A whole number that an option gives. */
export function wholeOf(option: string, text: string, least: number, most: number): number {
    const value = numberOf(option, text, least, most);
    if (!Number.isInteger(value)) throw new OpsError(`${option}: ${text} is not allowed; give a whole number`);
    return value;
}
