import { rmSync } from "node:fs";
import * as path from "node:path";
import { buildSync } from "esbuild";
import { writeAtomically } from "../account/file";
import type { Layout } from "./layout";

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
    const { outputFiles } = buildSync({
        entryPoints: { ...entries, "without-typescript": preload },
        outdir: layout.plugins,
        bundle: true,
        write: false,
        platform: "node",
        format: "cjs",
        target: "node20",
        outExtension: { ".js": ".cjs" },
        // Found at run time from `.sandbox/`, which lies in the checkout.
        external: ["@pulumi/*", "@grpc/*", "google-protobuf"],
        tsconfig: path.join(path.dirname(sandboxSources), "tsconfig.json"),
        logLevel: "error",
    });
    for (const { path: file, text } of outputFiles) writeAtomically(file, text);
    // The engine keeps the schemas it has read by version, and ours change without one.
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
