import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { writeAtomically } from "../account/file";
import { type Layout, layoutOf } from "./layout";
import { PROVIDERS } from "./plugin";
import { projectRoot } from "./project";
import { writeShadowProject } from "./shadow-project";

let layout: Layout;
const write = (file: string, text: string) => writeFileSync(path.join(layout.root, file), text);
const shadow = (file: string) => parse(readFileSync(path.join(layout.project, file), "utf8"));
const engine = { pulumi: "pulumi", hasLanguageHost: true };

beforeEach(() => {
    layout = layoutOf(mkdtempSync(path.join(tmpdir(), "plinth-shadow-")));
    write("Pulumi.yaml", "name: p\nmain: stacks/run.cjs\nruntime:\n  name: nodejs\n");
});

describe("the shadow project", () => {
    it("runs the checkout's program, with the sandbox's plugins", () => {
        writeShadowProject(layout, engine);
        const { main, plugins } = shadow("Pulumi.yaml");
        expect(path.resolve(layout.project, main)).toBe(path.join(layout.root, "stacks/run.cjs"));
        expect(plugins.providers.map(({ name }: { name: string }) => name)).toEqual([...PROVIDERS]);
        expect(plugins.languages).toBeUndefined();
    });

    it("has the sandbox's language host where the official one is not installed", () => {
        writeShadowProject(layout, { ...engine, hasLanguageHost: false });
        expect(shadow("Pulumi.yaml").plugins.languages).toEqual([expect.objectContaining({ name: "nodejs" })]);
    });

    it("leaves the real stack's keys and ciphertext behind", () => {
        write(
            "Pulumi.prod.yaml",
            "secretsprovider: awskms://k\nencryptedkey: AAA\nconfig:\n  p:token:\n    secure: BBB\n  p:list:\n    - secure: CCC\n    - plain\n",
        );
        writeShadowProject(layout, engine);
        const text = readFileSync(path.join(layout.project, "Pulumi.prod.yaml"), "utf8");
        for (const gone of ["awskms", "AAA", "BBB", "CCC"]) expect(text).not.toContain(gone);
    });

    it("field F17: has a stand-in for every secret, which is secret to the engine too", () => {
        const secret = { secure: expect.stringMatching(/^v1:[\w+/=]+:[\w+/=]+$/) };
        write("Pulumi.prod.yaml", "config:\n  p:token:\n    secure: BBB\n  p:list:\n    - secure: CCC\n    - plain\n");
        writeShadowProject(layout, engine);
        const first = shadow("Pulumi.prod.yaml");
        expect(first).toEqual({
            config: { "p:token": secret, "p:list": [secret, "plain"] },
            encryptionsalt: expect.stringMatching(/^v1:[\w+/=]+:v1:[\w+/=]+:[\w+/=]+$/),
        });
        writeShadowProject(layout, engine);
        expect(shadow("Pulumi.prod.yaml").encryptionsalt).toBe(first.encryptionsalt);
    });

    it("follows the checkout's configuration, and keeps the salt that the engine wrote", () => {
        write("Pulumi.dev.yaml", "config:\n  p:a: 1\n");
        writeShadowProject(layout, engine);
        writeAtomically(path.join(layout.project, "Pulumi.dev.yaml"), "encryptionsalt: salt\nconfig:\n  p:a: 1\n");
        write("Pulumi.dev.yaml", "encryptionsalt: real\nconfig:\n  p:a: 2\n");
        writeShadowProject(layout, engine);
        expect(shadow("Pulumi.dev.yaml")).toEqual({ config: { "p:a": 2 }, encryptionsalt: "salt" });
    });

    it("keeps what another project names in its own folder: plugins, packages, a virtual environment", () => {
        write(
            "Pulumi.yaml",
            [
                "name: p",
                "runtime: { name: python, options: { virtualenv: venv } }",
                "backend: { url: s3://state }",
                "plugins: { providers: [{ name: own, path: bin }, { name: aws, path: aws }] }",
                "packages: { local: ./parts, remote: terraform-provider@1.2.3, given: { source: ../shared } }",
            ].join("\n"),
        );
        writeShadowProject(layout, engine);
        const { main, runtime, plugins, packages, backend } = shadow("Pulumi.yaml");
        expect(path.resolve(layout.project, main)).toBe(layout.root);
        expect(runtime.options.virtualenv).toBe(path.join(layout.root, "venv"));
        expect(backend).toBeUndefined();
        expect(plugins.providers).toContainEqual({ name: "own", path: path.join(layout.root, "bin") });
        expect(plugins.providers.filter(({ name }: { name: string }) => name === "aws")).toHaveLength(1);
        expect(packages).toEqual({
            local: path.join(layout.root, "parts"),
            remote: "terraform-provider@1.2.3",
            given: { source: path.join(layout.root, "../shared") },
        });
    });

    it("takes the stacks' configuration from where the project has it", () => {
        write("Pulumi.yaml", "name: p\nruntime: nodejs\nstackConfigDir: stacks\n");
        mkdirSync(path.join(layout.root, "stacks"));
        write("stacks/Pulumi.dev.yaml", "config:\n  p:a: 1\n");
        layout = layoutOf(layout.root);
        writeShadowProject(layout, engine);
        expect(shadow("Pulumi.dev.yaml")).toEqual({ config: { "p:a": 1 } });
        expect(shadow("Pulumi.yaml").stackConfigDir).toBeUndefined();
    });

    it("is refused where there is no Pulumi.yaml, naming the folder", () => {
        const elsewhere = layoutOf(mkdtempSync(path.join(tmpdir(), "plinth-shadow-")));
        expect(() => writeShadowProject(elsewhere, engine)).toThrow(elsewhere.root);
    });
});

describe("the project", () => {
    it("is that of the nearest Pulumi.yaml", () => {
        const below = path.join(layout.root, "src/deep");
        mkdirSync(below, { recursive: true });
        expect([layout.root, below].map(projectRoot)).toEqual([layout.root, layout.root]);
    });
});
