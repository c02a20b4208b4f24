/**
 * `npm run build` makes the workspaces into packages: `dist/<workspace>` is what `npm pack ./dist/<workspace>` and `npm publish` take.
 * A checkout runs from its sources and needs none of it.
 */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { importedPackages, type Manifest, packageManifest } from "./manifest";

const root = path.resolve(__dirname, "../..");
const dist = path.join(root, "dist");

buildComponents();
buildPolicy();

/** One file of JavaScript for each of TypeScript, so that what users step into reads as it was written. */
function buildComponents(): void {
    compile("components", ["index.ts"]);
    copy("components", "workload/roles");
    const parts = readdirSync(path.join(dist, "components"), { withFileTypes: true }).filter(
        (entry) => entry.isDirectory() && has(`components/${entry.name}/index.js`),
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

/** A folder that `pulumi --policy-pack` runs and `pulumi policy publish` packs, and the rules for packs of one's own. */
function buildPolicy(): void {
    compile("policy", ["index.ts"]);
    copy("policy", "PulumiPolicy.yaml");
    const run = [
        "// What the engine runs as the policy pack.",
        '"use strict";',
        "// The SDK reads the pack's version from the package.json of the working directory, which is another's under some CLIs.",
        "process.chdir(__dirname);",
        'require("./index.js");',
        "",
    ];
    writeFileSync(path.join(dist, "policy/run.js"), run.join("\n"));
    finish("policy", {
        main: "run.js",
        exports: {
            ".": "./run.js",
            "./rules": entryOf("rules/index"),
            "./pack": entryOf("pack"),
            "./package.json": "./package.json",
        },
    });
}

/** Compiles the workspace's entries and what they import. Types were checked by `npm run check`: here they are only written. */
function compile(workspace: string, entries: string[]): void {
    const target = path.join(dist, workspace);
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    const project = path.join(dist, `${workspace}.tsconfig.json`);
    const compilerOptions = {
        noEmit: false,
        noCheck: true,
        declaration: true,
        incremental: false,
        tsBuildInfoFile: null,
        paths: {},
        typeRoots: [path.join(root, "node_modules/@types")],
        rootDir: path.join(root, workspace),
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
    writeFileSync(path.join(target, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
    cpSync(path.join(root, "LICENSE"), path.join(target, "LICENSE"));
    cpSync(path.join(root, workspace, "README.md"), path.join(target, "README.md"));
}

function manifestIn(directory: string): Manifest {
    return JSON.parse(readFileSync(path.join(directory, "package.json"), "utf8")) as Manifest;
}

function filesIn(directory: string): string[] {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name));
}
