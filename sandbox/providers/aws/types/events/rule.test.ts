import { describe, expect, it, vi } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";
import { EVENT_SUBSCRIPTION } from "../rds/event-subscription";
import { INSTANCE } from "../rds/instance-change";
import { TOPIC } from "../sns/topic";
import { EVENT_RULE, EVENT_TARGET } from "./rule";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const account = new TestAccount({
    topic: TOPIC,
    rule: EVENT_RULE,
    target: EVENT_TARGET,
    subscription: EVENT_SUBSCRIPTION,
    instance: INSTANCE,
});
const pattern = (value: unknown) => ({ name: "failed", eventPattern: JSON.stringify(value) });
const onBackup = pattern({ source: ["aws.backup"] });
const topicArn = account.make("topic", { name: "alerts" });
const rule = account.make("rule", onBackup);
const target = { rule, targetId: "topic", arn: topicArn };
const transformed = (inputTemplate: string, inputPaths: Properties = {}) => ({
    ...target,
    inputTransformer: { inputTemplate, inputPaths },
});

describe("what EventBridge refuses of a rule", () => {
    it.each<[string, Properties, string]>([
        ["neither a pattern nor a schedule", { name: "a" }, "EventPattern or ScheduleExpression must be specified"],
        ["a pattern that is not JSON", { name: "a", eventPattern: "{" }, "Filter is not valid JSON"],
        ["a pattern that is a list", pattern([]), "Filter is not an object"],
        ["a value that is in no list", pattern({ source: "aws.backup" }), '"source" must be an object or an array'],
        ["such a value inside", pattern({ detail: { state: "FAILED" } }), '"state" must be an object or an array'],
        ["an empty list", pattern({ source: [] }), "Empty arrays are not allowed"],
        ["an empty pattern", pattern({}), "Empty objects are not allowed"],
        ["a choice of one", pattern({ $or: [{ source: ["a"] }] }), "at least 2 Objects in $or"],
        ["a choice between values", pattern({ $or: ["a", "b"] }), "Only Objects are allowed in $or"],
        ["a long pattern", pattern({ source: ["a".repeat(2048)] }), "longer than 2048 characters"],
        [
            "a schedule",
            { name: "a", scheduleExpression: "every day" },
            "Member must satisfy regular expression pattern: ^(rate",
        ],
        ["a name with a space", { ...onBackup, name: "a b" }, "Member must satisfy regular expression pattern"],
        ["a state", { ...onBackup, state: "ON" }, "Member must satisfy enum value set: [DISABLED, ENABLED"],
    ])("%s", (_, inputs, message) => {
        expect(checkFailures(EVENT_RULE, inputs)).toContainEqual(expect.stringContaining(message));
    });

    it("nothing of a sound one", () => {
        const sound = pattern({
            source: ["a"],
            $or: [{ detail: { state: ["A"] } }, { detail: { n: [{ exists: false }] } }],
        });
        expect(checkFailures(EVENT_RULE, sound)).toEqual([]);
        expect(checkFailures(EVENT_RULE, { name: "a", scheduleExpression: "cron(0 12 * * ? *)" })).toEqual([]);
    });

    it("a name that exists", () => {
        expect(() => account.make("rule", onBackup)).toThrow(/ResourceAlreadyExistsException/);
    });
});

describe("what EventBridge refuses of a target", () => {
    it.each<[string, Properties, string]>([
        ["an id with a space", { ...target, targetId: "the topic" }, "Member must satisfy regular expression pattern"],
        ["what is no ARN", { ...target, arn: "alerts" }, "it is the ARN"],
        ["two inputs", { ...transformed('"a"'), input: "{}" }, "Only one of Input, InputPath"],
        ["a text without quotes", transformed("<state> it is", { state: "$.detail.state" }), "it is not JSON"],
        ["an unknown variable", transformed('"<state>"'), "the variable state is not in InputPathsMap"],
        ["a path", transformed('"<state>"', { state: "detail.state" }), "detail.state is no JSON path"],
    ])("%s", (_, inputs, message) => {
        expect(checkFailures(EVENT_TARGET, inputs)).toContainEqual(expect.stringContaining(message));
    });

    it("nothing of a sound one", () => {
        const paths = { state: "$.detail.state", at: "$.resources[0]" };
        expect(checkFailures(EVENT_TARGET, transformed('"<state>"\n"at <at>"', paths))).toEqual([]);
        expect(checkFailures(EVENT_TARGET, transformed('{"state": <state>, "at": "it is <at>"}', paths))).toEqual([]);
    });

    it("a topic that does not exist", () => {
        expect(() => account.make("target", { ...target, arn: `${topicArn}-2` })).toThrow(/does not exist/);
    });

    it("a sixth target", () => {
        for (let index = 1; index <= 5; index++) account.make("target", { ...target, targetId: `topic-${index}` });
        expect(() => account.make("target", { ...target, targetId: "topic-6" })).toThrow(/LimitExceededException/);
    });

    it("to delete a rule that has targets", () => {
        expect(() => account.remove("rule", rule)).toThrow(/ValidationException/);
    });
});

describe("what RDS refuses of an event subscription", () => {
    const subscription = { name: "events", snsTopic: topicArn, sourceType: "db-instance" };

    it.each<[string, Properties, string]>([
        ["a type of source", { ...subscription, sourceType: "database" }, "sourceType must be one of db-instance"],
        [
            "a category of no such source",
            { ...subscription, eventCategories: ["global failover"] },
            "is not a category of",
        ],
        [
            "sources without a type",
            { ...subscription, sourceType: undefined, sourceIds: ["shop"] },
            "SourceType must be",
        ],
        ["a FIFO topic", { ...subscription, snsTopic: `${topicArn}.fifo` }, "ARN of a standard topic"],
        ["a name with a dot", { ...subscription, name: "events.of" }, "a letter first"],
    ])("%s", (_, inputs, message) => {
        expect(checkFailures(EVENT_SUBSCRIPTION, inputs)).toContainEqual(expect.stringContaining(message));
    });

    it("a topic and a source that do not exist", () => {
        expect(() => account.make("subscription", { ...subscription, snsTopic: `${topicArn}-2` })).toThrow(
            /SNSTopicArnNotFound/,
        );
        expect(() => account.make("subscription", { ...subscription, sourceIds: ["shop"] })).toThrow(
            /SourceNotFound.*Source shop not found/s,
        );
    });

    it("nothing of a sound one, and answers with the account", () => {
        const { outputs } = account.made("subscription", { ...subscription, eventCategories: ["low storage"] });
        expect(outputs.customerAwsId).toMatch(/^\d{12}$/);
    });
});
