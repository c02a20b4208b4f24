import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { defaultsOf } from "../settings";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { platform } from "../testing/specs";
import { Notifications, type NotificationsSpec, notificationsProblems, notificationsSettings } from ".";
import { chatRegion } from "./chat";

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

const slack = { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" };
const teams = {
    tenantId: "01234567-89ab-cdef-0123-456789abcdef",
    teamId: "11234567-89ab-cdef-0123-456789abcdef",
    channelId: "19%3a0123456789abcdef%40thread.tacv2",
};

it("brings the topic to channels of chats, where nobody may do more than read alarms", async () => {
    const { made, resources } = await make(false, { slack: [slack], teams: [teams] });
    const roleArn = await settled(made.nodes.chat.role?.arn);
    const policyArn = await settled(made.nodes.chat.policy?.arn);
    const common = {
        ...{ region: "eu-west-1", iamRoleArn: roleArn, guardrailPolicyArns: [policyArn] },
        ...{ snsTopicArns: [await settled(made.topicArn)], loggingLevel: "NONE", userAuthorizationRequired: false },
    };
    const inputs = async (type: string) => {
        const found = resources.filter((resource) => resource.type === `aws:chatbot/${type}`);
        return Promise.all(found.map((resource) => settled(resource.inputs)));
    };
    expect(await inputs("slackChannelConfiguration:SlackChannelConfiguration")).toMatchObject([
        {
            ...{ ...common, configurationName: "shop-test-notifications-slack-c07ez1abc23" },
            ...{ slackTeamId: slack.workspaceId, slackChannelId: slack.channelId },
        },
    ]);
    expect(await inputs("teamsChannelConfiguration:TeamsChannelConfiguration")).toMatchObject([
        {
            ...common,
            ...teams,
            configurationName: expect.stringMatching(/^shop-test-notifications-teams-[0-9a-f]{8}$/),
        },
    ]);
    const [allowed, ...others] = await statementsOf(inputsOf(resources, "notifications-chat-policy").policy);
    expect(others).toEqual([]);
    expect(allowed?.Action).toEqual(expect.arrayContaining(["cloudwatch:DescribeAlarms"]));
    for (const action of [allowed?.Action].flat()) expect(action).toMatch(/^cloudwatch:(Describe|Get|List)\w+$/);
    expect(await settled(inputsOf(resources, "notifications-chat-policy-attachment").policyArn)).toBe(policyArn);
    const [trusted] = await statementsOf(inputsOf(resources, "notifications-chat").assumeRolePolicy);
    expect(trusted).toMatchObject({ Principal: { Service: "chatbot.amazonaws.com" }, Action: "sts:AssumeRole" });
});

it("lets nobody new to the topic and its key for a chat: SNS decrypts what it delivers", async () => {
    const policies = async (change: Partial<NotificationsSpec>) => {
        const { resources } = await make(false, change);
        const key = resources.find(({ type }) => type === "aws:kms/key:Key");
        return Promise.all([key?.inputs.policy, inputsOf(resources, "notifications-policy").policy].map(settled));
    };
    expect(await policies({ slack: [slack], teams: [teams] })).toEqual(await policies({}));
});

it("makes no role where there is no channel", async () => {
    const { resources } = await make(false);
    expect(resources.filter(({ type }) => type.startsWith("aws:iam/"))).toEqual([]);
});

it.each([
    ["eu-west-1", "eu-west-1"],
    ["eu-west-3", "eu-west-1"],
    ["us-east-1", "us-east-2"],
    ["us-west-2", "us-west-2"],
    ["ap-northeast-1", "ap-southeast-1"],
    ["sa-east-1", "us-east-2"],
])("asks for chats of %s in %s, as the API is in four regions", (region, asked) => {
    expect(chatRegion(region)).toBe(asked);
});

it.each<[string, Partial<NotificationsSpec>, RegExp]>([
    ["a channel beside a topic", { topicArn: "arn:aws:sns:eu-west-1:123456789012:a", slack: [slack] }, /stands beside/],
    ["a channel of Slack twice", { slack: [slack, slack] }, /slack: has the channel C07EZ1ABC23 twice/],
    ["a channel of Teams twice", { teams: [teams, teams] }, /teams: has the channel 19%3a.* twice/],
    ["the name of a channel", { slack: [{ ...slack, channelId: "#alerts" }] }, /"#alerts".*the id of a Slack channel/],
    ["a link that is decoded", { teams: [{ ...teams, channelId: "19:a@thread.tacv2" }] }, /encoded as in its link/],
    ["a team's name", { teams: [{ ...teams, teamId: "Operations" }] }, /teamId.*"Operations".*the id of a team/],
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
