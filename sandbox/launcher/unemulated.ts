import { rmSync } from "node:fs";
import * as path from "node:path";
import { SandboxError } from "../account/sandbox-error";
import { HOW_TO_RUN_UNEMULATED, listed, UnemulatedList, type UnemulatedMode } from "../account/unemulated";
import { UNEMULATED_VARIABLE } from "../providers/environment";
import type { Layout } from "./layout";
import type { Pulumi } from "./pulumi";

const FLAG = "--unknown-types";

/** Takes the sandbox's own flag out of those of a command. */
export function takeUnknownTypes(args: readonly string[]): { generic: boolean; rest: string[] } {
    const at = args.findIndex((argument) => argument === FLAG || argument.startsWith(`${FLAG}=`));
    if (at < 0) return { generic: false, rest: [...args] };
    const [, inline] = (args[at] ?? "").split(/=(.*)/s);
    const value = inline ?? args[at + 1] ?? "";
    if (value !== "generic")
        throw new SandboxError(`${FLAG} ${JSON.stringify(value)} is unknown: give ${FLAG} generic`);
    return {
        generic: true,
        rest: args.filter((_, index) => index !== at && (inline !== undefined || index !== at + 1)),
    };
}

/**
 * Runs a command of the engine, and says what of the program is not emulated. Without \`--unknown-types generic\` that fails: after a preview,
 * so that all of it is listed and nothing is created.
 */
export async function withUnemulated(
    pulumi: Pulumi,
    given: readonly string[],
    work: (running: Pulumi, args: string[]) => Promise<number>,
): Promise<number> {
    const { generic, rest } = takeUnknownTypes(given);
    const list = new UnemulatedList(modeOf(generic, rest), fileOf(pulumi.layout));
    rmSync(fileOf(pulumi.layout), { force: true }); // of a process that had this number before
    const variable = { [UNEMULATED_VARIABLE]: `${list.mode} ${fileOf(pulumi.layout)}` };
    try {
        const code = await work({ ...pulumi, environment: { ...pulumi.environment, ...variable } }, rest);
        const found = list.counts();
        if (found.length === 0) return code;
        process.stderr.write(
            generic
                ? `\nRun by the SDK's declarations alone, so that nothing AWS would decide of them was judged:\n${listed(found)}\n`
                : `\nerror: the sandbox does not emulate\n${listed(found)}\n${HOW_TO_RUN_UNEMULATED}\n`,
        );
        return generic ? code : code || 1;
    } finally {
        rmSync(fileOf(pulumi.layout), { force: true });
    }
}

/** Only a command that previews first can go on to list everything. */
function modeOf(generic: boolean, args: readonly string[]): UnemulatedMode {
    if (generic) return "generic";
    const previews = args.includes("preview") || (args.includes("up") && !isSkipped(args));
    return previews ? "list" : "refuse";
}

function isSkipped(args: readonly string[]): boolean {
    return args.some((argument) => ["--skip-preview", "--skip-preview=true", "-f"].includes(argument));
}

function fileOf(layout: Layout): string {
    return path.join(layout.runs, `${process.pid}.unemulated`);
}
