import { type Inputs, malformed, type Rejection, type ResourceType, unlisted } from "../../resource-type";
import { TOPIC } from "../sns/topic";

export const BUDGET = "aws:budgets/budget:Budget";

const INVALID = "InvalidParameterException";

/** What AWS assumes where a budget says nothing of what it counts. */
const allCosts = {
    includeCredit: true,
    includeDiscount: true,
    includeOtherSubscription: true,
    includeRecurring: true,
    includeRefund: true,
    includeSubscription: true,
    includeSupport: true,
    includeTax: true,
    includeUpfront: true,
    useAmortized: false,
    useBlended: false,
};

interface Notification {
    subscriberEmailAddresses?: string[];
    subscriberSnsTopicArns?: string[];
    threshold?: number;
}

const notificationsOf = (inputs: Inputs): Notification[] => (inputs.plain("notifications") ?? []) as Notification[];

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html */
const rules: Rejection<Inputs>[] = [
    malformed("name", /^[^:\\]{1,100}$/, "1 to 100 characters without : and \\", INVALID),
    unlisted(
        "budgetType",
        [
            ...["COST", "USAGE", "RI_UTILIZATION", "RI_COVERAGE"],
            ...["SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE"],
        ],
        INVALID,
    ),
    unlisted("timeUnit", ["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"], INVALID),
    {
        code: INVALID,
        at: "limitAmount",
        when: (inputs) => inputs.has("limitAmount") && !(Number(inputs.text("limitAmount")) > 0),
        say: (inputs) => `BudgetLimit must be greater than 0, not ${inputs.text("limitAmount")}`,
    },
    {
        code: INVALID,
        at: "filterExpression",
        when: (inputs) => inputs.has("filterExpression") && (inputs.has("costFilters") || inputs.has("costTypes")),
        say: () => "FilterExpression and Metrics stand in the place of CostFilters and CostTypes",
    },
    {
        code: INVALID,
        at: "metrics",
        when: (inputs) => inputs.has("filterExpression") !== inputs.has("metrics"),
        say: () => "FilterExpression needs Metrics, and Metrics need FilterExpression",
    },
    {
        code: INVALID,
        at: "notifications",
        when: (inputs) => notificationsOf(inputs).length > 5,
        say: () => "a budget has up to 5 notifications",
    },
    {
        code: INVALID,
        at: "notifications",
        when: (inputs) => notificationsOf(inputs).some((one) => subscribers(one).length === 0),
        say: () => "each notification needs a subscriber",
    },
    {
        code: INVALID,
        at: "notifications",
        when: (inputs) =>
            notificationsOf(inputs).some(
                ({ subscriberEmailAddresses = [], subscriberSnsTopicArns = [] }) =>
                    subscriberEmailAddresses.length > 10 || subscriberSnsTopicArns.length > 1,
            ),
        say: () => "a notification has up to 10 e-mail addresses and one topic",
    },
];

const subscribers = ({ subscriberEmailAddresses = [], subscriberSnsTopicArns = [] }: Notification) => [
    ...subscriberEmailAddresses,
    ...subscriberSnsTopicArns,
];

export const budgets: Record<string, ResourceType> = {
    [BUDGET]: {
        id: ({ inputs, accountId }) => `${accountId}:${inputs.text("name")}`,
        outputs: ({ inputs, accountId, partition }) => ({
            arn: `arn:${partition}:budgets::${accountId}:budget/${inputs.text("name")}`,
            accountId,
            namePrefix: "",
            limitAmount: inputs.text("limitAmount"),
            limitUnit: inputs.text("limitUnit"),
            timePeriodStart: inputs.text("timePeriodStart") || "2026-11-01_00:00",
            ...(inputs.has("filterExpression") ? {} : { costTypes: inputs.plain("costTypes") ?? allCosts }),
        }),
        name: "name",
        exists: "DuplicateRecordException",
        rejects: rules,
        conflicts: [
            {
                code: INVALID,
                at: "notifications",
                when: ({ inputs, find }) =>
                    notificationsOf(inputs)
                        .flatMap(({ subscriberSnsTopicArns = [] }) => subscriberSnsTopicArns)
                        .some((arn) => !find(TOPIC, arn)),
                say: () => "the topic of a notification does not exist",
            },
        ],
        notFound: "NotFoundException",
    },
};
