import * as path from "node:path";
import { stringify } from "yaml";
import { writeAtomically } from "../account/file";
import { SandboxError } from "../account/sandbox-error";
import { readYaml } from "../account/yaml-file";
import type { Engine } from "./engine";
import { type Layout, passphrase } from "./layout";
import { type Encryption, passphraseEncryption } from "./passphrase-encryption";
import { PROVIDERS, pluginDirectory } from "./plugin";
import { configuredStacks, type ProjectFile, readProject } from "./project";

interface StackConfiguration {
    config?: Record<string, unknown>;
    /** Environments of Pulumi ESC, by name or written out. */
    environment?: unknown;
    secretsprovider?: string;
    encryptedkey?: string;
    encryptionsalt?: string;
}

/**
 * Writes the shadow project: the project's Pulumi.yaml with adjusted paths and the sandbox's plugins, and a copy of every stack
 * configuration, or of that of `stack` alone, so that a mistake in another file is no matter. The engine writes to the copies, for example a salt.
 */
export function writeShadowProject(layout: Layout, engine: Engine, stack?: string): void {
    const project = readProject(layout.root);
    if (!project)
        throw new SandboxError(
            `There is no Pulumi.yaml in ${layout.root} or a folder above it: run this in the folder of a Pulumi project.`,
        );
    // The sandbox has a backend of its own, and its copies of the stack configurations are next to the shadow project.
    const { backend, stackConfigDir, ...kept } = project;
    const shadow: ProjectFile = {
        ...kept,
        main: path.relative(layout.project, path.resolve(layout.root, project.main ?? ".")),
        plugins: pluginsOf(project, layout, engine),
        ...(project.packages && { packages: mapValues(project.packages, (source) => packageFrom(layout, source)) }),
        ...(project.runtime !== undefined && { runtime: runtimeFrom(layout, project.runtime) }),
    };
    writeAtomically(path.join(layout.project, "Pulumi.yaml"), stringify(shadow));
    for (const one of configuredStacks(layout.stackFiles))
        if (stack === undefined || stack === one) copyStackConfiguration(layout, `Pulumi.${one}.yaml`);
}

/** The sandbox's plugins, and those of the project's own that they do not replace. */
function pluginsOf({ plugins = {} }: ProjectFile, layout: Layout, engine: Engine): ProjectFile["plugins"] {
    const sandbox: NonNullable<ProjectFile["plugins"]> = {
        providers: PROVIDERS.map((name) => ({ name, path: pluginDirectory(layout, `resource-${name}`) })),
        languages: engine.hasLanguageHost ? [] : [{ name: "nodejs", path: pluginDirectory(layout, "language-nodejs") }],
    };
    const merged = (["providers", "languages", "analyzers"] as const).map((kind) => {
        const emulated = sandbox[kind] ?? [];
        const own = (plugins[kind] ?? [])
            .filter(({ name }) => !emulated.some((other) => other.name === name))
            .map((plugin) => ({ ...plugin, path: path.resolve(layout.root, plugin.path) }));
        return [kind, [...emulated, ...own]] as const;
    });
    return Object.fromEntries(merged.filter(([, list]) => list.length > 0));
}

/** A package of the project's `packages`. A relative path is resolved from the project. */
function packageFrom(layout: Layout, source: unknown): unknown {
    if (typeof source === "string") return /^\.{1,2}(\/|$)/.test(source) ? path.resolve(layout.root, source) : source;
    if (typeof source !== "object" || source === null || !("source" in source)) return source;
    return { ...source, source: packageFrom(layout, source.source) };
}

/** The project's runtime. The path in Python's option `virtualenv` is resolved from the project. */
function runtimeFrom(layout: Layout, runtime: NonNullable<ProjectFile["runtime"]>): ProjectFile["runtime"] {
    if (typeof runtime === "string" || typeof runtime.options?.virtualenv !== "string") return runtime;
    const virtualenv = path.resolve(layout.root, runtime.options.virtualenv);
    return { ...runtime, options: { ...runtime.options, virtualenv } };
}

function mapValues<From, To>(record: Record<string, From>, to: (value: From) => To): Record<string, To> {
    return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}

/** Leaves out the stack's secrets provider, which may need a cloud, and keeps the salt of the sandbox's own. */
function copyStackConfiguration(layout: Layout, file: string): void {
    const original = (readYaml(path.join(layout.stackFiles, file)) ?? {}) as StackConfiguration;
    if (original.environment !== undefined)
        process.stderr.write(
            `warning: ${file}: environment: the sandbox asks no Pulumi ESC, so the program gets none of its values; give those that it needs under config\n`,
        );
    const copy = path.join(layout.project, file);
    const previous = (readYaml(copy) ?? {}) as StackConfiguration;
    let salt = previous.encryptionsalt;
    let encryption: Encryption | undefined;
    const config = withStandIns(original.config ?? {}, (text) => {
        encryption ??= passphraseEncryption(passphrase(layout), salt);
        salt = encryption.encryptionSalt;
        return encryption.encrypt(text);
    });
    const shadow: StackConfiguration = { config: config as Record<string, unknown> };
    if (salt !== undefined) shadow.encryptionsalt = salt;
    writeAtomically(copy, stringify(shadow));
}

/** Secrets of the real stack cannot be decrypted here: the program gets a stand-in for each, which is secret too. */
function withStandIns(value: unknown, encrypt: (text: string) => string, at: readonly string[] = []): unknown {
    if (Array.isArray(value)) return value.map((item, index) => withStandIns(item, encrypt, [...at, String(index)]));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    if (entries.length === 1 && entries[0]?.[0] === "secure") return { secure: encrypt(standIn(at)) };
    return Object.fromEntries(entries.map(([name, item]) => [name, withStandIns(item, encrypt, [...at, name])]));
}

/** A text that can be what the names on the way to it say; no two are the same in a list. */
function standIn(at: readonly string[]): string {
    const isAddress = at.some((name) => /url|endpoint/i.test(name));
    return isAddress ? `https://example.com/stand-in-for-a-secret-${at.at(-1)}` : "stand-in-for-a-secret";
}
