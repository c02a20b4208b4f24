import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { defaultsOf } from "../settings";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { platform } from "../testing/specs";
import { Notifications, type NotificationsSpec, notificationsProblems, notificationsSettings } from ".";

const spec = defaultsOf(notificationsSettings, { tier: "prod" });
const make = (preview: boolean, change: Partial<NotificationsSpec> = {}) =>
    rehearse(preview, (options) => new Notifications("notifications", { ...spec, ...change, platform }, options));

interface Statement {
    Sid: string;
    Effect: string;
    Principal: unknown;
    Action: unknown;
    Resource: unknown;
    Condition: unknown;
}
const statementsOf = async (policy: unknown) =>
    (JSON.parse(String(await settled(policy))) as { Statement: Statement[] }).Statement;

it.each([true, false])(
    "lets AWS's publishers of this account alone publish, and only with TLS (preview: %s)",
    async (preview) => {
        const { resources } = await make(preview);
        const [allow, eventBridge, deny] = await statementsOf(inputsOf(resources, "notifications-policy").policy);
        const topic = "arn:aws:sns:eu-west-1:123456789012:shop-test-notifications";
        expect(allow).toMatchObject({
            Principal: {
                Service: ["cloudwatch", "events.rds", "budgets"].map((service) => `${service}.amazonaws.com`),
            },
            Action: "sns:Publish",
            Resource: topic,
            Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        });
        // AWS supports no condition for EventBridge, neither here nor in the key's policy.
        expect(eventBridge).toMatchObject({ Principal: { Service: "events.amazonaws.com" }, Resource: topic });
        expect(eventBridge?.Condition).toBeUndefined();
        expect(deny).toMatchObject({ Effect: "Deny", Principal: "*", Resource: topic });
        expect(deny?.Condition).toEqual({ Bool: { "aws:SecureTransport": "false" } });
    },
);

it("lets the publishers use the topic's key, which CloudWatch needs to notify at all", async () => {
    const { resources } = await make(false);
    const key = resources.find(({ type }) => type === "aws:kms/key:Key");
    const [, publishers, eventBridge] = await statementsOf(key?.inputs.policy);
    expect(publishers).toMatchObject({
        Effect: "Allow",
        Principal: { Service: expect.arrayContaining(["cloudwatch.amazonaws.com"]) },
        Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
    expect(eventBridge).toMatchObject({ Principal: { Service: "events.amazonaws.com" }, Action: publishers?.Action });
    expect(eventBridge?.Condition).toBeUndefined();
    expect(await settled(inputsOf(resources, "notifications-topic").kmsMasterKeyId)).toMatch(/^arn:/);
});

it("subscribes each address under a name of its own, so that one can go without the others", async () => {
    const { resources } = await make(false, {
        emails: ["a@example.com", "b@example.com"],
        httpsEndpoints: ["https://events.example.com/x"],
    });
    const subscriptions = resources.filter(({ type }) => type.startsWith("aws:sns/topicSubscription"));
    expect(subscriptions.map(({ name, inputs }) => [name, inputs.protocol])).toEqual([
        [expect.stringMatching(/^notifications-a-example-com-[0-9a-f]{8}$/), "email"],
        [expect.stringMatching(/^notifications-b-example-com-[0-9a-f]{8}$/), "email"],
        [expect.stringMatching(/^notifications-https-[0-9a-f]{8}$/), "https"],
    ]);
});

it("field F17: keeps HTTPS addresses secret, for the keys in them, and e-mail addresses readable", async () => {
    const { resources } = await make(false, {
        emails: ["a@example.com"],
        httpsEndpoints: ["https://events.example.com/key"],
    });
    const subscriptions = resources.filter(({ type }) => type.startsWith("aws:sns/topicSubscription"));
    const secret = subscriptions.map(({ inputs }) => pulumi.isSecret(pulumi.output(inputs.endpoint)));
    expect(await Promise.all(secret)).toEqual([false, true]);
});

it("creates nothing where a topic is given", async () => {
    const topicArn = "arn:aws:sns:eu-west-1:123456789012:alerts";
    const { made, resources } = await make(true, { topicArn });
    expect(await settled(made.topicArn)).toBe(topicArn);
    expect([made.topicName, made.keyArn]).toEqual([undefined, undefined]);
    expect(resources.filter(({ type }) => type.startsWith("aws:"))).toEqual([]);
});

it.each<[string, Partial<NotificationsSpec>, RegExp]>([
    [
        "addresses beside a topic",
        { topicArn: "arn:aws:sns:eu-west-1:123456789012:a", emails: ["a@b.example"] },
        /topicArn: stands beside/,
    ],
    ["an address twice", { emails: ["a@b.example", "a@b.example"] }, /emails: has a@b.example twice/],
    ["what is no e-mail address", { emails: ["on-call"] }, /emails.*"on-call".*an e-mail address/],
    ["plain HTTP", { httpsEndpoints: ["http://events.example.com"] }, /httpsEndpoints.*an HTTPS address/],
    ["what is no topic", { topicArn: "alerts" }, /topicArn.*"alerts".*the ARN of a topic/],
])("refuses %s", (_, change, text) => {
    expect(notificationsProblems("n", { ...spec, ...change }).map((problem) => problem.text)).toEqual([
        expect.stringMatching(text),
    ]);
});
