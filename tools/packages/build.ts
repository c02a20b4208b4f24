/**
 * `npm run build` makes the workspaces into packages: `dist/<workspace>` is what `npm pack ./dist/<workspace>` and `npm publish` take.
 * `npm run build -- <folder>` writes them to another folder. A checkout runs from its sources and needs none of it.
 */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { buildSync } from "esbuild";
import { compile as bundle, compilePlugins } from "../../sandbox/launcher/compile";
import { importedPackages, type Manifest, packageManifest } from "./manifest";

const root = path.resolve(__dirname, "../..");
const dist = path.resolve(process.argv[3] ?? path.join(root, "dist"));

buildFacts();
buildComponents();
buildPolicy();
buildSandbox();
buildCost();

/** What AWS offers, with its data. */
function buildFacts(): void {
    compile("facts", ["index.ts"]);
    copy("facts", "data");
    finish("facts", {
        main: "index.js",
        types: "index.d.ts",
        exports: { ".": entryOf("index"), "./package.json": "./package.json" },
    });
}

/** One file of JavaScript for each of TypeScript, so that what users step into reads as it was written. */
function buildComponents(): void {
    compile("components", ["index.ts"]);
    // What the components read at run time.
    const data = filesIn(path.join(root, "components")).filter((file) => /\.(sql|sh)$/.test(file));
    for (const file of data) copy("components", path.relative(path.join(root, "components"), file));
    buildPlugin();
    const parts = readdirSync(path.join(dist, "components"), { withFileTypes: true }).filter(
        (entry) => entry.isDirectory() && has(`components/${entry.name}/index.d.ts`),
    );
    finish("components", {
        main: "index.js",
        types: "index.d.ts",
        exports: {
            ".": entryOf("index"),
            ...Object.fromEntries(parts.map(({ name }) => [`./${name}`, entryOf(`${name}/index`)])),
            "./package.json": "./package.json",
        },
    });
}

/**
 * The component package for programs in other languages, in a folder of the components' package: the engine runs a folder as a
 * plugin, and one in its own package finds the same components.
 */
function buildPlugin(): void {
    const sources = path.join(root, "component-package");
    const target = path.join(dist, "components/plugin");
    buildSync({
        entryPoints: [path.join(sources, "index.ts")],
        outdir: target,
        bundle: true,
        platform: "node",
        format: "cjs",
        target: "node20",
        packages: "external",
        // Without the checkout's, by which @plinth/components is its sources.
        tsconfigRaw: {},
        logLevel: "error",
    });
    cpSync(path.join(sources, "PulumiPlugin.yaml"), path.join(target, "PulumiPlugin.yaml"));
    const { name, main } = manifestIn(sources);
    writeJson(path.join(target, "package.json"), { name, main: main?.replace(".cjs", ".js") });
    const schema = JSON.parse(readFileSync(path.join(sources, "schema.json"), "utf8")) as object;
    writeJson(path.join(target, "schema.json"), { ...schema, version: manifestIn(root).version });
    writeFileSync(path.join(target, "run.js"), 'require("./index.js").serve(require("../package.json").version);\n');
}

/** A folder that `pulumi --policy-pack` runs and `pulumi policy publish` packs, and the rules for packs of one's own. */
function buildPolicy(): void {
    // With the files that it shares with the components, in the folders that they have in the checkout.
    compile("policy", ["index.ts"], root);
    copy("policy", "PulumiPolicy.yaml");
    copy("policy", "config.schema.json");
    const run = [
        "// What the engine runs as the policy pack.",
        '"use strict";',
        "// The SDK reads the pack's version from the package.json of the working directory, which is another's under some CLIs.",
        "process.chdir(__dirname);",
        'require("./policy/index.js");',
        "",
    ];
    writeFileSync(path.join(dist, "policy/run.js"), run.join("\n"));
    finish("policy", {
        main: "run.js",
        exports: {
            ".": "./run.js",
            "./rules": entryOf("policy/rules/index"),
            "./configuration": entryOf("policy/configuration"),
            "./coverage": entryOf("policy/coverage"),
            "./pack": entryOf("policy/pack"),
            "./postponed": entryOf("policy/postponed"),
            "./stated": entryOf("policy/stated"),
            "./package.json": "./package.json",
        },
    });
}

/** The command and the plugins, each in one file, since the engine starts them at every command. */
function buildSandbox(): void {
    const sources = path.join(root, "sandbox");
    const target = path.join(dist, "sandbox");
    empty(target);
    const results = [
        bundle(sources, {
            entryPoints: { cli: path.join(sources, "launcher/package.ts") },
            outdir: target,
            banner: { js: "#!/usr/bin/env node" },
        }),
        compilePlugins(sources, path.join(target, "plugins")),
    ];
    mkdirSync(path.join(target, "plugins"));
    for (const { path: file, contents } of results.flatMap(({ outputFiles }) => outputFiles))
        writeFileSync(file, contents);
    for (const file of ["go.mod", "go.sum"]) copy("sandbox", `engine/${file}`);
    finish(
        "sandbox",
        { bin: { "plinth-sandbox": "cli.cjs" }, exports: { "./package.json": "./package.json" } },
        withLicences("sandbox", results),
    );
}

