import { rmSync } from "node:fs";
import * as path from "node:path";
import { bundle } from "../../tools/bundle.cjs";
import { writeAtomically } from "../account/file";
import type { Layout } from "./layout";

/** The providers that the sandbox emulates, by package name. */
export const PROVIDERS = ["aws", "random", "eks", "awsx", "kubernetes"] as const;

/**
 * Compiles the sandbox's plugins into executables that the engine can start. Every command does this: it takes about
 * 50 ms, and the plugins are never older than their source.
 */
export function installPlugins(layout: Layout, sandboxSources: string): void {
    const entries: Record<string, string> = {
        "language-nodejs": path.join(sandboxSources, "language-host", "index.ts"),
    };
    for (const name of PROVIDERS) {
        entries[`resource-${name}`] = path.join(sandboxSources, "providers", name, "index.ts");
    }
    const preload = path.join(sandboxSources, "language-host", "without-typescript.ts");
    const compiled = bundle(path.dirname(sandboxSources), { ...entries, "without-typescript": preload });
    for (const [name, text] of Object.entries(compiled)) {
        // Packages are found at run time from `.sandbox/`, which lies in the checkout.
        if (!name.endsWith(".map")) writeAtomically(path.join(layout.plugins, `${name}.cjs`), text);
    }
    // The engine caches schemas by version, and the sandbox's change without a new version.
    rmSync(path.join(layout.home, "schemas"), { recursive: true, force: true });
    for (const entry of Object.keys(entries)) {
        const script = path.join(layout.plugins, `${entry}.cjs`);
        const executable = path.join(pluginDirectory(layout, entry), `pulumi-${entry}`);
        writeAtomically(executable, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(script)} "$@"\n`, 0o755);
    }
}

export function pluginDirectory(layout: Layout, entry: string): string {
    return path.join(layout.plugins, entry);
}

function quote(text: string): string {
    return `'${text.replaceAll("'", "'\\''")}'`;
}
