import { afterAll, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

it("a component that is renamed with an alias changes nothing", async () => {
    checkout.runs("tests/engine/programs/renamed-network.cjs");
    const configure = (name: string) =>
        checkout.write("Pulumi.dev.yaml", JSON.stringify({ config: { "aws:region": "eu-west-1", "test:name": name } }));
    configure("network");
    await checkout.update("dev");
    configure("net");
    // The new names come with an update, which does nothing else.
    expect((await checkout.update("dev")).steps).toEqual([]);
    const names = checkout.state("dev").deployment.resources.map(({ urn }) => urn.split("::").at(-1));
    expect(names).toContain("net-vpc");
    expect(names).not.toContain("network-vpc");
});
