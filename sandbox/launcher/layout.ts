import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { readIfPresent, writeAtomically } from "../account/file";

/** The folders and files of one checkout's sandbox. The sandbox writes nothing outside `.sandbox/`. */
export interface Layout {
    /** The checkout: the folder of Pulumi.yaml. */
    checkout: string;
    sandbox: string;
    /** The shadow project that the engine runs in, so that it writes its salt and settings there. */
    project: string;
    /** PULUMI_HOME, instead of the user's own. */
    home: string;
    /** The engine's state and the emulated accounts, which belong together. */
    world: string;
    state: string;
    /** A file for each stack's emulated account. */
    accounts: string;
    /** One file for each running command. A command that was killed leaves its file. */
    runs: string;
    /** The compiled plugins. */
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

/** The passphrase of the sandbox's secrets: random, created once, readable by its owner only. */
export function passphrase(layout: Layout): string {
    const file = path.join(layout.sandbox, "passphrase");
    const existing = readIfPresent(file);
    if (existing) return existing;
    writeAtomically(file, randomBytes(32).toString("hex"), 0o600);
    return readFileSync(file, "utf8");
}
