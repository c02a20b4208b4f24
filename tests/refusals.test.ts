import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout(["cluster"]);
afterAll(() => checkout.remove());

const program = checkout.read("stacks/index.ts");
const configuration = checkout.read("Pulumi.dev.yaml");
beforeEach(() => {
    checkout.write("stacks/index.ts", program);
    checkout.write("Pulumi.dev.yaml", configuration);
});

/** A preview that must fail, and what it printed. */
async function refused(): Promise<string> {
    const { code, output } = await checkout.run(["preview", "dev"]);
    expect(code).not.toBe(0);
    return output;
}

describe("a configuration with mistakes", () => {
    it("is refused with every mistake named, before anything is registered", async () => {
        checkout.edit(
            "Pulumi.dev.yaml",
            "plinth:tier: dev",
            "plinth:tier: prd\n  plinth:databse: {}\n  plinth:database:\n    backupRetentionDays: 99",
        );
        const output = await refused();
        expect(output).toMatch(/plinth:tier.*prd/);
        expect(output).toMatch(/plinth:databse.*plinth:database/);
        expect(output).toMatch(/plinth:database\.backupRetentionDays.*99/);
        expect(output).not.toMatch(/^ \+ +(aws|random|plinth|pulumi:providers):/m);
        expect(output).not.toContain("at Object.<anonymous>");
    });
});

describe("the policy pack, on a fresh stack whose ids are all unknown", () => {
    it("names the rule, the resource, the reason and the remedy where a transform turns encryption off", async () => {
        checkout.edit(
            "stacks/index.ts",
            "{ ...spec.database, platform, network }",
            "{ ...spec.database, platform, network, transform: { primary: { storageEncrypted: false, kmsKeyId: undefined } } }",
        );
        const output = await refused();
        expect(output).toMatch(/\[mandatory\].*database-encrypted-at-rest.*database-primary/);
        expect(output).toMatch(/database-primary: storageEncrypted is false/);
        expect(output).toMatch(/Remedy: \S+/);
    });

    it("shows the way to the internet where the database is given the public subnets", async () => {
        checkout.edit(
            "stacks/index.ts",
            "{ ...spec.database, platform, network }",
            "{ ...spec.database, platform, network: { vpcId: network.vpcId, isolatedSubnetIds: network.publicSubnetIds, availabilityZones: network.availabilityZones } }",
        );
        const output = await refused();
        expect(output).toMatch(/\[mandatory\].*database-.*database-primary/);
        expect(output).toMatch(/network-public-0.*(internet gateway|network-internet-gateway)/);
        expect(output).toMatch(/Remedy: \S+/);
    });
});

describe("two resources of one name, which AWS refuses half way through an update", () => {
    it("are refused at the preview, with nothing created", async () => {
        checkout.edit(
            "stacks/index.ts",
            "export =",
            ["a", "b"].map((name) => `new aws.sqs.Queue("${name}", { name: "jobs" }, { provider });\n`).join("") +
                "\nexport =",
        );
        const { code, output } = await checkout.run(["up", "dev", "--yes"]);
        expect(code).not.toBe(0);
        expect(output).toMatch(/Preview failed: .*QueueNameExists: creating [ab]: jobs already exists .*::[ab] has it/);
        expect((await checkout.account("dev")).resources).toEqual([]);
    });
});

describe("what the emulation does not know", () => {
    it("is an error that says how to add the type", async () => {
        checkout.edit("stacks/index.ts", "export =", 'new aws.iot.Thing("thing", {}, { provider });\n\nexport =');
        expect(await refused()).toMatch(/does not emulate aws:iot\/thing:Thing.*sandbox\/providers\/aws\/types/s);
    });

    it("is an error that names an input that AWS's provider does not have", async () => {
        // The SDK passes on what it declares only, so the input is written past it.
        const queue = '"aws:sqs/queue:Queue", "q", { shape: "round" }, { provider }';
        checkout.edit(
            "stacks/index.ts",
            "export =",
            `new (require("@pulumi/pulumi").CustomResource)(${queue});\n\nexport =`,
        );
        expect(await refused()).toMatch(/Invalid or unknown key: .* has no input shape of aws:sqs\/queue:Queue/s);
    });
});
