import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type Transform, transformed } from "../transform";
import { throwIfInvalid } from "../validation";
import { budgetProblems } from "./rules";
import type { BudgetSpec } from "./spec";

export interface BudgetsArgs extends BudgetSpec, ComponentArgs {
    /** A topic that is notified too. Its policy and its key have to let `budgets.amazonaws.com` publish. */
    topicArn?: pulumi.Input<string>;
    /** What must exist before the budgets notify the topic: its policy. */
    dependsOn?: pulumi.Resource[];
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: { budget?: Transform<aws.budgets.BudgetArgs> };
}

/** The raw resources of {@link Budgets}. */
export interface BudgetsNodes {
    /** The stack's, where it has one. */
    stack?: aws.budgets.Budget;
    /** By the name of the component. */
    components: Record<string, aws.budgets.Budget>;
}

/**
 * What the stack may cost in a month, and single components of it. AWS compares it with the bill several times a day, and notifies
 * when part of it is spent, and when its forecast is above it. AWS charges nothing for a budget that only notifies.
 *
 * A budget counts what carries the stack's tags, so the account that pays has to activate them as cost allocation tags once:
 * `Project`, `Stack` and, for budgets of components, `Component`. Until then every budget stays at zero.
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 * @see https://aws.amazon.com/aws-cost-management/aws-budgets/pricing/
 */
export class Budgets extends Component {
    /** The names of the budgets. */
    public readonly budgetNames: pulumi.Output<string>[];
    /** The raw resources. */
    public readonly nodes: BudgetsNodes;

    private readonly args: BudgetsArgs;

    constructor(name: string, args: BudgetsArgs, options?: pulumi.ComponentResourceOptions) {
        throwIfInvalid(`Budgets "${name}"`, budgetProblems(name, args));
        super("plinth:budget:Budgets", name, args, options);
        this.args = args;
        const stack =
            args.monthlyUsd === undefined ? undefined : this.createBudget("stack", args.monthlyUsd, this.stackTags());
        const components = Object.entries(args.componentMonthlyUsd).map(
            ([component, usd]): [string, aws.budgets.Budget] => [
                component,
                this.createBudget(component, usd, { ...this.stackTags(), Component: component }),
            ],
        );
        this.nodes = { stack, components: Object.fromEntries(components) };
        const all = [...(stack ? [stack] : []), ...Object.values(this.nodes.components)];
        this.budgetNames = all.map((budget) => budget.name);
        this.registerOutputs({ budgetNames: this.budgetNames });
    }

    private createBudget(part: string, usd: number, tags: Readonly<Record<string, string>>): aws.budgets.Budget {
        const { alertPercent } = this.args;
        const args: aws.budgets.BudgetArgs = {
            name: this.physicalName(nameLimits.budget, part),
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitUnit: "USD",
            limitAmount: String(usd),
            metrics: "UnblendedCost",
            filterExpression: filterOf(tags),
            notifications: [this.notification("ACTUAL", alertPercent), this.notification("FORECASTED", 100)],
            tags: this.tags(part),
        };
        return new aws.budgets.Budget(this.childName(part), transformed(this.args.transform?.budget, args), {
            ...this.child,
            dependsOn: this.args.dependsOn,
        });
    }

    private notification(notificationType: "ACTUAL" | "FORECASTED", threshold: number) {
        const { emails, topicArn } = this.args;
        return {
            ...{ notificationType, threshold, thresholdType: "PERCENTAGE", comparisonOperator: "GREATER_THAN" },
            ...(emails.length > 0 ? { subscriberEmailAddresses: emails } : {}),
            ...(topicArn === undefined ? {} : { subscriberSnsTopicArns: [topicArn] }),
        };
    }

    /** The tags that tell the stack's resources from all others. */
    private stackTags(): Record<string, string> {
        const { Project, Stack } = this.platform.tags;
        return Object.fromEntries(
            Object.entries({ Project, Stack }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
        );
    }
}

/** What carries all of the tags. AWS takes a conjunction of two or more. */
function filterOf(tags: Readonly<Record<string, string>>): aws.types.input.budgets.BudgetFilterExpression | undefined {
    const [first, ...others] = Object.entries(tags).map(([key, value]) => ({ tags: { key, values: [value] } }));
    return first && others.length > 0 ? { ands: [first, ...others] } : first;
}