/** The command, in one file with its prices. */
function buildCost(): void {
    const sources = path.join(root, "cost");
    const target = path.join(dist, "cost");
    empty(target);
    const result = bundle(sources, {
        entryPoints: { cli: path.join(sources, "package.ts") },
        outdir: target,
        banner: { js: "#!/usr/bin/env node" },
    });
    for (const { path: file, contents } of result.outputFiles) writeFileSync(file, contents);
    finish(
        "cost",
        { bin: { "plinth-cost": "cli.cjs" }, exports: { "./package.json": "./package.json" } },
        withLicences("cost", [result]),
    );
}

/** The packages that compiled files hold parts of. The licences of those that are not ours are written beside them. */
function withLicences(workspace: string, results: { metafile: { inputs: object } }[]): Set<string> {
    const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
    const bundles = bundledPackages(inputs);
    writeFileSync(path.join(dist, workspace, "THIRD-PARTY-LICENSES"), licencesOf(bundles));
    const own = ["components", "facts"].filter((other) => inputs.some((file) => file.startsWith(`${other}/`)));
    return new Set([...bundles, ...own.map((other) => `@plinth/${other}`)]);
}

/** The packages that the compiled files hold parts of. */
function bundledPackages(inputs: string[]): string[] {
    const names = inputs.flatMap(
        (file) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(file)?.[1] ?? [],
    );
    return [...new Set(names)].sort();
}

/** The licences of what was bundled, which have to go with it. */
function licencesOf(packages: string[]): string {
    return packages
        .map((name) => {
            const folder = path.join(root, "node_modules", name);
            const licence = readdirSync(folder).find((file) => /^licen[sc]e/i.test(file));
            if (!licence)
                throw new Error(`${name} is bundled and comes without a licence file: make it a dependency instead`);
            return `${name}\n\n${readFileSync(path.join(folder, licence), "utf8").trim()}\n`;
        })
        .join("\n\n");
}

/** Compiles the workspace's entries and what they import. Types were checked by `npm run check`: here they are only written. */
function compile(workspace: string, entries: string[], rootDir = path.join(root, workspace)): void {
    const target = path.join(dist, workspace);
    empty(target);
    const project = path.join(dist, `${workspace}.tsconfig.json`);
    const compilerOptions = {
        noEmit: false,
        noCheck: true,
        declaration: true,
        incremental: false,
        tsBuildInfoFile: null,
        paths: {},
        typeRoots: [path.join(root, "node_modules/@types")],
        rootDir,
        outDir: target,
    };
    const files = entries.map((entry) => path.join(root, workspace, entry));
    writeFileSync(
        project,
        JSON.stringify({ extends: path.join(root, "tsconfig.json"), compilerOptions, files, include: [] }),
    );
    execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", project], { stdio: "inherit" });
    rmSync(project);
}

function empty(target: string): void {
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
}

function copy(workspace: string, file: string): void {
    cpSync(path.join(root, workspace, file), path.join(dist, workspace, file), { recursive: true });
}

function has(file: string): boolean {
    return filesIn(dist).includes(path.join(dist, file));
}

function entryOf(module: string): { types: string; default: string } {
    return { types: `./${module}.d.ts`, default: `./${module}.js` };
}

/** Writes what every package has: its package.json, README and licence. */
function finish(
    workspace: string,
    shape: Pick<Manifest, "main" | "types" | "bin" | "exports">,
    bundles: ReadonlySet<string> = new Set(),
): void {
    const target = path.join(dist, workspace);
    const code = filesIn(target).filter((file) => /\.(c?js|d\.ts)$/.test(file));
    const imports = new Set(code.flatMap((file) => importedPackages(readFileSync(file, "utf8"))));
    const manifest = packageManifest(
        manifestIn(root),
        manifestIn(path.join(root, workspace)),
        { imports, bundles },
        { ...shape, files: readdirSync(target).sort() },
    );
    writeJson(path.join(target, "package.json"), manifest);
    cpSync(path.join(root, "LICENSE"), path.join(target, "LICENSE"));
    cpSync(path.join(root, workspace, "README.md"), path.join(target, "README.md"));
}

function writeJson(file: string, value: object): void {
    writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

function manifestIn(directory: string): Manifest {
    return JSON.parse(readFileSync(path.join(directory, "package.json"), "utf8")) as Manifest;
}

function filesIn(directory: string): string[] {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name));
}
