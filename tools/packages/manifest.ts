import { isBuiltin } from "node:module";

/** What the build reads and writes of a package.json. */
export interface Manifest {
    name: string;
    version?: string;
    private?: boolean;
    description?: string;
    license?: string;
    main?: string;
    types?: string;
    bin?: Record<string, string>;
    exports?: Record<string, unknown>;
    files?: string[];
    engines?: Record<string, string>;
    dependencies?: Record<string, string>;
    peerDependencies?: Record<string, string>;
    peerDependenciesMeta?: Record<string, { optional: boolean }>;
}

/**
 * The package.json of a package, from its workspace's.
 *
 * A workspace asks for `*` of what the root pins: the version stands in the root alone, and the package asks for that or a later
 * compatible one, as its users have a copy of their own. What only a workspace pins stays as it is. What was bundled into the package
 * is no dependency of it any more.
 */
export function packageManifest(
    root: Manifest,
    workspace: Manifest,
    code: { imports: ReadonlySet<string>; bundles: ReadonlySet<string> },
    shape: Pick<Manifest, "main" | "types" | "bin" | "exports" | "files">,
): Manifest {
    const { name, description, license } = workspace;
    const declared = { ...workspace.dependencies, ...workspace.peerDependencies };
    const undeclared = [...code.imports].filter((other) => declared[other] === undefined && other !== name);
    if (undeclared.length > 0)
        throw new Error(
            `${name} imports ${undeclared.join(", ")}: add it to the dependencies or peerDependencies of its workspace's package.json`,
        );
    const ranges = (section: Record<string, string> = {}) =>
        Object.fromEntries(
            Object.entries(section)
                .filter(([other]) => !code.bundles.has(other))
                .map(([other, version]) => [other, version === "*" ? `^${pinnedBy(root, other)}` : version]),
        );
    const dependencies = ranges(workspace.dependencies);
    const peerDependencies = ranges(workspace.peerDependencies);
    return {
        name,
        version: root.version,
        description,
        license,
        ...shape,
        engines: root.engines,
        ...(Object.keys(dependencies).length > 0 && { dependencies }),
        ...(Object.keys(peerDependencies).length > 0 && { peerDependencies }),
        ...(workspace.peerDependenciesMeta && { peerDependenciesMeta: workspace.peerDependenciesMeta }),
    };
}

function pinnedBy(root: Manifest, name: string): string {
    const version = root.dependencies?.[name];
    if (!version)
        throw new Error(`the root's package.json has no ${name}: pin it there, or in the workspace that uses it`);
    // One of the packages here: they are published together, with one version.
    return version === "*" ? (root.version ?? "") : version;
}

/** The packages that compiled code or its declarations import, by name; those of Node.js itself are none. */
export function importedPackages(code: string): string[] {
    const specifiers = code.matchAll(/(?:\brequire\(|\bimport\(|\bfrom )["']([^."'][^"']*)["']/g);
    return [...specifiers]
        .map(([, specifier = ""]) => specifier)
        .filter((specifier) => !isBuiltin(specifier))
        .map((specifier) =>
            specifier
                .split("/")
                .slice(0, specifier.startsWith("@") ? 2 : 1)
                .join("/"),
        );
}
