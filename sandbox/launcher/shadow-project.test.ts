import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { writeAtomically } from "../account/file";
import { type Layout, layoutOf } from "./layout";
import { PROVIDERS } from "./plugin";
import { writeShadowProject } from "./shadow-project";

let layout: Layout;
const write = (file: string, text: string) => writeFileSync(path.join(layout.checkout, file), text);
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
        expect(path.resolve(layout.project, main)).toBe(path.join(layout.checkout, "stacks/run.cjs"));
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
        expect(shadow("Pulumi.prod.yaml")).toEqual({
            config: { "p:token": "stand-in-for-a-secret", "p:list": ["stand-in-for-a-secret", "plain"] },
        });
    });

    it("follows the checkout's configuration, and keeps the salt that the engine wrote", () => {
        write("Pulumi.dev.yaml", "config:\n  p:a: 1\n");
        writeShadowProject(layout, engine);
        writeAtomically(path.join(layout.project, "Pulumi.dev.yaml"), "encryptionsalt: salt\nconfig:\n  p:a: 1\n");
        write("Pulumi.dev.yaml", "encryptionsalt: real\nconfig:\n  p:a: 2\n");
        writeShadowProject(layout, engine);
        expect(shadow("Pulumi.dev.yaml")).toEqual({ config: { "p:a": 2 }, encryptionsalt: "salt" });
    });

    it("is refused where there is no Pulumi.yaml, naming the folder", () => {
        const elsewhere = layoutOf(mkdtempSync(path.join(tmpdir(), "plinth-shadow-")));
        expect(() => writeShadowProject(elsewhere, engine)).toThrow(elsewhere.checkout);
    });
});
