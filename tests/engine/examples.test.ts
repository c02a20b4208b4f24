import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examples } from "../../examples";
import { StackView } from "../../examples/stack-view";
import { type ReadExample, readExample } from "../../tools/docs/read-example";
import { Checkout, type State } from "./checkout";

/** The stack of each example that comes up here: the largest. The others are previewed. */
const largest = examples.map((example) => ({ example, stack: example.stacks.at(-1) ?? "" }));

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
        expect(await checkout.succeed("preview", smaller)).toMatch(/\+ \d+ to create/);
    });

    it("comes up under the policy pack, with the figures of its README", async () => {
        await checkout.succeed("up", stack, "--skip-preview");
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

    // Of one of them: the command takes a preview of its own.
    if (example === examples[0]) {
        it("is priced by `npm run cost -- -C` as by itself", () => {
            const args = ["tools/run-typescript.cjs", "cost/cli.ts", "-C", project, stack, "--json"];
            const printed = execFileSync(process.execPath, args, {
                cwd: checkout.directory,
                encoding: "utf8",
                stdio: ["ignore", "pipe", "ignore"],
            });
            const { monthlyUsd } = JSON.parse(printed) as { monthlyUsd: { total: number } };
            const { estimatedMonthlyUsd } = checkout.outputs(stack).cost as { estimatedMonthlyUsd: number };
            expect(monthlyUsd.total).toBeCloseTo(estimatedMonthlyUsd, 2);
        });
    }

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
