import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout(["cluster"]);
afterAll(() => checkout.remove());

/** A platform in two zones with one NAT gateway, and a proxy, which the provider would replace for other subnets. */
const configuration = `${checkout.read("Pulumi.dev.yaml")}  plinth:database: { proxy: {} }\n`;
const program = checkout.read("stacks/index.ts");
beforeAll(async () => {
    checkout.write("Pulumi.dev.yaml", configuration);
    await checkout.create("dev");
});
beforeEach(() => {
    checkout.write("Pulumi.dev.yaml", configuration);
    checkout.write("stacks/index.ts", program);
});

/** What is planned, besides for the stack's outputs: `create network-public-2`. */
async function planned(): Promise<string[]> {
    const steps = await checkout.steps("dev");
    return steps.filter(({ urn }) => !urn.includes("::pulumi:pulumi:Stack::")).map(({ op, name }) => `${op} ${name}`);
}

/** What is changed in another way than by making something, or by changing it in place. */
const feared = (steps: string[]) => steps.filter((step) => !/^(create|update) /.test(step));
const of = (op: string, steps: string[]) =>
    steps.filter((step) => step.startsWith(`${op} `)).map((step) => step.slice(op.length + 1));

async function bringUp(): Promise<void> {
    await checkout.update("dev");
    expect(await checkout.steps("dev")).toEqual([]);
}

describe("of what users fear, on a living stack", () => {
    it("a component that is renamed with an alias changes nothing", async () => {
        checkout.edit(
            "stacks/index.ts",
            'new Network("network", { ...spec.network, platform, dataPorts }, options)',
            'new Network("net", { ...spec.network, platform, dataPorts, physicalName: "network" }, { ...options, aliases: [{ name: "network" }] })',
        );
        expect(await planned()).toEqual([]);
    });

    it("other tags only update", async () => {
        checkout.edit("Pulumi.dev.yaml", "owner: platform-team", "owner: another-team\n    Compliance: gdpr");
        const steps = await planned();
        expect(feared(steps)).toEqual([]);
        expect(of("create", steps)).toEqual([]);
        expect(of("update", steps)).toEqual(
            expect.arrayContaining(["network-vpc", "network-isolated-0", "database-primary"]),
        );
    });

    it("other traffic in the flow logs makes a new flow log, into the same group, whose retention only updates", async () => {
        checkout.edit(
            "Pulumi.dev.yaml",
            "plinth:tier: dev",
            "plinth:tier: dev\n  plinth:network:\n    flowLogTraffic: rejected\n    flowLogRetentionDays: 60",
        );
        expect((await planned()).sort()).toEqual([
            "replace network-flow-logs-flow-log",
            "update network-flow-logs-logs-group",
        ]);
    });

    it("a third zone and a NAT gateway to each add, and update what lists subnets or leads to a gateway", async () => {
        checkout.edit(
            "Pulumi.dev.yaml",
            "plinth:tier: dev",
            "plinth:tier: dev\n  plinth:network:\n    availabilityZones: 3\n    natGateways: per-zone",
        );
        const steps = await planned();
        expect(feared(steps)).toEqual([]);
        expect(of("update", steps).sort()).toEqual([
            "cache-subnet-group",
            "database-subnet-group",
            "network-endpoints-s3",
            "network-isolated-acl",
            "network-private-1-default-route",
        ]);
        const created = of("create", steps);
        for (const kind of ["public", "private", "isolated"]) expect(created).toContain(`network-${kind}-2`);
        expect(created).toEqual(expect.arrayContaining(["network-nat-1", "network-nat-2"]));
        expect(created.filter((name) => !/-[12](-|$)/.test(name))).toEqual([]);
        await bringUp();
        checkout.write("Pulumi.dev.yaml", configuration);
        await bringUp(); // and back, which deletes only what was added
    });

    it("further subnets, of their own name and with others' routes, only add", async () => {
        checkout.edit(
            "Pulumi.dev.yaml",
            "plinth:tier: dev",
            [
                "plinth:tier: dev",
                "  plinth:network:",
                "    additionalSubnets:",
                "      partners: { routes: private, slot: 10 }",
                "      warehouse: { routes: isolated, slot: 12 }",
            ].join("\n"),
        );
        const steps = await planned();
        expect(of("create", steps)).toEqual(steps.map((step) => step.replace("create ", "")));
        const parts = ["", "-0", "-0-association", "-1", "-1-association"];
        expect(of("create", steps).sort()).toEqual(
            ["partners", "warehouse"].flatMap((name) => parts.map((part) => `network-additional-${name}${part}`)),
        );
        await bringUp();
        const { resources } = (await checkout.state("dev")).deployment;
        const inputs = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.inputs;
        expect(inputs("network-additional-partners-1")).toMatchObject({ cidrBlock: "10.0.162.0/23" });
        expect(inputs("network-additional-warehouse-0-association")?.routeTableId).toBe(
            inputs("network-isolated-0-association")?.routeTableId,
        );
        checkout.write("Pulumi.dev.yaml", configuration);
        await bringUp();
    });

    it("the tier, from dev to staging, replaces no database, no cache and no subnet", async () => {
        checkout.edit("Pulumi.dev.yaml", "plinth:tier: dev", "plinth:tier: staging");
        const steps = await planned();
        const kept = /^(database-primary|cache-replication-group|network-(vpc|(public|private|isolated)-\d))$/;
        const lost = feared(steps).map((step) => step.split(" ")[1] ?? "");
        expect(lost.filter((name) => kept.test(name))).toEqual([]);
        expect(lost.filter((name) => name.startsWith("network"))).toEqual([]);
        expect(of("create", steps)).toEqual(
            expect.arrayContaining(["network-endpoints-sts", "network-endpoints-ecr.api"]),
        );
        await bringUp();
    });
});
