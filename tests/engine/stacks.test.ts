import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, type State } from "./checkout";

const checkout = new Checkout();
beforeAll(() => checkout.commit());
afterAll(() => checkout.remove());

/** The outputs of a stack, secrets in plain text: only for comparing with where they must not stand. */
async function outputs(stack: string): Promise<Record<string, unknown>> {
    return JSON.parse(
        await checkout.succeed("pulumi", "stack", "output", "--stack", stack, "--json", "--show-secrets"),
    ) as Record<string, unknown>;
}

/** The passwords and tokens of a stack: what the random provider made, and the URLs that hold them. */
async function secretsOf(stack: string): Promise<string[]> {
    const plain = JSON.parse(
        await checkout.succeed("pulumi", "stack", "export", "--stack", stack, "--show-secrets"),
    ) as State;
    const passwords = plain.deployment.resources
        .filter(({ type }) => type === "random:index/randomPassword:RandomPassword")
        .map(({ outputs }) => JSON.parse((outputs.result as { plaintext: string }).plaintext) as string);
    expect(passwords.length).toBeGreaterThanOrEqual(4);
    const { databaseUrl, cacheUrl } = await outputs(stack);
    expect(databaseUrl).toMatch(/^postgres(ql)?:\/\//);
    expect(cacheUrl).toMatch(/^rediss:\/\//);
    return [...passwords, String(databaseUrl), String(cacheUrl)];
}

/** All that the sandbox has written, besides the programs it compiled. */
function filesOnDisk(directory = path.join(checkout.directory, ".sandbox")): string[] {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
        const file = path.join(directory, entry.name);
        if (entry.isDirectory()) return entry.name === "plugins" ? [] : filesOnDisk(file);
        return [file];
    });
}

/** Values of dimensions that name no resource. */
const fixedDimensions = ["Interface"];

/** The values of an alarm's dimensions, of its one metric or of those that it computes with. */
function dimensionsOf(alarm: Record<string, unknown>): string[] {
    const queries = (alarm.metricQueries ?? []) as {
        metric?: { dimensions?: Record<string, string> };
        expression?: string;
    }[];
    const dimensions = [
        alarm.dimensions as Record<string, string> | undefined,
        ...queries.map(({ metric }) => metric?.dimensions),
    ];
    // A query of Metrics Insights has them in its text.
    const queried = queries.flatMap(({ expression = "" }) =>
        [...expression.matchAll(/= '([^']+)'/g)].map(([, one]) => one ?? ""),
    );
    return [...dimensions.flatMap((each) => Object.values(each ?? {})), ...queried];
}

/** Every text in a value, at any depth. */
function words(value: unknown): string[] {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(words) : [];
}

describe.each(["dev", "staging", "prod"])("the stack %s", (stack) => {
    let printed = "";

    it("comes up under the policy pack and shows its outputs", async () => {
        // What users have is shown by one: the others take two to three times as long so, and their previews would say nothing new.
        checkout.asUsersRun = stack === "dev";
        printed = await checkout.succeed("up", stack, ...(stack === "dev" ? [] : ["--skip-preview"]));
        checkout.asUsersRun = false;
        expect(printed).toMatch(/Resources:\n\s+\+ \d+ created/);
        expect(printed).toMatch(/databaseUrl\s*: \[secret\]/);
        expect(printed).toMatch(/kubeconfig\s*: \[secret\]/);
        expect(printed).toMatch(/vpcId\s*: "vpc-0[0-9a-f]{16}"/);
    });

    it("has nothing to change afterwards, and nothing that drifted", async () => {
        await checkout.isAsPlanned(stack);
    });

    it("has all permissions that its resources need of each other", async () => {
        const allowed = /IAM would allow (\d+) of (\d+) requests/.exec(await checkout.succeed("access", stack));
        expect(allowed?.[1]).toBe(allowed?.[2]);
        expect(Number(allowed?.[1])).toBeGreaterThan(100);
    });

    it("is judged by its state as it was by its preview", async () => {
        const pack = ["--policy-pack", "policy", "--policy-pack-config", `policy/config/${stack}.json`];
        const { code, output } = await checkout.run(["pulumi", "policy", "analyze", "--stack", stack, ...pack]);
        expect([code, output]).toEqual([
            0,
            expect.stringMatching(/types-judged .*\n.*\n.*no rule judges kubernetes:helm/),
        ]);
        expect(output).not.toContain("[mandatory]");
    });

    it("holds no secret in plain text, in its state, its account, its files and what was printed", async () => {
        const secrets = await secretsOf(stack);
        const exported = await checkout.succeed("pulumi", "stack", "export", "--stack", stack);
        const texts = [
            printed,
            exported,
            await checkout.succeed("pulumi", "stack", "output", "--stack", stack, "--json"),
        ];
        texts.push(...filesOnDisk().map((file) => checkout.read(path.relative(checkout.directory, file))));
        for (const secret of secrets) {
            const escaped = JSON.stringify(secret).slice(1, -1);
            for (const text of texts) expect(text.includes(secret) || text.includes(escaped)).toBe(false);
        }
    });

    it("has alarms that are on what the stack has, notify its topic and have a runbook", () => {
        const { resources } = checkout.state(stack).deployment;
        const alarms = resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
        expect(alarms.length).toBeGreaterThan(30);
        const known = new Set([
            ...words(resources.filter((resource) => !alarms.includes(resource))),
            ...fixedDimensions,
        ]);
        const [topic] = resources.filter(({ type }) => type === "aws:sns/topic:Topic");
        for (const { urn, outputs } of alarms) {
            // ElastiCache numbers the nodes of a replication group, which is in the state by its own id.
            const values = dimensionsOf(outputs).map((value) =>
                known.has(value) ? value : value.replace(/(-\d{3,4})+$/, ""),
            );
            expect({ urn, unknown: values.filter((value) => !known.has(value)) }).toEqual({ urn, unknown: [] });
            expect(values.length).toBeGreaterThan(0);
            expect(outputs.alarmActions).toEqual([topic?.id]);
            const [, runbook = ""] = /Runbook: (\S+)$/.exec(String(outputs.alarmDescription)) ?? [];
            expect(existsSync(path.join(__dirname, "../..", runbook)), runbook).toBe(true);
        }
    });

    it("tags every resource that takes tags", () => {
        const { deployment } = checkout.state(stack);
        const tagged = deployment.resources.filter(({ outputs }) => outputs && "tagsAll" in outputs);
        expect(tagged.length).toBeGreaterThan(20);
        for (const { urn, outputs } of tagged) {
            const expected = {
                Project: "plinth",
                Stack: stack,
                Tier: stack,
                Component: expect.any(String),
                Owner: expect.any(String),
                CostCentre: expect.any(String),
            };
            expect({ urn, tags: outputs.tagsAll }).toEqual({ urn, tags: expect.objectContaining(expected) });
        }
    });
});

