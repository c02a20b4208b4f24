import { expect, it } from "vitest";
import { defaultsOf } from "../../settings";
import { inputsOf, rehearse, settled } from "../../testing/mocks";
import { platform } from "../../testing/specs";
import { everything } from "../../testing/watched";
import { Observability, observabilitySettings } from "..";
import { healthServices } from "./account";
import { planEvents } from "./plan";

const spec = defaultsOf(observabilitySettings, { tier: "prod" });
const topicArn = "arn:aws:sns:eu-west-1:123456789012:alerts";
const make = (notify = true) =>
    rehearse(
        false,
        (options) =>
            new Observability(
                "observability",
                { ...spec, notify, watch: everything, topicArn, platform, runbooks: "https://example.com/runbooks" },
                options,
            ),
    );

it("subscribes to the servers of every database, and to the cluster of Aurora", () => {
    const { subscriptions } = planEvents(everything, spec.events);
    expect(subscriptions.map(({ part, sourceType, sourceIds }) => [part, sourceType, sourceIds])).toEqual([
        ["burstable-server-events", "db-instance", ["burstable-primary", "burstable-replica-1"]],
        ["aurora-server-events", "db-instance", ["aurora-primary", "aurora-replica-1"]],
        ["aurora-cluster-events", "db-cluster", ["aurora"]],
        ["serverless-server-events", "db-instance", ["serverless-primary"]],
    ]);
});

it("leaves out what happens every day, and what the stack itself brings about", () => {
    const categories = planEvents(everything, spec.events).subscriptions.flatMap((each) => each.categories);
    for (const category of ["backup", "configuration change", "creation", "deletion"])
        expect(categories).not.toContain(category);
});

it("has rules for what is there alone", () => {
    const parts = (...keys: (keyof typeof everything)[]) =>
        planEvents(Object.fromEntries(keys.map((key) => [key, everything[key]])), spec.events).rules.map(
            ({ part }) => part,
        );
    expect(parts("queues")).toEqual(["aws-health"]);
    expect(parts("databases", "backup")).toEqual(["backup-job-failed", "restore-job-failed", "aws-health"]);
    expect(parts("cluster", "registry")).toEqual([
        "node-launch-failed",
        "image-vulnerable",
        "cluster-addon-failed",
        "aws-health",
    ]);
    expect(planEvents({ registry: { repositoryNames: [] } }, spec.events).rules).toHaveLength(1);
});

it("leaves the account's events to another stack where the stack says so", () => {
    const rules = planEvents(everything, { accountEvents: false }).rules.map(({ part }) => part);
    expect(rules).toEqual(["backup-job-failed", "node-launch-failed", "image-vulnerable"]);
});

it("asks AWS Health about the services that the stack uses", () => {
    expect(healthServices({ queues: everything.queues, databases: [] })).toEqual(["KMS", "SQS"]);
    expect(healthServices(everything)).toEqual(expect.arrayContaining(["ELASTICACHE", "EKS", "RDS"]));
});

it("creates rules with a pattern that EventBridge takes, each with the topic as its target", async () => {
    const { resources } = await make();
    const rules = resources.filter(({ type }) => type === "aws:cloudwatch/eventRule:EventRule");
    expect(rules).toHaveLength(6);
    for (const { name, inputs } of rules) {
        const pattern = String(await settled(inputs.eventPattern));
        expect(pattern.length).toBeLessThanOrEqual(2048);
        expect(JSON.parse(pattern)).toMatchObject({ source: [expect.stringMatching(/^aws\./)] });
        expect(String(inputs.name).length).toBeLessThanOrEqual(64);
        const target = inputsOf(resources, `${name}-target`);
        expect(target.arn).toBe(topicArn);
        expect(await settled(target.rule)).toBe(inputs.name);
    }
});

it("says what happened in one text, with a link to what to do", async () => {
    const { resources } = await make();
    const { inputTransformer } = inputsOf(resources, "observability-backup-job-failed-target");
    const { inputTemplate, inputPaths } = inputTransformer as {
        inputTemplate: string;
        inputPaths: Record<string, string>;
    };
    expect(JSON.parse(inputTemplate)).toBe(
        "A backup of the database, or its copy to another region, failed. <job> of <resource>: <state>. <reason>. " +
            "Runbook: https://example.com/runbooks/events.md#backup-job-failed",
    );
    expect(Object.keys(inputPaths).sort()).toEqual(["job", "reason", "resource", "state"]);
});

it.each([
    [true, "ENABLED"],
    [false, "DISABLED"],
])("is on or off with the alarms (notify: %s)", async (notify, state) => {
    const { resources } = await make(notify);
    expect(inputsOf(resources, "observability-aws-health").state).toBe(state);
    expect(inputsOf(resources, "observability-aurora-cluster-events").enabled).toBe(notify);
});
