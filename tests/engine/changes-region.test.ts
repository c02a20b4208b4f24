import { afterAll, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout(["database", "cache", "cluster", "notifications"]);
afterAll(() => checkout.remove());

it("a living stack in another region is replaced, and comes up there and back", async () => {
    await checkout.update("dev");
    for (const [from, to] of [
        ["eu-west-1", "us-east-1"],
        ["us-east-1", "eu-west-1"],
    ] as const) {
        checkout.edit("Pulumi.dev.yaml", `aws:region: ${from}`, `aws:region: ${to}`);
        const planned = await checkout.steps("dev");
        expect(planned.filter(({ op }) => op === "replace").map(({ name }) => name)).toEqual(
            expect.arrayContaining(["network-vpc", "orders-queue"]),
        );
        await checkout.update("dev");
        const { resources } = checkout.state("dev").deployment;
        expect(JSON.stringify([resources.map(({ outputs }) => outputs), checkout.outputs("dev")])).not.toContain(from);
        await checkout.isAsPlanned("dev");
    }
});
