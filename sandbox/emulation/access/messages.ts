import type { Entity } from "../../account/account";
import { byService } from "../../providers/aws/iam/service";
import { BUDGET } from "../../providers/aws/types/budgets/budget";
import { COMPOSITE_ALARM, METRIC_ALARM } from "../../providers/aws/types/cloudwatch/alarm-rule";
import { EVENT_RULE, EVENT_TARGET } from "../../providers/aws/types/events/rule";
import { EVENT_SUBSCRIPTION } from "../../providers/aws/types/rds/event-subscription";
import { TOPIC_SUBSCRIPTION } from "../../providers/aws/types/sns/topic";
import { isObject, type Value } from "../../rpc/values";
import type { AccountView } from "./account-view";
import { type Call, deliveries, type Need } from "./call";

/** What alarms, events, budgets and topics need to get their messages to where they are to go. */
export function messageCalls(view: AccountView): Call[] {
    return [
        ...view.all(METRIC_ALARM, COMPOSITE_ALARM).flatMap((alarm) => alarmCalls(alarm, view)),
        ...view.all(EVENT_TARGET).flatMap((target) => eventCalls(target, view)),
        ...view.all(EVENT_SUBSCRIPTION).flatMap((one) => subscriptionCalls(one, view)),
        ...view.all(BUDGET).flatMap((budget) => budgetCalls(budget, view)),
        ...view.all(TOPIC_SUBSCRIPTION).flatMap((one) => topicCalls(one, view)),
    ];
}

const texts = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html */
function alarmCalls(alarm: Entity, view: AccountView): Call[] {
    const { alarmActions, okActions, insufficientDataActions } = alarm.inputs;
    const plain = from("alarm", `the alarm ${alarm.id}`, "cloudwatch.amazonaws.com", alarm);
    // By this key the policy that SNS gives a new topic lets alarms publish.
    const need = {
        ...plain,
        context: { ...plain.context, "aws:sourceowner": plain.context["aws:sourceaccount"] ?? null },
    };
    const targets = new Set([alarmActions, okActions, insufficientDataActions].flatMap(texts));
    return [...targets].flatMap((arn) => deliveries(need, arn, view));
}

/**
 * EventBridge gives a topic nothing to make a condition on, and gives a queue and a function the rule.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
function eventCalls(target: Entity, view: AccountView): Call[] {
    const arn = String(target.inputs.arn);
    // A role of the target's own takes the place of the resource's policy.
    if (target.inputs.roleArn) return [];
    const rule = view.find(EVENT_RULE, String(target.inputs.rule));
    const toTopic = arn.split(":")[2] === "sns";
    const source = { arn: toTopic ? null : String(rule?.outputs.arn), account: toTopic ? null : accountOf(arn) };
    const { principal, context } = byService("events.amazonaws.com", source);
    const need: Need = {
        kind: "event",
        need: `the rule ${target.inputs.rule}`,
        principal,
        context: toTopic ? { ...context, "aws:sourceowner": null } : context,
    };
    return deliveries(need, arn, view);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html */
function subscriptionCalls(subscription: Entity, view: AccountView): Call[] {
    const need = from(
        "database-event",
        `the event subscription ${subscription.id}`,
        "events.rds.amazonaws.com",
        subscription,
    );
    return deliveries(need, String(subscription.inputs.snsTopic), view);
}

/** https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html */
function budgetCalls(budget: Entity, view: AccountView): Call[] {
    const { notifications } = budget.inputs;
    const blocks = Array.isArray(notifications) ? notifications.filter(isObject) : [];
    const need = from("budget", `the budget ${budget.inputs.name}`, "budgets.amazonaws.com", budget);
    const topics = new Set(blocks.flatMap((block) => texts(block.subscriberSnsTopicArns)));
    return [...topics].flatMap((arn) => deliveries(need, arn, view));
}

/** https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html */
function topicCalls({ inputs, name }: Entity, view: AccountView): Call[] {
    const topic = String(inputs.topic);
    if (!["sqs", "lambda"].includes(String(inputs.protocol))) return [];
    const source = { arn: topic, account: accountOf(topic) };
    const need = { kind: "topic", need: `the subscription ${name}`, ...byService("sns.amazonaws.com", source) };
    return deliveries(need, String(inputs.endpoint), view);
}

/** A service that says for which resource of the account it comes. */
function from(kind: string, need: string, service: string, { outputs }: Entity): Need {
    const arn = String(outputs.arn);
    return { kind, need, ...byService(service, { arn, account: accountOf(arn) }) };
}

function accountOf(arn: string): string {
    return arn.split(":")[4] ?? "";
}
