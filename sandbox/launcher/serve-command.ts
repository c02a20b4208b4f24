import * as path from "node:path";
import { type Command, Option } from "commander";
import { type ServedPart, servedParts } from "../servers/servers";
import type { Installation } from "./installation";
import type { Layout } from "./layout";
import { prepare } from "./prepare";
import { recover } from "./recovery";
import { plannedServing, runServed, type ServedStack, stackOutputs, untilInterrupted, withServers } from "./serve";

interface ServeOptions {
    only?: ServedPart[];
    json?: boolean;
}

/** Adds `serve`: real servers on this machine in the shape of a stack. */
export function addServeCommand(
    program: Command,
    installation: Installation,
    layout: () => Layout,
    finish: (code: number) => void,
): void {
    program
        .command("serve")
        .description("Run real servers on this machine in the shape of a stack that is up, until Ctrl-C.")
        .argument("<stack>", "the stack whose servers they are")
        .argument("[command...]", "after `--`: what to run in their environment; they end with it")
        .addOption(new Option("--only <parts...>", "serve these alone").choices(servedParts))
        .option("--json", "print where they are for machines")
        .addHelpText(
            "after",
            [
                "",
                "PostgreSQL, MySQL, Redis or Valkey have the stack's parameters, users and TLS; moto answers for AWS with its queues and secrets.",
                "What finds them is in .sandbox/served/<stack>/.env. All data is lost at the end.",
                "",
                "Examples:",
                `  ${installation.command} serve dev`,
                `  ${installation.command} serve dev --only database cache`,
                `  ${installation.command} serve dev -- pytest`,
            ].join("\n"),
        )
        .action(async (stack: string, command: string[], options: ServeOptions) =>
            finish(await serve(installation, layout(), stack, command, options)),
        );
}

async function serve(
    installation: Installation,
    layout: Layout,
    stack: string,
    command: string[],
    { only = [], json }: ServeOptions,
): Promise<number> {
    const plan = plannedServing(layout, stack, only);
    const pulumi = await prepare(installation, layout);
    await recover(pulumi);
    const outputs = await stackOutputs(pulumi, stack);
    process.stderr.write(`Starting the servers of ${stack} ...\n`);
    return withServers(layout, { stack, plan, outputs }, async (served, signal) => {
        if (command.length > 0) return runServed(command, served.environment, signal);
        process.stdout.write(json ? `${JSON.stringify(machineText(served))}\n` : describe(installation, served));
        await untilInterrupted(signal);
        process.stderr.write(`Stopping the servers of ${stack} ...\n`);
        return 0;
    });
}

function machineText({ stack, environmentFile, servers: { served, aws } }: ServedStack): object {
    return { stack, environmentFile, servers: served.map(({ endpoints: _, ...server }) => server), aws: aws?.url };
}

function describe({ operations }: Installation, { stack, plan, servers, environmentFile }: ServedStack): string {
    const file = path.relative(process.cwd(), environmentFile);
    const { aws, served } = servers;
    return [
        `${stack} is served on this machine:`,
        ...served.flatMap(({ name, program, at, differences }) => [
            `  ${name}: ${program} at ${at.host}:${at.port}`,
            ...differences.map((one) => `    ${one}`),
        ]),
        ...(aws
            ? [`  AWS: moto at ${aws.url}, with ${plan.queues.length} queues and ${plan.secrets.length} secrets`]
            : []),
        "",
        `${file} has what finds them, with passwords:`,
        `  node --env-file ${file} ...`,
        `  set -a; . ${file}`,
        `  ${operations} --environment ${file} ${stack} database users   # gives the users their rights`,
        "Ctrl-C ends all of them, and their data.",
        "",
    ].join("\n");
}
