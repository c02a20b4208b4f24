import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** A command of Pulumi's, without the policy pack: programs of this style keep few of its rules. */
const pulumi = (command: string, ...flags: string[]) => ["pulumi", command, "--stack", "dev", ...flags];
const GENERIC = ["--unknown-types", "generic"];

beforeAll(async () => {
    checkout.runs("tests/engine/programs/public/index.cjs");
    checkout.write("Pulumi.dev.yaml", JSON.stringify({ config: { "aws:region": "eu-west-1" } }));
    await checkout.succeed("pulumi", "stack", "init", "dev");
});

describe("twenty programs in the style of Pulumi's public examples", () => {
    it("are told all that the emulation does not know, with nothing created", async () => {
        const { code, output } = await checkout.run(pulumi("up", "--yes"));
        expect(code).not.toBe(0);
        const [, listed = ""] = /error: the sandbox does not emulate\n([\s\S]*?)\nTo run them/.exec(output) ?? [];
        expect(listed).toContain("resource type aws:cognito/userPool:UserPool");
        expect(listed).toContain("function aws:ec2/getAmi:getAmi");
        expect(listed.split("\n").length).toBeGreaterThan(20);
        expect(listed).not.toMatch(/aws:sqs\/queue:Queue|aws:iam\/role:Role/);
        expect((await checkout.account("dev")).resources).toEqual([]);
    });

    it("come up by the SDK's declarations", async () => {
        const { code, output } = await checkout.run(pulumi("up", "--yes", "--skip-preview", ...GENERIC));
        expect(code, output).toBe(0);
        expect(output).toContain("Run by the SDK's declarations alone");
        const outputs = checkout.outputs("dev");
        expect(Object.keys(outputs)).toHaveLength(20);
        expect(JSON.stringify(outputs)).not.toMatch(/undefined|\[object|NaN|null/);
        expect(JSON.stringify(checkout.state("dev"))).not.toContain("a token");
    });

    it("are as they were planned afterwards", async () => {
        const flags = ["--yes", "--refresh", "--skip-preview", "--expect-no-changes", ...GENERIC];
        const { code, output } = await checkout.run(pulumi("up", ...flags));
        expect(code, output).toBe(0);
    });

    it("go when they are destroyed", async () => {
        await checkout.succeed(...pulumi("destroy", "--yes", "--skip-preview"));
        expect((await checkout.account("dev")).resources).toEqual([]);
    });
});
