import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { createExclusively, readIfPresent } from "../account/file";
import { readProject } from "./project";

/** The folders and files of one project's sandbox. The sandbox writes nothing outside `.sandbox/`. */
export interface Layout {
    /** The folder of the project's Pulumi.yaml. */
    root: string;
    /** The folder of the stack configurations: the root, unless Pulumi.yaml has a `stackConfigDir`. */
    stackFiles: string;
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
    /** A folder for each stack that `serve` serves: how to find its servers. */
    served: string;
    /** The executables of the plugins, and in a checkout the compiled plugins too. */
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
        served: path.join(sandbox, "served"),
        plugins: path.join(sandbox, "plugins"),
    };
}

/** The passphrase of the sandbox's secrets: random, created once, readable by its owner only. */
export function passphrase(layout: Layout): string {
    const file = path.join(layout.sandbox, "passphrase");
    const existing = readIfPresent(file);
    if (existing) return existing;
    createExclusively(file, randomBytes(32).toString("hex"), 0o600); // another command may have been first
    return readFileSync(file, "utf8");
}
