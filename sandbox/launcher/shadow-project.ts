import { readdirSync } from "node:fs";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { readIfPresent, writeAtomically } from "../account/file";
import { SandboxError } from "../account/sandbox-error";
import type { Engine } from "./engine";
import type { Layout } from "./layout";
import { PROVIDERS, pluginDirectory } from "./plugin";

interface StackConfiguration {
    config?: Record<string, unknown>;
    secretsprovider?: string;
    encryptedkey?: string;
    encryptionsalt?: string;
}

/**
 * Writes the shadow project: the checkout's Pulumi.yaml with an adjusted path of the program and the sandbox's plugins, and a copy of
 * every stack configuration. The engine writes to the copies, for example a salt.
 */
export function writeShadowProject(layout: Layout, engine: Engine): void {
    const text = readIfPresent(path.join(layout.checkout, "Pulumi.yaml"));
    if (text === undefined)
        throw new SandboxError(`There is no Pulumi.yaml in ${layout.checkout}: run this in a checkout of Plinth.`);
    const project = parse(text) as { main?: string };
    const plugins = {
        providers: PROVIDERS.map((name) => ({ name, path: pluginDirectory(layout, `resource-${name}`) })),
        ...(!engine.hasLanguageHost && {
            languages: [{ name: "nodejs", path: pluginDirectory(layout, "language-nodejs") }],
        }),
    };
    const main = path.relative(layout.project, path.resolve(layout.checkout, project.main ?? "."));
    writeAtomically(path.join(layout.project, "Pulumi.yaml"), stringify({ ...project, main, plugins }));
    for (const file of readdirSync(layout.checkout)) {
        if (/^Pulumi\..+\.yaml$/.test(file)) copyStackConfiguration(layout, file);
    }
}

/** Leaves out the stack's secrets provider, which may need a cloud, and keeps the salt of the sandbox's own. */
function copyStackConfiguration(layout: Layout, file: string): void {
    const original = (parse(readIfPresent(path.join(layout.checkout, file)) ?? "") ?? {}) as StackConfiguration;
    const copy = path.join(layout.project, file);
    const previous = (parse(readIfPresent(copy) ?? "") ?? {}) as StackConfiguration;
    const shadow: StackConfiguration = { config: withoutCiphertext(original.config ?? {}) as Record<string, unknown> };
    if (previous.encryptionsalt !== undefined) shadow.encryptionsalt = previous.encryptionsalt;
    writeAtomically(copy, stringify(shadow));
}

/** Secrets of the real stack cannot be decrypted here: the program gets a placeholder for each. */
function withoutCiphertext(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutCiphertext);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    if (entries.length === 1 && entries[0]?.[0] === "secure") return "stand-in-for-a-secret";
    return Object.fromEntries(entries.map(([name, item]) => [name, withoutCiphertext(item)]));
}
