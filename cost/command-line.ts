import { readFileSync } from "node:fs";
import { defaultsOf, resolveSettings } from "@plinth/components/settings";
import { Command } from "commander";
import { parse } from "yaml";
import { advise } from "./advice";
import { runCommand } from "./command";
import { compare } from "./compare";
import { type Estimate, estimate, MissingPricesError } from "./estimate";
import type { Plan } from "./plan/preview";
import { isStack, PlanError, type PlannedProject, planInFile, planOfRevision, planOfStack } from "./source";
import { comparisonText, estimateText } from "./text";
import { type Usage, usageSettings } from "./usage";

interface Options {
    json?: boolean;
    against?: string;
    plan?: string;
    usage?: string;
    cwd: string;
}

/** How the command was started. */
export interface Installation {
    /** What its user types. */
    command: string;
    /** The script of the sandbox's command line, from the folder of the project. */
    sandbox: string;
}

const today = new Date().toISOString().slice(0, 10);

/** Tells what a stack costs in a month, before anything is created. */
export function main(installation: Installation, args: string[]): void {
    const { command } = installation;
    const program = new Command(command)
        .description(
            "What a stack costs in a month, in US dollars, from what the sandbox plans for it. Needs no account and no network.",
        )
        .argument("[stack]", "the name of the stack, as in Pulumi.<stack>.yaml")
        .option("-C, --cwd <folder>", "the folder of the project, as `pulumi -C` has it", ".")
        .option(
            "--json",
            "print all of it for machines: every line with its price, the price's source, date and confidence",
        )
        .option(
            "--against <stack or revision>",
            "print the difference from another stack, or from this one at a revision of git",
        )
        .option(
            "--plan <file>",
            "price what `pulumi preview --json --show-sames` wrote to a file, of any program and any engine",
        )
        .option("--usage <file>", "a YAML file with what is used in a month, over plinth:cost.usage of the stack")
        .showHelpAfterError()
        .exitOverride()
        .addHelpText(
            "after",
            [
                "",
                "Examples:",
                `  ${command} prod`,
                `  ${command} prod --against staging`,
                `  ${command} prod --against origin/main --json`,
                "",
                "What is used is assumed. The amounts, which --usage can change:",
                ...Object.entries(defaultsOf(usageSettings, { tier: "dev" })).map(
                    ([name, amount]) => `  ${name}: ${amount}`,
                ),
                "A price that is not known is an error, and never counts as nothing.",
            ].join("\n"),
        )
        .action(async (stack: string | undefined, options: Options) => run(installation, stack, options));
    runCommand(program, args, (error) => error instanceof PlanError || error instanceof MissingPricesError);
}

async function run({ sandbox }: Installation, stack: string | undefined, options: Options): Promise<void> {
    if ((stack === undefined) === (options.plan === undefined))
        throw new PlanError("give a stack, or --plan with a file; not both");
    const project = { root: process.cwd(), folder: options.cwd, sandbox };
    const name = stack ?? options.plan ?? "";
    const own = await (stack === undefined ? planInFile(name) : planOfStack(project, stack));
    const now = estimateOf(own, options);
    if (options.against === undefined) {
        const advice = advise(now);
        print(options.json ? { stack: name, today, ...now, advice } : estimateText(name, now, advice, today));
        return;
    }
    const before = estimateOf(await otherPlan(project, options.against, stack), options);
    const comparison = compare(now, before);
    print(
        options.json
            ? { stack: name, against: options.against, today, ...comparison }
            : comparisonText(name, options.against, comparison),
    );
}

function otherPlan(project: PlannedProject, against: string, stack: string | undefined): Promise<Plan> | Plan {
    if (stack === undefined) return planInFile(against);
    return isStack(project, against) ? planOfStack(project, against) : planOfRevision(project, against, stack);
}

function estimateOf(plan: Plan, { usage: file }: Options): Estimate {
    const region = plan.config["aws:region"];
    if (region === undefined) throw new PlanError("the plan's configuration has no aws:region");
    const own = usageOf(ownUsage(plan), "plinth:cost.usage");
    const usage = file === undefined ? own : usageOf(usageIn(file), `${file}:`, own);
    return estimate(plan.resources, { region, usage, today });
}

/** What the stack's configuration says of its use; only Plinth's stacks say anything. */
function ownUsage({ config }: Plan): unknown {
    const text = config["plinth:cost"];
    const given = text === undefined ? {} : (JSON.parse(text) as { usage?: unknown } | false);
    return given === false ? {} : given.usage;
}

function usageIn(file: string): unknown {
    try {
        return parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw new PlanError(`--usage ${file} cannot be read: ${(error as Error).message}`);
    }
}

/** Amounts over others, which are the defaults where none are given. */
function usageOf(given: unknown, where: string, others: Partial<Usage> = {}): Usage {
    const { spec, problems } = resolveSettings(usageSettings, given ?? {}, where, { tier: "dev" });
    if (problems.length > 0) throw new PlanError(problems.map(({ text }) => text).join("\n"));
    const named = Object.keys((given ?? {}) as object);
    return { ...spec, ...others, ...Object.fromEntries(Object.entries(spec).filter(([name]) => named.includes(name))) };
}

function print(result: string | object): void {
    process.stdout.write(typeof result === "string" ? result : `${JSON.stringify(result, undefined, 2)}\n`);
}
