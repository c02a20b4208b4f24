import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { PackageDependency } from "@pulumi/pulumi/proto/plugin_pb";

/** The part of an SDK's package.json that names its provider. */
interface Manifest {
    name?: string;
    version?: string;
    pulumi?: { resource?: boolean; name?: string; version?: string; server?: string };
}

/** The provider packages whose SDKs the program in `directory` has installed: the engine needs their plugins. */
export function requiredPackages(directory: string): PackageDependency[] {
    const found = new Map<string, PackageDependency>();
    for (const manifest of installedManifests(path.resolve(directory))) {
        if (!manifest.pulumi?.resource || !manifest.name) continue;
        const name = manifest.pulumi.name ?? manifest.name.replace(/^@pulumi\//, "");
        const version = manifest.pulumi.version ?? manifest.version ?? "";
        if (found.has(name)) continue; // the nearest one is the one that the program loads
        found.set(
            name,
            new PackageDependency()
                .setName(name)
                .setKind("resource")
                .setVersion(version.replace(/^v?/, "v"))
                .setServer(manifest.pulumi.server ?? ""),
        );
    }
    return [...found.values()];
}

function* installedManifests(directory: string): Generator<Manifest> {
    const modules = path.join(directory, "node_modules");
    if (existsSync(modules)) {
        for (const entry of readdirSync(modules)) {
            const names = entry.startsWith("@")
                ? readdirSync(path.join(modules, entry)).map((n) => `${entry}/${n}`)
                : [entry];
            for (const name of names) {
                const file = path.join(modules, name, "package.json");
                if (existsSync(file)) yield JSON.parse(readFileSync(file, "utf8")) as Manifest;
            }
        }
    }
    const parent = path.dirname(directory);
    if (parent !== directory) yield* installedManifests(parent);
}
