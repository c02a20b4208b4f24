import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, expect, it } from "vitest";

const root = path.join(__dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "plinth-cost-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
};
const queue = {
    urn: "urn:pulumi:dev::shop::aws:sqs/queue:Queue::jobs",
    type: "aws:sqs/queue:Queue",
    custom: true,
    inputs: {},
};
const key = { urn: "urn:pulumi:dev::shop::aws:kms/key:Key::key", type: "aws:kms/key:Key", custom: true, inputs: {} };
const plan = file(
    "plan.json",
    JSON.stringify({
        config: {
            "aws:region": "eu-west-1",
            "plinth:cost": JSON.stringify({ usage: { keyRequestsTenThousands: 20 } }),
        },
        steps: [queue, key].map((newState) => ({ op: "create", urn: newState.urn, newState })),
    }),
);

function cost(...args: string[]) {
    const command = ["tools/run-typescript.cjs", "cost/cli.ts", "--plan", plan, "--json", ...args];
    return spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
}

const quantities = (stdout: string): Record<string, number> =>
    Object.fromEntries(
        (JSON.parse(stdout) as { lines: { price: string; quantity: number }[] }).lines.map((line) => [
            line.price,
            line.quantity,
        ]),
    );

it("takes amounts from a file, over those of the stack, which are over the defaults", () => {
    const own = quantities(cost().stdout);
    expect(own).toMatchObject({ "sqs/standard": 1, "kms/requests": 20 });
    const given = quantities(cost("--usage", file("usage.yaml", "queueMillions: 30\n")).stdout);
    expect(given).toEqual({ ...own, "sqs/standard": 30 });
});

it.each([
    ["queueMillion: 30\n", /usage\.yaml:queueMillion is not known; did you mean .*queueMillions/],
    ["queueMillions: many\n", /usage\.yaml:queueMillions: "many" is not a number; give 0 to/],
    ["queueMillions: [\n", /--usage .*usage\.yaml cannot be read/],
])("refuses %j, and says where", (text, problem) => {
    const { status, stderr } = cost("--usage", file("usage.yaml", text));
    expect([status, stderr]).toEqual([1, expect.stringMatching(problem)]);
    expect(stderr).not.toMatch(/\n\s+at /);
});

it("refuses a file that is not there", () => {
    const { status, stderr } = cost("--usage", path.join(folder, "none.yaml"));
    expect([status, stderr]).toEqual([1, expect.stringMatching(/--usage .*none\.yaml cannot be read/)]);
});
