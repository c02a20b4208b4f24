import type { View } from "../../graph/graph";
import { elements, field, hasUnknown, type Reading, text } from "../../graph/reading";
import { types } from "../../graph/types";
import type { Rule } from "../../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../../verdict";
import { mustNotBePublic, onDocuments } from "../checks";
import { aws, customerKey, isAtLeast, isNoneOf, isTrue, onInputs, whenSet } from "../inputs";
import { entriesOf } from "../kubernetes-objects";

const trail = aws("cloudtrail/trail");

const trailOn = onInputs({
    id: "trail-enabled",
    title: "CloudTrail's trails are on",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["CloudTrail.3"], checkov: ["CKV_AWS_251"] },
    remedy: "Leave out enableLogging, or set it to true.",
    appliesTo: [trail],
    inputs: { enableLogging: whenSet(isTrue) },
});

const trailEverywhere = onInputs({
    id: "trail-of-all-regions",
    title: "CloudTrail's trails log all regions, and their files can be validated",
    severity: "medium",
    enforcement: "advisory",
    controls: {
        securityHub: ["CloudTrail.1", "CloudTrail.4"],
        cis: [
            ...["AWS Foundations 5.0 §3.1", "AWS Foundations 5.0 §3.2"],
            ...["AWS Foundations 7.0 §4.1", "AWS Foundations 7.0 §4.2"],
        ],
        checkov: ["CKV_AWS_36", "CKV_AWS_67"],
    },
    remedy: "Set isMultiRegionTrail: true and enableLogFileValidation: true.",
    appliesTo: [trail],
    inputs: { isMultiRegionTrail: isTrue, enableLogFileValidation: isTrue },
});

const trailKey = customerKey({
    id: "trail-encrypted-with-customer-key",
    of: "CloudTrail's logs",
    types: [trail],
    input: "kmsKeyId",
    controls: {
        securityHub: ["CloudTrail.2"],
        cis: ["AWS Foundations 5.0 §3.5", "AWS Foundations 7.0 §4.5"],
        checkov: ["CKV_AWS_35"],
    },
});

const logsKept = onInputs({
    id: "log-group-retention-stated",
    title: "Log groups keep their events for a stated time",
    severity: "low",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_66"] },
    remedy: "Set retentionInDays: without it, or with 0, events are kept and paid for forever.",
    appliesTo: [types.logGroup],
    inputs: { retentionInDays: isAtLeast(1) },
});

const busNotPublic = onDocuments({
    id: "event-and-log-policy-not-public",
    title: "Policies of event buses and log destinations do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { cis: ["AWS Foundations 7.0 §2.21"] },
    remedy: "Name principals, or limit the statement by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn.",
    appliesTo: [
        ...[aws("cloudwatch/eventBusPolicy"), aws("cloudwatch/logDestinationPolicy")],
        ...[aws("cloudwatch/logResourcePolicy"), aws("cloudwatch/eventPermission")],
    ],
    judge: (view) => {
        if (view.type === aws("cloudwatch/logDestinationPolicy")) return mustNotBePublic(view, "accessPolicy");
        if (view.type === aws("cloudwatch/logResourcePolicy")) return mustNotBePublic(view, "policyDocument");
        if (view.type === aws("cloudwatch/eventBusPolicy")) return mustNotBePublic(view);
        return view.read("condition").is === "absent" ? isNoneOf("*")(view.read("principal"), "principal") : satisfied;
    },
});

/** The dimensions that tell of which database an alarm is. */
const databaseDimensions = ["DBInstanceIdentifier", "DBClusterIdentifier"];

const databaseWatched: Rule = {
    id: "database-has-alarm",
    title: "Databases have an alarm",
    severity: "low",
    enforcement: "advisory",
    controls: {},
    remedy: "Give the database an aws.cloudwatch.MetricAlarm with DBInstanceIdentifier or DBClusterIdentifier among its dimensions, for example on FreeStorageSpace.",
    appliesTo: [types.databaseInstance, types.databaseCluster],
    judge: (database) => {
        const isNamed = (alarm: View) => {
            const names = databaseDimensions.flatMap((key) => text(field(alarm.read("dimensions"), key)) ?? []);
            const own = ["identifier", "clusterIdentifier"].flatMap((key) => text(database.read(key)) ?? []);
            return names.some((name) => own.includes(name));
        };
        const alarms = database.allOfTypes([types.alarm]);
        const inputs = ["dimensions", "metricQueries"];
        const watches = (alarm: View) => inputs.some((key) => alarm.follow(key).includes(database)) || isNamed(alarm);
        if (alarms.some(watches)) return satisfied;
        const open = alarms.find(
            (alarm) =>
                (entriesOf(alarm.read("dimensions")) ?? []).some(([, value]) => value.is === "unknown") &&
                alarm.follow("dimensions").length === 0,
        );
        return open ? unknown(`${open.name} may be its alarm`) : violated("no alarm of the stack watches it");
    },
};

const budgetNotifies: Rule = {
    id: "budget-notifies",
    title: "Budgets notify somebody",
    severity: "low",
    enforcement: "advisory",
    controls: {},
    remedy: "Give notifications with subscriberEmailAddresses or subscriberSnsTopicArns.",
    judges: "inputs",
    appliesTo: [aws("budgets/budget")],
    judge: (budget) => {
        const notifications = budget.read("notifications");
        if (notifications.is === "unknown") return unknown("notifications is not known yet");
        const listed = elements(notifications) ?? [];
        if (listed.length === 0) return violated("notifications is not set");
        return all(listed.map(judgeNotification));
    },
};

function judgeNotification(notification: Reading): Verdict {
    const subscribers = ["subscriberEmailAddresses", "subscriberSnsTopicArns"].map((key) => field(notification, key));
    const isNobody = subscribers.every((one) => one.is === "absent" || elements(one)?.length === 0);
    return isNobody ? violated("a notification has no subscribers") : satisfied;
}

/** A policy of the stack is no administrator's: AWS's own are named by their ARNs. */
const chatGuarded: Rule = {
    id: "chat-channel-guarded",
    title: "Channels of chats have guardrail policies, and not an administrator's",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy:
        "Give guardrailPolicyArns with what people in the channel may do at most, such as an aws.iam.Policy that reads alarms: " +
        "without them, AdministratorAccess is the guardrail.",
    appliesTo: [aws("chatbot/slackChannelConfiguration"), aws("chatbot/teamsChannelConfiguration")],
    judge: (channel) => {
        const guardrails = channel.read("guardrailPolicyArns");
        const listed = elements(guardrails);
        if (guardrails.is === "absent" || listed?.length === 0) return violated("guardrailPolicyArns is not set");
        const unseen = !channel.comesFromStack("guardrailPolicyArns") && (listed ?? [guardrails]).some(hasUnknown);
        if (unseen) return unknown("guardrailPolicyArns is not known yet");
        const known = (listed ?? []).map((one) => text(one) ?? "");
        const administrators = known.find((arn) =>
            /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/.test(arn),
        );
        return administrators === undefined ? satisfied : violated(`guardrailPolicyArns has ${administrators}`);
    },
};

export const monitoringRules: readonly Rule[] = [
    trailOn,
    trailEverywhere,
    trailKey,
    logsKept,
    busNotPublic,
    databaseWatched,
    budgetNotifies,
    chatGuarded,
];
