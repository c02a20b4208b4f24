import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";

interface Manifest {
    engines: { node: string };
    packageManager: string;
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
    peerDependencies?: Record<string, string>;
}

const root = path.join(__dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const manifest = (file: string): Manifest => JSON.parse(read(file));
const under = (folder: string, ending: RegExp) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => ending.test(file))
        .map((file) => path.join(folder, file));

const workflows = under(".github", /\.yml$/);
const pages = [
    ...readdirSync(root).filter((file) => file.endsWith(".md")),
    ...["docs", ".github"].flatMap((folder) => under(folder, /\.md$/)),
    ...["components", "policy", "sandbox"].map((workspace) => `${workspace}/README.md`),
];

const own = manifest("package.json");
const pinned = { ...own.dependencies, ...own.devDependencies };
const pulumi = pinned["@pulumi/pulumi"] ?? "";

describe("package.json", () => {
    it("pins every version, so that nothing changes without a commit", () => {
        for (const [name, version] of Object.entries(pinned))
            expect(version, name).toMatch(name.startsWith("@plinth/") ? /^\*$/ : /^\d+\.\d+\.\d+$/);
    });

    it("is alone in pinning what it pins: a workspace takes the same version by *", () => {
        for (const file of ["components/package.json", "policy/package.json", "sandbox/package.json"]) {
            const { dependencies, peerDependencies } = manifest(file);
            for (const [name, version] of Object.entries({ ...dependencies, ...peerDependencies }))
                if (name in pinned) expect(version, `${name} in ${file}`).toBe("*");
        }
    });

    it("has the version of the engine that the sandbox builds", () => {
        const module = read("sandbox/engine/go.mod");
        for (const part of ["pkg", "sdk"]) expect(module).toContain(`github.com/pulumi/pulumi/${part}/v3 v${pulumi} `);
    });

    it("has the oldest Node.js that the README names", () => {
        const oldest = /Node\.js (\d+\.\d+) or later/.exec(read("README.md"))?.[1];
        expect(own.engines.node).toBe(`>=${oldest}`);
    });

    it("is what workflows and documentation leave versions to", () => {
        const versions = [pulumi, own.packageManager.replace("npm@", ""), read(".node-version").trim()];
        const stated = new RegExp(`(?<![\\w.])v?(${versions.join("|").replaceAll(".", "\\.")})(?![\\w.])`);
        for (const file of workflows) expect(read(file).replaceAll(/#.*$/gm, ""), file).not.toMatch(stated);
        for (const file of pages) expect(read(file), file).not.toContain(pulumi);
    });
});

it("every action has one version", () => {
    const used = workflows.flatMap((file) =>
        [...read(file).matchAll(/uses:\s*([^.\s]\S*)@(\S+)/g)].map(([, action = "", commit = ""]) => ({
            action,
            commit,
        })),
    );
    expect(used.length).toBeGreaterThan(0);
    for (const { action } of used)
        expect(new Set(used.filter((other) => other.action === action).map(({ commit }) => commit)).size, action).toBe(
            1,
        );
});
