import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type Layout, layoutOf } from "./layout";
import { policyPackFlags } from "./policy-pack";

let layout: Layout;
const write = (file: string, value: unknown) => {
    mkdirSync(path.dirname(path.join(layout.root, file)), { recursive: true });
    writeFileSync(path.join(layout.root, file), typeof value === "string" ? value : JSON.stringify(value));
};
const flags = (stack: string, ...given: string[]) => policyPackFlags(layout, stack, given);
const at = (file: string) => path.join(layout.root, file);

beforeEach(() => {
    layout = layoutOf(mkdtempSync(path.join(tmpdir(), "plinth-policy-pack-")));
    write("policy/PulumiPolicy.yaml", "runtime: nodejs\n");
    write("policy/config.schema.json", { properties: { all: {}, "queue-encrypted": {} } });
    write("Pulumi.prod.yaml", "config:\n  plinth:tier: prod\n");
});

describe("the project's own policy pack", () => {
    it("is given to preview and up, and to no other command", () => {
        expect(flags("dev", "preview")).toEqual(["--policy-pack", at("policy")]);
        expect(flags("dev", "up", "--yes")).toEqual(["--policy-pack", at("policy")]);
        expect(flags("dev", "destroy")).toEqual([]);
    });

    it("gives way to the packs and the configuration that the user names", () => {
        write("policy/config/dev.json", {});
        expect(flags("dev", "up", "--policy-pack=other")).toEqual([]);
        expect(flags("dev", "up", "--policy-pack-config", "mine.json")).toEqual(["--policy-pack", at("policy")]);
    });

    it("is configured by the file of the stack", () => {
        write("policy/config/dev.json", { all: "advisory", "queue-encrypted": "mandatory" });
        const config = ["--policy-pack-config", at("policy/config/dev.json")];
        expect(flags("dev", "up")).toEqual(["--policy-pack", at("policy"), ...config]);
        expect(flags("prod", "up")).toEqual(["--policy-pack", at("policy")]);
    });

    it.each([
        ["a policy that the pack does not have", { "queue-encryptd": "mandatory" }, "did you mean queue-encrypted?"],
        ["no JSON", "{", "it is no JSON object"],
        ["all rules advisory in production", { all: "advisory" }, 'all is "advisory" in a stack of tier prod'],
        ["all rules disabled in production", { all: "disabled" }, 'all is "disabled" in a stack of tier prod'],
    ])("is not configured by %s", (_, config, message) => {
        write("policy/config/prod.json", config);
        expect(() => flags("prod", "up")).toThrow(message);
    });
});

describe("a project without a policy pack", () => {
    const others = mkdtempSync(path.join(tmpdir(), "plinth-policy-pack-"));
    const flagsOf = (stack: string) => policyPackFlags(layout, stack, ["up"], others);
    beforeEach(() => {
        rmSync(at("policy"), { recursive: true });
        mkdirSync(path.join(others, "config"), { recursive: true });
        writeFileSync(path.join(others, "config/dev.json"), "{}");
        writeFileSync(path.join(others, "config.schema.json"), '{ "properties": { "queue-encrypted": {} } }');
    });

    it("has the one of the installation, with its configuration", () => {
        expect(policyPackFlags(layout, "dev", ["up"])).toEqual([]);
        const config = ["--policy-pack-config", path.join(others, "config/dev.json")];
        expect(flagsOf("dev")).toEqual(["--policy-pack", others, ...config]);
        expect(flagsOf("prod")).toEqual(["--policy-pack", others]);
    });

    it("may configure that", () => {
        write("policy/config/dev.json", { "queue-encrypted": "advisory" });
        const config = ["--policy-pack-config", at("policy/config/dev.json")];
        expect(flagsOf("dev")).toEqual(["--policy-pack", others, ...config]);
        write("policy/config/dev.json", { "queue-encryptd": "advisory" });
        expect(() => flagsOf("dev")).toThrow("did you mean queue-encrypted?");
    });
});
