import { spawnSync } from "node:child_process";
import type { Log } from "sarif";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout(["cluster"], { asUsersRun: true });
afterAll(() => checkout.remove());

const project = checkout.read("Pulumi.yaml");
const configuration = checkout.read("Pulumi.dev.yaml");
beforeEach(() => {
    checkout.write("Pulumi.yaml", project);
    checkout.write("Pulumi.dev.yaml", configuration);
});

describe("a configuration with mistakes", () => {
    it("is refused with every mistake named, before anything is registered", async () => {
        checkout.edit(
            "Pulumi.dev.yaml",
            "plinth:tier: dev",
            "plinth:tier: prd\n  plinth:databse: {}\n  plinth:database:\n    backupRetentionDays: 99\n    storageEncrypted: false",
        );
        const { code, output } = await checkout.run(["preview", "dev"]);
        expect(code).not.toBe(0);
        expect(output).toMatch(/plinth:tier.*prd/);
        expect(output).toMatch(/plinth:databse.*plinth:database/);
        expect(output).toMatch(/plinth:database\.backupRetentionDays.*99/);
        expect(output).toMatch(/plinth:database\.storageEncrypted/);
        expect(output).not.toMatch(/^ \+ +(aws|random|plinth|pulumi:providers):/m);
        expect(output).not.toContain("at Object.<anonymous>");
    });
});

describe("the policy pack, on a fresh stack whose ids are all unknown", () => {
    it("names the rule, the resource, the reason and the remedy where encryption is off or public subnets are given", async () => {
        checkout.write("Pulumi.yaml", project.replace("stacks/run.cjs", "tests/engine/programs/altered.cjs"));
        const { code, output } = await checkout.run(["preview", "dev"]);
        expect(code).not.toBe(0);
        expect(output).toMatch(/\[mandatory\].*database-encrypted-at-rest.*database-primary/);
        expect(output).toMatch(/database-primary: storageEncrypted is false/);
        expect(output).toMatch(/\[mandatory\].*database-in-isolated-subnets.*database-primary/);
        expect(output).toMatch(/network-public-0.*(internet gateway|network-internet-gateway)/);
        expect(output).toMatch(/Remedy: \S+/);
    });

    it("waives a rule for a resource as its configuration says, but no critical rule, and not after its last day", async () => {
        checkout.write("Pulumi.yaml", project.replace("stacks/run.cjs", "tests/engine/programs/altered.cjs"));
        const waiver = { urn: "*::database-primary", reason: "for a test", owner: "the tests" };
        const expires = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
        const waivers = [
            { ...waiver, rule: "database-encrypted-at-rest", expires },
            { ...waiver, rule: "key-policy-not-public", expires },
            { ...waiver, rule: "database-forces-tls", expires: "2020-01-01" },
        ];
        checkout.write("waivers.json", JSON.stringify({ configuration: { waivers } }));
        const { code, output } = await checkout.run(["preview", "dev", "--policy-pack-config", "waivers.json"]);
        expect(code).not.toBe(0);
        expect(output).not.toMatch(/\[mandatory\].*database-encrypted-at-rest/);
        expect(output).toMatch(/\[mandatory\].*database-in-isolated-subnets.*database-primary/);
        expect(output).toMatch(
            /the waiver of key-policy-not-public for \S+ is not possible: no critical rule is waived/,
        );
        expect(output).toMatch(/the waiver of database-forces-tls for \S+ expired on 2020-01-01/);
    });

    it("reports the lines of the program for code scanning, and ends with an error", () => {
        checkout.write("Pulumi.yaml", project.replace("stacks/run.cjs", "tests/engine/programs/altered.cjs"));
        const args = ["tools/run-typescript.cjs", "tools/policies/cli.ts", "dev", "--sarif", "policies.sarif"];
        const { status, stdout } = spawnSync(process.execPath, args, { cwd: checkout.directory, encoding: "utf8" });
        expect([status, stdout]).toEqual([1, expect.stringMatching(/\| RDS\.3 \| violated \| 1 \|/)]);
        const log = JSON.parse(checkout.read("policies.sarif")) as Log;
        const [result] = (log.runs[0]?.results ?? []).filter(({ ruleId }) => ruleId === "database-encrypted-at-rest");
        expect(result).toMatchObject({
            level: "error",
            message: { text: "database-primary: storageEncrypted is false" },
        });
        const place = result?.locations?.[0]?.physicalLocation;
        const lines = checkout.read(place?.artifactLocation?.uri ?? "").split("\n");
        expect(lines[(place?.region?.startLine ?? 0) - 1]).toContain("new aws.rds.Instance(");
    });

    it("refuses a configuration with a key that it does not know", async () => {
        checkout.write(
            "waivers.json",
            JSON.stringify({ configuration: { waivers: [{ rule: "key-rotated", urns: "*" }] } }),
        );
        const { code, output } = await checkout.run(["preview", "dev", "--policy-pack-config", "waivers.json"]);
        expect(code).not.toBe(0);
        expect(output).toMatch(/waivers.*urn is required|Additional property urns is not allowed/);
    });
});

/** Writes a program of these resources, in the place of the platform. */
const program = (...resources: string[]) =>
    checkout.write(
        "stacks/index.ts",
        ['import * as pulumi from "@pulumi/pulumi";', ...resources, "export = {};"].join("\n"),
    );

describe("two resources of one name, which AWS refuses half way through an update", () => {
    it("are refused at the preview, with nothing created", async () => {
        program(
            ...["a", "b"].map(
                (name) => `new pulumi.CustomResource("aws:sqs/queue:Queue", "${name}", { name: "jobs" });`,
            ),
        );
        const { code, output } = await checkout.run(["up", "dev", "--yes"]);
        expect(code).not.toBe(0);
        expect(output).toMatch(
            /Preview failed: .*QueueAlreadyExists: creating [ab]: jobs already exists .*::[ab] has it/,
        );
        expect((await checkout.account("dev")).resources).toEqual([]);
    });
});

describe("an input that AWS's provider does not have", () => {
    it("is an error that names it", async () => {
        program('new pulumi.CustomResource("aws:sqs/queue:Queue", "q", { shape: "round" })');
        expect(await checkout.refused("dev")).toMatch(
            /Invalid or unknown key: .* has no input shape of aws:sqs\/queue:Queue/s,
        );
    });
});
