import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { readIfPresent, writeAtomically } from "../account/file";
import { readProject } from "./project";

/** Where everything of one project's sandbox lies. Nothing outside `.sandbox/` is ever written. */
export interface Layout {
    /** The folder of the project's Pulumi.yaml. */
    root: string;
    /** The folder of the Pulumi.<stack>.yaml: the root, unless the project has them elsewhere. */
    stackFiles: string;
    sandbox: string;
    /** The shadow project that the engine runs in, so that it writes its salt and settings there. */
    project: string;
    /** PULUMI_HOME, in the place of the user's own. */
    home: string;
    /** What a rehearsal made: the engine's state and the emulated accounts, which belong together. */
    world: string;
    state: string;
    /** A file for each stack's emulated account. */
    accounts: string;
    /** A file for each command that is at work, left behind by one that was killed. */
    runs: string;
    /** The executables of the plugins; in a checkout also what they are compiled to, by every command anew. */
    plugins: string;
}

export function layoutOf(root: string): Layout {
    const sandbox = path.join(root, ".sandbox");
    const world = path.join(sandbox, "world");
    return {
        root,
        stackFiles: path.resolve(root, readProject(root)?.stackConfigDir ?? "."),
        sandbox,
        project: path.join(sandbox, "project"),
        home: path.join(sandbox, "home"),
        world,
        state: path.join(world, "state"),
        accounts: path.join(world, "accounts"),
        runs: path.join(sandbox, "runs"),
        plugins: path.join(sandbox, "plugins"),
    };
}

/** The key to the rehearsal's secrets: random, made once, readable by its owner only. */
export function passphrase(layout: Layout): string {
    const file = path.join(layout.sandbox, "passphrase");
    const existing = readIfPresent(file);
    if (existing) return existing;
    writeAtomically(file, randomBytes(32).toString("hex"), 0o600);
    return readFileSync(file, "utf8");
}
