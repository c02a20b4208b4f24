import { Budgets, budgetProblems, budgetSettings, problemAt } from "@plinth/components";
import { estimate, MissingPricesError, type PlannedResource, usageSettings } from "@plinth/cost";
import * as pulumi from "@pulumi/pulumi";
import { optionalPart } from "../part";
import { notificationsPart } from "./notifications";

/** What the platform costs in a month, estimated from what it creates, and the budgets that compare it with the bill. */
export const costPart = optionalPart({
    key: "cost",
    presence: "by default",
    needs: { notifications: notificationsPart },
    settings: budgetSettings.extend({
        /** What the stack uses in a month, of what is charged by use. */
        usage: usageSettings,
    }),
    problems: ({ usage: _, ...budget }, where, { given, specs: { notifications } }) => {
        const asked = (["monthlyUsd", "componentMonthlyUsd"] as const).filter((key) => given[key] !== undefined);
        return [
            ...budgetProblems(where, budget),
            ...(isTold(budget, notifications) ? [] : asked).map((key) =>
                problemAt(
                    `${where}.${key}`,
                    `is a budget that nobody is told of; give ${where}.emails too, or do not set plinth:notifications to false`,
                ),
            ),
        ];
    },
    create: ({ usage, ...budget }, { platform, region, planned, made, options }) => {
        const today = new Date().toISOString().slice(0, 10);
        const estimated = estimateOf(planned(), { region, usage, today });
        const { notifications } = made;
        // A budget that nobody is told of is none.
        const estimatedUsd = isTold(budget, notifications) && estimated ? Math.ceil(estimated.total) : undefined;
        const budgets = new Budgets(
            "cost",
            {
                ...{ ...budget, platform },
                monthlyUsd: budget.monthlyUsd ?? estimatedUsd,
                topicArn: notifications?.topicArn,
                dependsOn: notifications?.ready,
            },
            options,
        );
        return { estimated, budgets };
    },
    outputs: ({ estimated, budgets }) => ({
        cost: { estimatedMonthlyUsd: estimated?.total, estimate: estimated, budgetNames: budgets.budgetNames },
    }),
});

/** Whether somebody would be told of a budget. */
function isTold({ emails }: { emails: readonly string[] }, notifications: object | undefined): boolean {
    return notifications !== undefined || emails.length > 0;
}

/**
 * US dollars in a month, in whole cents: all, what the plan decides, what use decides, and by component. Undefined, with a warning,
 * where a price is missing: that is no reason not to create a stack.
 */
function estimateOf(plan: PlannedResource[], options: Parameters<typeof estimate>[1]) {
    try {
        const { monthlyUsd, components } = estimate(plan, options);
        return {
            ...{ total: cents(monthlyUsd.total), fixed: cents(monthlyUsd.fixed), usage: cents(monthlyUsd.usage) },
            components: Object.fromEntries(components.map(({ component, total }) => [component, cents(total)])),
        };
    } catch (error) {
        if (!(error instanceof MissingPricesError)) throw error;
        const without = "without plinth:cost.monthlyUsd, the stack has no budget";
        void pulumi.log.warn(`The stack's cost is not estimated: ${error.message}\n${without}`);
        return undefined;
    }
}

function cents(usd: number): number {
    return Math.round(usd * 100) / 100;
}
