import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { writeAtomically } from "../account/file";
import { seedAccounts } from "../emulation/seed";
import { RUN_VARIABLE } from "../providers/environment";
import { findEngine } from "./engine";
import type { Installation } from "./installation";
import type { Layout } from "./layout";
import { installPlugins } from "./plugin";
import { environmentFor, type Pulumi } from "./pulumi";
import { recover } from "./recovery";
import { beginRun, endRun } from "./run";
import { writeShadowProject } from "./shadow-project";

/** Makes all that the engine needs in `.sandbox/`: for every stack, or for `stack` alone. */
export async function prepare(installation: Installation, layout: Layout, stack?: string): Promise<Pulumi> {
    const engine = await findEngine(installation.engineModule);
    mkdirSync(layout.state, { recursive: true });
    writeAtomically(path.join(layout.sandbox, ".gitignore"), "*\n");
    installPlugins(layout, installation.compiledPlugins(layout));
    writeShadowProject(layout, engine, stack);
    seedAccounts(layout, stack);
    return { engine, layout, environment: environmentFor(layout) };
}

/** Recovers from commands that were killed, and records this one for as long as it runs. */
export async function withRun(
    pulumi: Pulumi,
    args: string[],
    work: (running: Pulumi) => Promise<number>,
): Promise<number> {
    await recover(pulumi);
    const current = beginRun(pulumi.layout, `pulumi ${args.join(" ")}`);
    const code = await work({ ...pulumi, environment: { ...pulumi.environment, [RUN_VARIABLE]: current.id } });
    // A command that failed is recovered from like one that was killed: a provider may have died with what it had made.
    if (code === 0) endRun(pulumi.layout, current);
    return code;
}
