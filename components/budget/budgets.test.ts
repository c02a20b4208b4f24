import { expect, it } from "vitest";
import { defaultsOf } from "../settings";
import { inputsOf, rehearse } from "../testing/mocks";
import { platform } from "../testing/specs";
import { type BudgetSpec, Budgets, budgetProblems, budgetSettings } from ".";

const spec = defaultsOf(budgetSettings, { tier: "prod" });
const topicArn = "arn:aws:sns:eu-west-1:123456789012:alerts";
const make = (preview: boolean, change: Partial<BudgetSpec> = {}) =>
    rehearse(preview, (options) => new Budgets("cost", { ...spec, ...change, platform, topicArn }, options));

it.each([true, false])("counts what carries the stack's tags (preview: %s)", async (preview) => {
    const { resources } = await make(preview, { monthlyUsd: 217 });
    expect(inputsOf(resources, "cost-stack")).toMatchObject({
        name: "shop-test-cost-stack",
        ...{ budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "217", limitUnit: "USD", metrics: "UnblendedCost" },
        filterExpression: {
            ands: [{ tags: { key: "Project", values: ["shop"] } }, { tags: { key: "Stack", values: ["test"] } }],
        },
    });
});

it("notifies topic and addresses at 80 % of what is spent and at all of what is forecast", async () => {
    const { resources } = await make(true, { monthlyUsd: 100, emails: ["costs@example.com"] });
    const common = {
        ...{ thresholdType: "PERCENTAGE", comparisonOperator: "GREATER_THAN" },
        ...{ subscriberEmailAddresses: ["costs@example.com"], subscriberSnsTopicArns: [topicArn] },
    };
    expect(inputsOf(resources, "cost-stack").notifications).toEqual([
        { ...common, notificationType: "ACTUAL", threshold: 80 },
        { ...common, notificationType: "FORECASTED", threshold: 100 },
    ]);
});

it("counts a component's own by its tag besides", async () => {
    const { resources, made } = await make(true, { componentMonthlyUsd: { database: 40 } });
    expect(inputsOf(resources, "cost-database").filterExpression).toMatchObject({
        ands: [{}, {}, { tags: { key: "Component", values: ["database"] } }],
    });
    expect([made.nodes.stack, Object.keys(made.nodes.components)]).toEqual([undefined, ["database"]]);
});

it.each<[string, Partial<BudgetSpec>, RegExp]>([
    ["no money", { monthlyUsd: 0 }, /monthlyUsd: 0 is out of range; give 1 to 10000000/],
    ["an address twice", { emails: ["a@b.example", "a@b.example"] }, /emails: has a@b.example twice/],
    [
        "more addresses than a budget has",
        { emails: Array.from({ length: 11 }, (_, index) => `a${index}@b.example`) },
        /emails: has 11 addresses, and a budget takes 10/,
    ],
    ["a per cent above all", { alertPercent: 120 }, /alertPercent/],
])("refuses %s", (_, change, text) => {
    expect(budgetProblems("c", { ...spec, ...change }).map((problem) => problem.text)).toEqual([
        expect.stringMatching(text),
    ]);
});
