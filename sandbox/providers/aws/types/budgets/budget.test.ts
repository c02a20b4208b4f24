import { expect, it, vi } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";
import { BUDGET } from "./budget";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const notification = {
    ...{ comparisonOperator: "GREATER_THAN", threshold: 80, thresholdType: "PERCENTAGE", notificationType: "ACTUAL" },
    subscriberEmailAddresses: ["costs@example.com"],
};
const budget = {
    ...{ name: "shop", budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "100", limitUnit: "USD" },
    ...{ metrics: "UnblendedCost", filterExpression: { tags: { key: "Stack", values: ["dev"] } } },
    notifications: [notification],
};

it.each<[string, Properties, string]>([
    ["a name with a colon", { name: "a:b" }, "without : and"],
    ["an unknown kind", { budgetType: "MONEY" }, "COST"],
    ["an unknown period", { timeUnit: "WEEKLY" }, "MONTHLY"],
    ["no money", { limitAmount: "0" }, "greater than 0"],
    ["filters of both kinds", { costFilters: [{ name: "Service", values: ["a"] }] }, "in the place of CostFilters"],
    ["a filter without what it counts", { metrics: null }, "needs Metrics"],
    ["six notifications", { notifications: Array.from({ length: 6 }, () => notification) }, "up to 5 notifications"],
    [
        "a notification to nobody",
        { notifications: [{ ...notification, subscriberEmailAddresses: [] }] },
        "a subscriber",
    ],
    [
        "eleven addresses",
        {
            notifications: [
                { ...notification, subscriberEmailAddresses: Array.from({ length: 11 }, (_, n) => `a${n}@b.c`) },
            ],
        },
        "up to 10 e-mail addresses",
    ],
])("AWS Budgets refuses %s", (_, change, message) => {
    expect(checkFailures(BUDGET, { ...budget, ...change })).toContainEqual(expect.stringContaining(message));
});

it("AWS Budgets refuses nothing of a sound budget, a topic that does not exist, and a name that is taken", () => {
    expect(checkFailures(BUDGET, budget)).toEqual([]);
    const account = new TestAccount({ first: BUDGET, second: BUDGET });
    const subscriberSnsTopicArns = ["arn:aws:sns:eu-west-1:123456789012:none"];
    const toTopic = { ...budget, notifications: [{ ...notification, subscriberSnsTopicArns }] };
    expect(() => account.make("first", toTopic)).toThrow(/InvalidParameterException.*topic/);
    account.make("first", budget);
    expect(() => account.make("second", budget)).toThrow(/DuplicateRecordException/);
});
