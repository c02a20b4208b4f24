import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Parent } from "../../component";
import { nameLimits } from "../../naming";
import type { EventRulePlan, EventSubscriptionPlan } from "./pattern";
import type { EventsPlan } from "./plan";

/** What events are sent to, and whether they are. */
export interface EventsArgs {
    topicArn: pulumi.Input<string>;
    notify: boolean;
    /** Where the runbooks are. */
    runbooks: string;
    dependsOn: pulumi.Resource[];
}

/** The raw resources of events that reach the topic, by their part of names. */
export interface EventNodes {
    subscriptions: Record<string, aws.rds.EventSubscription>;
    rules: Record<string, aws.cloudwatch.EventRule>;
    targets: Record<string, aws.cloudwatch.EventTarget>;
}

/** Creates what a plan has, as children of `parent`. Without `notify` all of it is disabled, and nothing is replaced. */
export function createEvents(parent: Parent, plan: EventsPlan, args: EventsArgs): EventNodes {
    const rules = plan.rules.map((rule) => ({ rule, made: createRule(parent, rule, args) }));
    return {
        subscriptions: Object.fromEntries(
            plan.subscriptions.map((each) => [each.part, createSubscription(parent, each, args)]),
        ),
        rules: Object.fromEntries(rules.map(({ rule, made }) => [rule.part, made])),
        targets: Object.fromEntries(rules.map(({ rule, made }) => [rule.part, createTarget(parent, rule, made, args)])),
    };
}

function createSubscription(
    parent: Parent,
    { part, sourceType, sourceIds, categories }: EventSubscriptionPlan,
    { topicArn, notify, dependsOn }: EventsArgs,
): aws.rds.EventSubscription {
    return new aws.rds.EventSubscription(
        parent.childName(part),
        {
            name: parent.physicalName(nameLimits.eventSubscription, part),
            snsTopic: topicArn,
            ...{ sourceType, sourceIds, eventCategories: [...categories], enabled: notify },
            tags: parent.tags(part),
        },
        // RDS publishes a first message at once, and refuses a topic that does not let it.
        { ...parent.options, dependsOn },
    );
}

function createRule(parent: Parent, rule: EventRulePlan, { notify }: EventsArgs): aws.cloudwatch.EventRule {
    return new aws.cloudwatch.EventRule(
        parent.childName(rule.part),
        {
            name: parent.physicalName(nameLimits.eventRule, rule.part),
            description: rule.meaning,
            eventPattern: pulumi.jsonStringify(rule.pattern),
            state: notify ? "ENABLED" : "DISABLED",
            tags: parent.tags(rule.part),
        },
        parent.options,
    );
}

function createTarget(
    parent: Parent,
    { part, meaning, values, text }: EventRulePlan,
    rule: aws.cloudwatch.EventRule,
    { topicArn, runbooks, dependsOn }: EventsArgs,
): aws.cloudwatch.EventTarget {
    return new aws.cloudwatch.EventTarget(
        parent.childName(`${part}-target`),
        {
            rule: rule.name,
            targetId: "notifications",
            arn: topicArn,
            // A template that is a text has to be in quotes, as it has to be JSON.
            inputTransformer: {
                inputPaths: values,
                inputTemplate: JSON.stringify(`${meaning}. ${text}. Runbook: ${runbooks}/events.md#${part}`),
            },
        },
        { ...parent.options, dependsOn },
    );
}
