import { rmSync } from "node:fs";
import * as path from "node:path";
import { writeAtomically } from "../account/file";
import type { Layout } from "./layout";

/** The providers that the sandbox emulates, by package name. */
export const PROVIDERS = ["aws", "random", "eks", "awsx", "kubernetes"] as const;

/** The plugins that the sandbox brings, as the engine names their executables after `pulumi-`. */
export const PLUGINS = ["language-nodejs", ...PROVIDERS.map((name) => `resource-${name}` as const)] as const;

/** Makes the compiled plugins in `folder` executables that the engine can start. */
export function installPlugins(layout: Layout, folder: string): void {
    // The engine caches schemas by version, and the sandbox's change without a new version.
    rmSync(path.join(layout.home, "schemas"), { recursive: true, force: true });
    for (const plugin of PLUGINS) {
        const script = path.join(folder, `${plugin}.cjs`);
        const executable = path.join(pluginDirectory(layout, plugin), `pulumi-${plugin}`);
        writeAtomically(executable, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(script)} "$@"\n`, 0o755);
    }
}

export function pluginDirectory(layout: Layout, plugin: (typeof PLUGINS)[number]): string {
    return path.join(layout.plugins, plugin);
}

function quote(text: string): string {
    return `'${text.replaceAll("'", "'\\''")}'`;
}
