import { existsSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examples } from "../../examples";
import { StackView } from "../../examples/stack-view";
import { type ReadExample, readExample } from "../../tools/docs/read-example";
import { Checkout, type State } from "./checkout";

/** The stack of each example that comes up here: the largest. The others are previewed. */
const largest = examples.map((example) => ({ example, stack: example.stacks.at(-1) ?? "" }));

/** The flags that tell the pack which subnets outside the stack to trust. */
function trusting(folder: string, stack: string): string[] {
    const file = `policy.${stack}.json`;
    return existsSync(path.join(folder, file)) ? ["--policy-pack-config", file] : [];
}

describe.each(largest)("$example.name", ({ example, stack }) => {
    const { name, stacks, outputs = {} } = example;
    const project = `examples/${name}`;
    const checkout = new Checkout([], { project });
    const folder = path.join(checkout.directory, project);
    afterAll(() => checkout.remove());
    let documented: ReadExample;
    beforeAll(async () => {
        documented = await readExample(example);
    });

    it.each(stacks.slice(0, -1))("passes the policy pack at a preview of %s", async (smaller) => {
        expect(await checkout.succeed("preview", smaller, ...trusting(folder, smaller))).toMatch(/\+ \d+ to create/);
    });

    it("comes up under the policy pack, with the figures of its README", async () => {
        await checkout.succeed("up", stack, "--skip-preview", ...trusting(folder, stack));
        const exported = await checkout.succeed("pulumi", "stack", "export", "--stack", stack, "--show-secrets");
        const { resources } = (JSON.parse(exported) as State).deployment;
        const named = resources.map(({ type, urn, inputs }) => ({ type, name: urn.split("::").at(-1) ?? "", inputs }));
        const own = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
        const view = new StackView(named, own);
        const index = stacks.indexOf(stack);
        const figures = Object.values(documented.sections).flat();
        const read = figures.flatMap(({ figure: { what, makes } }) => (makes ? [[what, makes(view)]] : []));
        const said = figures.flatMap(({ figure: { what, makes }, registered = [] }) =>
            makes ? [[what, registered[index]]] : [],
        );
        expect(read).toEqual(said);
        for (const output of Object.values(outputs))
            expect([output, view.output(...output.split("."))]).not.toEqual([output, undefined]);
    });

    it("has nothing to change afterwards, and nothing that drifted", async () => {
        await checkout.isAsPlanned(stack);
    });

    it("is taken down, and leaves only what was there before and what AWS keeps", async () => {
        if (stack === "prod") {
            checkout.edit(`${project}/Pulumi.prod.yaml`, "config:\n", "config:\n  plinth:protect: false\n");
            await checkout.update(stack);
        }
        await checkout.succeed("destroy", stack, "--skip-preview");
        const { resources } = await checkout.account(stack);
        const before = existsSync(path.join(folder, `Sandbox.${stack}.yaml`))
            ? checkout.read(`${project}/Sandbox.${stack}.yaml`)
            : "";
        expect(resources.filter(({ id }) => !before.includes(`id: ${id}\n`))).toEqual([]);
    });
});
