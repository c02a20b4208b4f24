import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examples } from "../../examples";
import { NotKnownYetError, type RegisteredResource, StackView } from "../../examples/stack-view";
import { type ReadExample, readExample } from "../../tools/docs/read-example";
import { Checkout, type State } from "./checkout";

/** The stack of each example that comes up here: the largest. The others are previewed. */
const largest = examples.map((example) => ({ example, stack: example.stacks.at(-1) ?? "" }));

describe.each(largest)("$example.name", ({ example, stack }) => {
    const { name, stacks, outputs = {} } = example;
    const project = `examples/${name}`;
    const checkout = new Checkout([], { project });
    afterAll(() => checkout.remove());
    let documented: ReadExample;
    beforeAll(async () => {
        documented = await readExample(example);
    });

    /** The figures of the README, as they are read from a stack and as they are written there; without those that are not known yet. */
    function figures(view: StackView, of: string): { read: string[][]; written: string[][] } {
        const all = Object.values(documented.sections)
            .flat()
            .flatMap(({ figure: { what, makes }, registered = [] }) => {
                const read = makes && ifKnown(() => makes(view));
                return read === undefined ? [] : [{ what, read, written: registered[stacks.indexOf(of)] ?? "" }];
            });
        return { read: all.map(({ what, read }) => [what, read]), written: all.map((one) => [one.what, one.written]) };
    }

    it.each(stacks.slice(0, -1))(
        "passes the policy pack at a preview of %s, with the figures of its README",
        async (smaller) => {
            const { steps } = JSON.parse(await checkout.succeed("preview", smaller, "--json")) as {
                steps: { newState: Resource }[];
            };
            const view = new StackView(
                steps.map(({ newState }) => named(newState)),
                undefined,
            );
            const { read, written } = figures(view, smaller);
            expect(read).toEqual(written);
            expect(read.length).toBeGreaterThan(30);
        },
    );

    it("comes up under the policy pack, with the figures of its README", async () => {
        await checkout.succeed("up", stack, "--skip-preview");
        const exported = await checkout.succeed("pulumi", "stack", "export", "--stack", stack, "--show-secrets");
        const { resources } = (JSON.parse(exported) as State).deployment;
        const own = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
        const view = new StackView(resources.map(named), own);
        const { read, written } = figures(view, stack);
        expect(read).toEqual(written);
        const made = Object.values(documented.sections)
            .flat()
            .filter(({ figure: { makes } }) => makes);
        expect(read).toHaveLength(made.length);
        const missing = Object.values(outputs).filter((output) => view.output(...output.split(".")) === undefined);
        expect(missing).toEqual([]);
    });

    it("has nothing to change afterwards, and nothing that drifted", async () => {
        await checkout.isAsPlanned(stack);
    });

    // Of one of them: the command takes two previews of its own.
    if (example === examples[0]) {
        it("is priced by `npm run cost -- -C` as by itself, and as it was at the last commit", () => {
            checkout.commit();
            const args = [
                "tools/run-typescript.cjs",
                "cost/cli.ts",
                "-C",
                project,
                stack,
                "--against",
                "HEAD",
                "--json",
            ];
            const printed = execFileSync(process.execPath, args, {
                cwd: checkout.directory,
                encoding: "utf8",
                stdio: ["ignore", "pipe", "ignore"],
            });
            const { now, lines } = JSON.parse(printed) as { now: { total: number }; lines: unknown[] };
            const { estimatedMonthlyUsd } = checkout.outputs(stack).cost as { estimatedMonthlyUsd: number };
            expect(now.total).toBeCloseTo(estimatedMonthlyUsd, 2);
            expect(lines).toEqual([]);
        });
    }

    it("is taken down, and leaves only what was there before and what AWS keeps", async () => {
        if (stack === "prod") {
            checkout.edit(`${project}/Pulumi.prod.yaml`, "config:\n", "config:\n  plinth:protect: false\n");
            await checkout.update(stack);
        }
        await checkout.succeed("destroy", stack, "--skip-preview");
        const { resources } = await checkout.account(stack);
        const file = `${project}/Sandbox.${stack}.yaml`;
        const before = existsSync(path.join(checkout.directory, file)) ? checkout.read(file) : "";
        expect(resources.filter(({ id }) => !before.includes(`id: ${id}\n`))).toEqual([]);
    });
});

interface Resource {
    type: string;
    urn: string;
    inputs?: Record<string, unknown>;
}

function named({ type, urn, inputs }: Resource): RegisteredResource {
    return { type, name: urn.split("::").at(-1) ?? "", inputs };
}

function ifKnown(read: () => string): string | undefined {
    try {
        return read();
    } catch (error) {
        if (error instanceof NotKnownYetError) return undefined;
        throw error;
    }
}