/** What AWS keeps of a stack that is taken down. */
const left = {
    dev: ["aws:kms/key:Key"],
    staging: ["aws:kms/key:Key", "aws:secretsmanager/secret:Secret"],
};

it("the sandbox imports a resource that is in the account and not in the state", async () => {
    const { resources } = await checkout.account("dev");
    const budget = resources.find(({ type }) => type === "aws:budgets/budget:Budget");
    const urn = checkout.state("dev").deployment.resources.find(({ id }) => id === budget?.id)?.urn ?? "";
    const options = ["--stack", "dev", "--yes"];
    await checkout.succeed("pulumi", "state", "delete", urn, ...options, "--force");
    await checkout.succeed("pulumi", "import", "aws:budgets/budget:Budget", "found", budget?.id ?? "", ...options);
    const imported = checkout.state("dev").deployment.resources.find(({ urn }) => urn.endsWith("::found"));
    expect(imported).toMatchObject({ id: budget?.id, inputs: { name: "plinth-dev-cost-stack" }, protect: true });
    await checkout.succeed("pulumi", "state", "unprotect", imported?.urn ?? "", ...options);
});

describe("taking the stacks down", () => {
    it("leaves nothing of dev and of staging but the keys and the secrets that AWS deletes later", async () => {
        for (const [stack, kinds] of Object.entries(left)) {
            await checkout.succeed("destroy", stack, "--skip-preview");
            const { resources, retained } = await checkout.account(stack);
            expect([stack, resources]).toEqual([stack, []]);
            expect([stack, [...new Set(retained.map(({ type }) => type))].sort()]).toEqual([stack, kinds]);
        }
    });

    it("is refused for prod while it is protected, naming what is", async () => {
        const { code, output } = await checkout.run(["destroy", "prod"]);
        expect(code).not.toBe(0);
        for (const name of ["database-primary", "cache-replication-group", "database-encryption-key"])
            expect(output).toContain(name);
        expect(output).toContain("set plinth:protect to false");
        expect((await checkout.account("prod")).resources.length).toBeGreaterThan(50);
    });

    it("leaves of prod, once it is not protected, what AWS keeps", async () => {
        checkout.edit("Pulumi.prod.yaml", "config:\n", "config:\n  plinth:protect: false\n");
        await checkout.update("prod");
        await checkout.succeed("destroy", "prod", "--skip-preview");
        const { resources, retained } = await checkout.account("prod");
        expect(resources).toEqual([]);
        const kinds = retained.map(({ type, reason }) => `${type}: ${reason}`);
        expect([...new Set(kinds)].sort()).toEqual([
            "aws:elasticache/snapshot:Snapshot: the final snapshot",
            "aws:kms/key:Key: pending deletion, 30 days after it was deleted",
            "aws:rds/snapshot:Snapshot: the final snapshot",
            "aws:secretsmanager/secret:Secret: in its recovery window of 30 days",
        ]);
    });
});

describe("a sandbox command", () => {
    it("leaves the checkout as it was, and the user's own Pulumi home alone", () => {
        const changed = execFileSync("git", ["status", "--porcelain"], { cwd: checkout.directory, encoding: "utf8" });
        expect(changed.trim().split("\n")).toEqual(["M Pulumi.prod.yaml"]); // which this test edited
        expect(existsSync(path.join(checkout.home, ".pulumi"))).toBe(false);
    });
});
