import { elements } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { satisfied, violated } from "../verdict";
import { mustNameKey, mustNotBe, mustNotBePublicThroughServices, onDocuments } from "./checks";

const topicEncryptedAtRest: Rule = {
    id: "topic-encrypted-at-rest",
    title: "Topics encrypt their messages with a KMS key",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["SNS.1"], checkov: ["CKV_AWS_26"] },
    remedy: "Set kmsMasterKeyId to a KMS key whose policy lets the topic's publishers use it.",
    appliesTo: [types.topic],
    judge: (topic) => mustNameKey(topic, "kmsMasterKeyId"),
};

const topicPolicyNotPublic = onDocuments({
    id: "topic-policy-not-public",
    title: "Topic policies do not allow public access, nor a service to act for any account",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["SNS.4"], checkov: ["CKV_AWS_169"] },
    remedy: "Name principals, or limit the statement by aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.",
    appliesTo: [types.topic, types.topicPolicy],
    judge: mustNotBePublicThroughServices,
});

const alarmNotifies: Rule = {
    id: "alarm-notifies",
    title: "Alarms notify somebody",
    severity: "medium",
    enforcement: "advisory",
    controls: { securityHub: ["CloudWatch.15"], checkov: ["CKV_AWS_319"] },
    remedy: "Give alarmActions the ARN of a topic, and leave actionsEnabled out or true.",
    appliesTo: [types.alarm, types.compositeAlarm],
    judge: (alarm) => {
        const enabled = mustNotBe(alarm.read("actionsEnabled"), "actionsEnabled", ["false"]);
        if (enabled.is !== "satisfied") return enabled;
        const actions = alarm.read("alarmActions");
        const isEmpty = actions.is === "absent" || elements(actions)?.length === 0;
        return isEmpty ? violated("alarmActions is empty") : satisfied;
    },
};

export const notificationRules: readonly Rule[] = [topicEncryptedAtRest, topicPolicyNotPublic, alarmNotifies];
