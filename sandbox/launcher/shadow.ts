import { readdirSync } from "node:fs";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { readIfPresent, writeAtomically } from "../account/file";
import { SandboxError } from "../account/sandbox-error";
import type { Engine } from "./engine";
import type { Layout } from "./layout";
import { PROVIDERS, pluginDirectory } from "./plugins";

interface StackConfiguration {
    config?: Record<string, unknown>;
    secretsprovider?: string;
    encryptedkey?: string;
    encryptionsalt?: string;
}

/**
 * Writes the shadow project: the checkout's own Pulumi.yaml, with its program named from here and its plugins replaced, and a copy of
 * every stack configuration. The engine writes what it must (a salt, say) to the copies.
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

/** The stack's own secrets provider stays behind (it may need a cloud); the salt of the rehearsal's is kept. */
function copyStackConfiguration(layout: Layout, file: string): void {
    const original = (parse(readIfPresent(path.join(layout.checkout, file)) ?? "") ?? {}) as StackConfiguration;
    const copy = path.join(layout.project, file);
    const previous = (parse(readIfPresent(copy) ?? "") ?? {}) as StackConfiguration;
    const shadow: StackConfiguration = { config: withoutCiphertext(original.config ?? {}) as Record<string, unknown> };
    if (previous.encryptionsalt !== undefined) shadow.encryptionsalt = previous.encryptionsalt;
    writeAtomically(copy, stringify(shadow));
}

/** A secret of the real stack can't be read here, and need not be: the rehearsal gets a stand-in. */
function withoutCiphertext(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutCiphertext);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    if (entries.length === 1 && entries[0]?.[0] === "secure") return "stand-in-for-a-secret";
    return Object.fromEntries(entries.map(([name, item]) => [name, withoutCiphertext(item)]));
}
