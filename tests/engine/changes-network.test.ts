import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Checkout, type Step } from "./checkout";

const checkout = new Checkout(["cluster", "notifications"]);
afterAll(() => checkout.remove());

/** A platform in two zones with one NAT gateway, and a proxy, which the provider would replace for other subnets. */
const configuration = `${checkout.read("Pulumi.dev.yaml")}  plinth:database: { proxy: {} }\n`;
beforeAll(async () => {
    checkout.write("Pulumi.dev.yaml", configuration);
    await checkout.update("dev");
});
beforeEach(() => checkout.write("Pulumi.dev.yaml", configuration));

/** What is planned, besides for the stack's outputs: `create network-public-2`. */
async function planned(): Promise<string[]> {
    return inWords(await checkout.steps("dev"));
}

/** Updates the stack, and says what that did, as `planned` does. */
async function bringUp(): Promise<string[]> {
    return inWords((await checkout.update("dev")).steps);
}

function inWords(steps: Step[]): string[] {
    return steps.filter(({ urn }) => !urn.includes("::pulumi:pulumi:Stack::")).map(({ op, name }) => `${op} ${name}`);
}

/** What is changed in another way than by making something, or by changing it in place. */
const feared = (steps: string[]) => steps.filter((step) => !/^(create|update) /.test(step));
const of = (op: string, steps: string[]) =>
    steps.filter((step) => step.startsWith(`${op} `)).map((step) => step.slice(op.length + 1));

describe("of what users fear, on a living stack", () => {
    it("other tags only update", async () => {
        checkout.edit("Pulumi.dev.yaml", "owner: platform-team", "owner: another-team\n    Compliance: gdpr");
        const steps = await planned();
        expect(feared(steps)).toEqual([]);
        expect(of("create", steps)).toEqual([]);
        expect(of("update", steps)).toEqual(
            expect.arrayContaining(["network-vpc", "network-isolated-0", "database-primary"]),
        );
    });

    it("a third zone, a NAT gateway to each, further subnets and other flow logs add, and update what lists subnets or leads to a gateway", async () => {
        checkout.edit(
            "Pulumi.dev.yaml",
            "plinth:tier: dev",
            [
                "plinth:tier: dev",
                "  plinth:network:",
                "    availabilityZones: 3",
                "    natGateways: per-zone",
                "    flowLogTraffic: rejected",
                "    flowLogRetentionDays: 60",
                "    additionalSubnets:",
                "      partners: { routes: private, slot: 10 }",
                "      warehouse: { routes: isolated, slot: 12 }",
            ].join("\n"),
        );
        const there = await bringUp();
        // Into the same group, whose retention only updates.
        expect(feared(there)).toEqual(["replace network-flow-logs-flow-log"]);
        const updated = of("update", there).sort();
        expect(updated).toEqual([
            "cache-subnet-group",
            "database-subnet-group",
            "network-endpoints-s3",
            "network-flow-logs-logs-group",
            "network-isolated-acl",
            "network-private-1-default-route",
        ]);
        const created = of("create", there);
        for (const kind of ["public", "private", "isolated"]) expect(created).toContain(`network-${kind}-2`);
        expect(created).toEqual(expect.arrayContaining(["network-nat-1", "network-nat-2"]));
        const additional = created.filter((name) => name.startsWith("network-additional-"));
        expect(created.filter((name) => !additional.includes(name) && !/-[12](-|$)/.test(name))).toEqual([]);

        // Subnets of their own name, with the routes of others.
        const parts = ["", "-0", "-0-association", "-1", "-1-association", "-2", "-2-association"];
        expect(additional.sort()).toEqual(
            ["partners", "warehouse"].flatMap((name) => parts.map((part) => `network-additional-${name}${part}`)),
        );
        const { resources } = checkout.state("dev").deployment;
        const inputs = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.inputs;
        expect(inputs("network-additional-partners-1")).toMatchObject({ cidrBlock: "10.0.162.0/23" });
        expect(inputs("network-additional-warehouse-0-association")?.routeTableId).toBe(
            inputs("network-isolated-0-association")?.routeTableId,
        );

        checkout.write("Pulumi.dev.yaml", configuration);
        const back = await bringUp();
        expect(of("delete", back).sort()).toEqual(created.sort());
        expect(of("update", back).filter((name) => !updated.includes(name))).toEqual([]);
        expect(back.filter((step) => !/^(delete|update) /.test(step))).toEqual(["replace network-flow-logs-flow-log"]);
    });

    it("the tier, from dev to staging, replaces no database, no cache and no subnet", async () => {
        checkout.edit("Pulumi.dev.yaml", "plinth:tier: dev", "plinth:tier: staging");
        const steps = await bringUp();
        const kept = /^(database-primary|cache-replication-group|network-(vpc|(public|private|isolated)-\d))$/;
        const lost = feared(steps).map((step) => step.split(" ")[1] ?? "");
        expect(lost.filter((name) => kept.test(name))).toEqual([]);
        expect(lost.filter((name) => name.startsWith("network"))).toEqual([]);
        expect(of("create", steps)).toEqual(
            expect.arrayContaining(["network-endpoints-sts", "network-endpoints-ecr.api"]),
        );
        expect(await checkout.steps("dev")).toEqual([]);
    });
});
