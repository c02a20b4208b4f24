// `npm run policies`: what the policy pack finds in a stack, for people and for code scanning.
import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { runCommand } from "../../cost/command";
import { version } from "../../package.json";
import { markdownOf } from "../../policy/report/markdown";
import type { Report } from "../../policy/report/report";
import { sarifOf } from "../../policy/report/sarif";
import { rules } from "../../policy/rules";
import { PreviewError, reportOn } from "./preview";

interface Options {
    json?: boolean;
    sarif?: string;
    policyPackConfig?: string;
}

const program = new Command("npm run policies --")
    .description(
        "What the policy pack finds in a stack, resource by resource and control by control, from a preview in the sandbox. Needs no account and no network.",
    )
    .argument("<stack>", "the name of the stack, as in Pulumi.<stack>.yaml")
    .option("--sarif <file>", "write the violations for code scanning: SARIF 2.1.0 with the lines of the program")
    .option("--json", "print every verdict for machines")
    .option(
        "--policy-pack-config <file>",
        "levels, waivers and trusted identifiers; by default policy/config/<stack>.json",
    )
    .showHelpAfterError()
    .exitOverride()
    .addHelpText(
        "after",
        "\nThe exit code is 1 when a mandatory rule is violated or cannot be proved.\n\nExamples:\n  npm run policies -- prod\n  npm run policies -- prod --sarif policies.sarif\n  npm run policies -- prod --json > policies.json",
    )
    .action(async (stack: string, options: Options) => {
        const report = await reportOn(stack, options.policyPackConfig);
        if (options.sarif)
            writeFileSync(options.sarif, `${JSON.stringify(sarifOf(report, rules, version), null, 2)}\n`);
        process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : markdownOf(report));
        if (isRefused(report)) process.exitCode = 1;
    });

const isRefused = ({ findings }: Report) =>
    findings.some(({ level, outcome }) => level === "mandatory" && (outcome === "violated" || outcome === "unproved"));

runCommand(program, process.argv.slice(3), (error) => error instanceof PreviewError);
