import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { readIfPresent, writeAtomically } from "../account/file";

/** Where everything of one checkout's sandbox lies. Nothing outside `.sandbox/` is ever written. */
export interface Layout {
    /** The checkout: the folder of Pulumi.yaml. */
    checkout: string;
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
    /** The plugins, compiled anew by every command whose sources changed. */
    plugins: string;
}

export function layoutOf(checkout: string): Layout {
    const sandbox = path.join(checkout, ".sandbox");
    const world = path.join(sandbox, "world");
    return {
        checkout,
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
