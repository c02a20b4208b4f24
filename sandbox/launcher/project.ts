import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { readYaml } from "../account/yaml-file";

/** What the sandbox reads of a Pulumi.yaml. */
export interface ProjectFile {
    name?: string;
    main?: string;
    runtime?: string | { name: string; options?: Record<string, unknown> };
    stackConfigDir?: string;
    backend?: unknown;
    plugins?: Partial<Record<"providers" | "languages" | "analyzers", { name: string; path: string }[]>>;
    packages?: Record<string, unknown>;
}

/** The nearest folder with a Pulumi.yaml, `from` itself or one above it; `from` where there is none. */
export function projectRoot(from: string): string {
    for (let folder = from; ; folder = path.dirname(folder)) {
        if (existsSync(path.join(folder, "Pulumi.yaml"))) return folder;
        if (path.dirname(folder) === folder) return from;
    }
}

export function readProject(root: string): ProjectFile | undefined {
    const file = path.join(root, "Pulumi.yaml");
    return existsSync(file) ? ((readYaml(file) ?? {}) as ProjectFile) : undefined;
}

/** The names of the stacks that have a Pulumi.<stack>.yaml in `folder`. */
export function configuredStacks(folder: string): string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
}
