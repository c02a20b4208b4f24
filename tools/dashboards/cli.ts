// `npm run dashboards`: what a stack's dashboards look like, before there are any.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { runCommand } from "../../cost/command";
import { svgOf } from "./render";
import { dashboardsOf } from "./stack";

interface Options {
    cwd: string;
    out: string;
    json?: boolean;
}

/** The error of a stack that is not there, or has nothing to draw. */
class NoDashboardsError extends Error {}

const program = new Command("npm run dashboards --")
    .description(
        "Draws the CloudWatch dashboards of a stack as SVG pictures with sample data. Needs no account, no network and no engine.",
    )
    .argument("<stack>", "the name of the stack, as in Pulumi.<stack>.yaml")
    .option("-C, --cwd <folder>", "the folder of the project, as `pulumi -C` has it", ".")
    .option("--out <folder>", "where the pictures are written", "dashboards")
    .option("--json", "print the bodies for machines, as CloudWatch gets them, and write nothing")
    .showHelpAfterError()
    .exitOverride()
    .addHelpText(
        "after",
        "\nExamples:\n  npm run dashboards -- prod\n  npm run dashboards -- prod --json > bodies.json",
    )
    .action(async (stack: string, options: Options) => run(stack, options));

function refuseUnknown(stack: string, folder: string): void {
    if (existsSync(path.join(folder, `Pulumi.${stack}.yaml`))) return;
    const files = existsSync(folder) ? readdirSync(folder) : [];
    const stacks = files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
    throw new NoDashboardsError(
        `there is no Pulumi.${stack}.yaml in ${path.resolve(folder)}; the stacks are ${stacks.join(", ") || "none"}`,
    );
}

async function run(stack: string, { cwd, out, json }: Options): Promise<void> {
    refuseUnknown(stack, cwd);
    const bodies = await dashboardsOf(stack, cwd);
    if (Object.keys(bodies).length === 0)
        throw new NoDashboardsError(`${stack} has no dashboards: set plinth:observability.dashboards to true`);
    if (json) {
        console.log(JSON.stringify(bodies, undefined, 2));
        return;
    }
    mkdirSync(out, { recursive: true });
    for (const [name, body] of Object.entries(bodies)) {
        const file = path.join(out, `${name}.svg`);
        writeFileSync(file, svgOf(body, name));
        console.log(file);
    }
}

runCommand(program, process.argv.slice(3), (error) => error instanceof NoDashboardsError);
