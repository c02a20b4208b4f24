import * as path from "node:path";
import { type BuildOptions, type BuildResult, buildSync } from "esbuild";
import { PLUGINS } from "./plugin";

/** How the sandbox is compiled: into one file, except for packages that must be the program's own copy. */
const bundled = {
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    outExtension: { ".js": ".cjs" },
    external: ["@pulumi/*", "@grpc/*", "google-protobuf"],
    logLevel: "error",
} satisfies BuildOptions;

type Compiled = BuildResult<typeof bundled & { metafile: true }>;

/** Compiles the sandbox's plugins, each into a file of its own in `outdir`. Writes nothing. */
export function compilePlugins(sources: string, outdir: string): Compiled {
    return compile(sources, { entryPoints: pluginSources(sources), outdir });
}

/** The source of each plugin, and of what the language host loads first, by the name of the compiled file. */
export function pluginSources(sources: string): Record<string, string> {
    const entries = PLUGINS.map((name) => [name, path.join(sources, sourceOf(name))]);
    const preload = path.join(sources, "language-host", "without-typescript.ts");
    return { ...Object.fromEntries(entries), "without-typescript": preload };
}

/** Compiles the entries into `outdir`. Writes nothing. */
export function compile(sources: string, options: Pick<BuildOptions, "entryPoints" | "outdir" | "banner">): Compiled {
    const tsconfig = path.join(path.dirname(sources), "tsconfig.json");
    return buildSync({ ...bundled, ...options, metafile: true, tsconfig });
}

function sourceOf(plugin: (typeof PLUGINS)[number]): string {
    if (plugin === "language-nodejs") return path.join("language-host", "index.ts");
    return path.join("providers", plugin.replace("resource-", ""), "index.ts");
}
