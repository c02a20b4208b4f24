import { expect, it, vi } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { check } from "../../check";
import { emptyAccounts, providerInAccount } from "../../testing";
import { ROLE } from "../iam/role";
import { TOPIC } from "../sns/topic";
import { SLACK_CHANNEL, TEAMS_CHANNEL } from "./channel";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const account = "123456789012";
const role = { name: "chat", assumeRolePolicy: "{}" };
const shared = {
    configurationName: "shop-slack",
    iamRoleArn: `arn:aws:iam::${account}:role/chat`,
    snsTopicArns: [`arn:aws:sns:eu-west-1:${account}:alerts`],
};
const slack = { ...shared, slackTeamId: "T07EA123LEP", slackChannelId: "C07EZ1ABC23" };
const teams = {
    ...{ ...shared, configurationName: "shop-teams", channelId: "19%3aabc%40thread.tacv2" },
    teamId: "01234567-89ab-cdef-0123-456789abcdef",
    tenantId: "11234567-89ab-cdef-0123-456789abcdef",
};

/** An account with a topic and a role, and what it answers. */
function account123(region = "eu-west-1") {
    const provider = providerInAccount(emptyAccounts(), region);
    const make = (type: string, name: string, inputs: Properties) =>
        provider.create({ type, name, stack: "dev" }, inputs, false);
    make(TOPIC, "topic", { name: "alerts" });
    make(ROLE, "role", role);
    return make;
}

it("knows a channel by an ARN of the account", () => {
    const make = account123();
    expect(make(SLACK_CHANNEL, "it", slack).id).toBe(
        `arn:aws:chatbot::${account}:chat-configuration/slack-channel/shop-slack`,
    );
    expect(make(TEAMS_CHANNEL, "it", teams).id).toBe(
        `arn:aws:chatbot::${account}:chat-configuration/microsoft-teams-channel/shop-teams`,
    );
});

it.each<[string, string, Properties, RegExp]>([
    [
        "a topic that does not exist",
        SLACK_CHANNEL,
        { ...slack, snsTopicArns: [`${shared.snsTopicArns[0]}2`] },
        /alerts2 does not exist/,
    ],
    [
        "a role that does not exist",
        TEAMS_CHANNEL,
        { ...teams, iamRoleArn: `${shared.iamRoleArn}2` },
        /chat2 does not exist/,
    ],
    [
        "a region without an API",
        SLACK_CHANNEL,
        { ...slack, region: "eu-west-3" },
        /no endpoint of chatbot in eu-west-3/,
    ],
])("refuses %s", (_, type, inputs, message) => {
    expect(() => account123()(type, "it", inputs)).toThrow(message);
});

it("has one configuration of a channel", () => {
    const make = account123();
    make(SLACK_CHANNEL, "first", slack);
    expect(() => make(SLACK_CHANNEL, "second", { ...slack, configurationName: "other" })).toThrow(/exists already/);
    expect(() => make(SLACK_CHANNEL, "second", { ...slack, slackChannelId: "C1" })).toThrow(/ConflictException/);
});

it("refuses by the schema what is no name, no log level and no id", () => {
    const failures = (inputs: Properties) =>
        check({ type: SLACK_CHANNEL, name: "it", stack: "dev" }, {}, inputs).failures.map(({ property }) => property);
    expect(failures({ ...slack, configurationName: "a b", loggingLevel: "DEBUG", slackChannelId: "#alerts" })).toEqual(
        expect.arrayContaining(["configurationName", "loggingLevel", "slackChannelId"]),
    );
    expect(failures(slack)).toEqual([]);
});
