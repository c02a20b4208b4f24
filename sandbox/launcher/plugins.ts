import { rmSync } from "node:fs";
import * as path from "node:path";
import { bundle } from "../../tools/bundle.cjs";
import { type Layout, writeWhole } from "./layout";

/** The providers that the sandbox emulates, by package name. */
export const PROVIDERS = ["aws", "random", "eks", "awsx", "kubernetes"] as const;

/**
 * Compiles the sandbox's plugins and makes them executables that the engine can start. Done by every command: it takes some
 * 50 ms, and what runs is never older than its source.
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
        if (!name.endsWith(".map")) writeWhole(path.join(layout.plugins, `${name}.cjs`), text);
    }
    // The engine keeps the schemas it has read by version, and ours change without one.
    rmSync(path.join(layout.home, "schemas"), { recursive: true, force: true });
    for (const entry of Object.keys(entries)) {
        const script = path.join(layout.plugins, `${entry}.cjs`);
        const executable = path.join(pluginDirectory(layout, entry), `pulumi-${entry}`);
        writeWhole(executable, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(script)} "$@"\n`, 0o755);
    }
}

export function pluginDirectory(layout: Layout, entry: string): string {
    return path.join(layout.plugins, entry);
}

function quote(text: string): string {
    return `'${text.replaceAll("'", "'\\''")}'`;
}
