import { SandboxError } from "../account/sandbox-error";
import { projectsOf } from "./checkpoint";
import type { Installation } from "./installation";
import type { Layout } from "./layout";
import { readProject } from "./project";

/* Commands that the engine would take for something else than what is meant. */

/** The subcommands of `pulumi config` that write to the stack's file. */
const CHANGES_CONFIG = new Set(["set", "set-all", "rm", "rm-all", "cp", "refresh", "env"]);

/** The engine would take one more word for the address of a template, and look for it on the internet. */
export function refuseOtherWords(command: string, given: string[]): void {
    const [first = ""] = given.filter((argument) => argument !== "--yes");
    if (first === "" || first.startsWith("-")) return;
    throw new SandboxError(
        `${command} takes one stack, and ${JSON.stringify(first)} is a word more: run it for each stack, and give flags with their dashes`,
    );
}

/** The state knows a stack by the project's name too: it would be a new one to the engine, beside the account of the old one. */
export function refuseRenamedProject({ command }: Installation, layout: Layout, stack: string): void {
    const known = projectsOf(layout, stack);
    const name = readProject(layout.root)?.name;
    if (known.length === 0 || name === undefined || known.includes(name)) return;
    throw new SandboxError(
        `Pulumi.yaml names the project ${JSON.stringify(name)}, and the sandbox has ${stack} of the project ${known.join(", ")}: ` +
            `give the project that name again, or delete all emulated accounts and states with \`${command} reset\``,
    );
}

/** The engine writes the configuration to the sandbox's copy, which every command makes anew from the project's file. */
export function refuseLostChange(command: string, sub: string): void {
    if (command !== "config" || !CHANGES_CONFIG.has(sub)) return;
    throw new SandboxError(
        `pulumi config ${sub} would be lost, as the sandbox reads the project's own files: edit Pulumi.<stack>.yaml, or run \`pulumi config ${sub}\` without the sandbox`,
    );
}
