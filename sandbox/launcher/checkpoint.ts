import { copyFileSync, existsSync, readdirSync, renameSync } from "node:fs";
import * as path from "node:path";
import { readIfPresent } from "../account/file";
import { SandboxError } from "../account/sandbox-error";
import type { Layout } from "./layout";

/** What the sandbox reads of the engine's state of a stack. */
interface Deployment {
    resources?: { urn: string; type: string; id?: string; protect?: boolean; delete?: boolean }[];
    pending_operations?: { type: string; resource: { urn: string } }[];
}

interface Checkpoint {
    checkpoint?: { latest?: Deployment | null };
}

export function projectDirectories(layout: Layout, kind: "locks/organization" | "stacks"): string[] {
    const root = path.join(layout.state, ".pulumi", kind);
    return existsSync(root) ? readdirSync(root).map((project) => path.join(root, project)) : [];
}

/** The stacks in the state, read from its files: asking the engine takes half a second. */
export function stacksOf(layout: Layout): string[] {
    return projectDirectories(layout, "stacks").flatMap((directory) =>
        readdirSync(directory)
            .filter((file) => file.endsWith(".json"))
            .map((file) => path.basename(file, ".json")),
    );
}

/** The names of the projects that have a stack of this name. */
export function projectsOf(layout: Layout, stack: string): string[] {
    const folders = projectDirectories(layout, "stacks");
    return folders
        .filter((folder) => existsSync(path.join(folder, `${stack}.json`)))
        .map((folder) => path.basename(folder));
}

export function deploymentOf(layout: Layout, stack: string): Deployment | undefined {
    const file = stateFileOf(layout, stack);
    const text = file && readIfPresent(file);
    if (file === undefined || text === undefined) return undefined;
    return (parsed(text) ?? damaged(file)).checkpoint?.latest ?? undefined;
}

/** Whether the file of the state was cut off. */
export function isDamaged(layout: Layout, stack: string): boolean {
    const file = stateFileOf(layout, stack);
    return file !== undefined && parsed(readIfPresent(file) ?? "") === undefined;
}

/**
 * Where a full disk or a limit cut the state off, the engine's own copy of the one before takes its place. What was made since is
 * not in it, and is taken back. The damaged file is kept beside it.
 */
export function restoreCheckpoint(layout: Layout, stack: string): void {
    const file = stateFileOf(layout, stack);
    if (file === undefined || !isDamaged(layout, stack)) return;
    const copy = `${file}.bak`;
    if (!parsed(readIfPresent(copy) ?? "")) damaged(file);
    renameSync(file, `${file}.damaged`);
    copyFileSync(copy, file);
}

function damaged(file: string): never {
    throw new SandboxError(
        `${file} is no state of the engine's: restore the file, or delete all emulated accounts and states with the command reset`,
    );
}

function parsed(text: string): Checkpoint | undefined {
    try {
        return JSON.parse(text) as Checkpoint;
    } catch {
        return undefined;
    }
}

function stateFileOf(layout: Layout, stack: string): string | undefined {
    return projectDirectories(layout, "stacks")
        .map((directory) => path.join(directory, `${stack}.json`))
        .find((file) => existsSync(file));
}

/** The names of the resources that the engine refuses to delete. */
export function protectedResources(layout: Layout, stack: string): string[] {
    const resources = deploymentOf(layout, stack)?.resources ?? [];
    return resources.filter(({ protect }) => protect).map(({ urn }) => urn.split("::").at(-1) ?? urn);
}
