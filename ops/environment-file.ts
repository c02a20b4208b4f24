import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { OpsError, Refusal } from "./ops-error";

/**
 * Takes the variables of a file, such as the one that `sandbox serve` writes, over those of the environment. Where it says how to reach
 * AWS, nothing that the environment says of AWS is left: a profile or a token of another account would go there too.
 */
export function loadEnvironment(file: string): void {
    const given = parseEnv(textOf(file));
    if (Object.keys(given).some((name) => name.startsWith("AWS_")))
        for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    Object.assign(process.env, given);
}

/** Refuses another stack than the one that the environment is of. */
export function refuseOtherStack(stack: string | undefined): void {
    const { PLINTH_STACK: own, PLINTH_OUTPUTS: outputs } = process.env;
    if (own === undefined || outputs === undefined || stack === undefined || stack === own) return;
    throw new Refusal(`the environment is that of the stack ${own} (PLINTH_STACK), not of ${stack}; give ${own}`);
}

function textOf(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch {
        throw new OpsError(`--environment: there is no file ${file}`);
    }
}
