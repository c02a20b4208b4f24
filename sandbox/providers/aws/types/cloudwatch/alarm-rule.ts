import { partitionOf } from "@plinth/facts";
import type { Creation, Inputs, Rejection, Uniqueness } from "../../resource-type";
import { isMissingTopic } from "../sns/topic";

/* What both kinds of alarm have in common. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */

export const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

export const VALIDATION = "ValidationError";
const ACTIONS = ["alarmActions", "okActions", "insufficientDataActions"];

/** An action is the ARN of what is to be done, or of what is notified. */
const actionForm = /^arn:aws[a-z-]*:(sns|automate|swf|autoscaling|ssm|ssm-incidents|lambda|aiops|ec2):/;

/** What CloudWatch refuses of either kind. */
export const alarmRules: Rejection<Inputs>[] = [
    ...ACTIONS.map(
        (at): Rejection<Inputs> => ({
            code: VALIDATION,
            at,
            when: (inputs) => inputs.list(at).length > 5,
            say: (inputs) => `an alarm has up to 5 actions for a state, got ${inputs.list(at).length}`,
        }),
    ),
    ...ACTIONS.map(
        (at): Rejection<Inputs> => ({
            code: VALIDATION,
            at,
            when: (inputs) => inputs.texts(at).some((action) => !actionForm.test(action)),
            say: (inputs) => `Invalid arn syntax: ${inputs.texts(at).find((action) => !actionForm.test(action)) ?? ""}`,
        }),
    ),
];

/** Topics of this account that are named by an action exist; CloudWatch itself would find out when it notifies. */
export const topicsExist = ACTIONS.map(
    (at): Rejection<Creation> => ({
        code: VALIDATION,
        at,
        when: (creation) => missingTopic(creation, at) !== undefined,
        say: (creation) => `the topic ${missingTopic(creation, at)} does not exist`,
    }),
);

function missingTopic(creation: Creation, at: string): string | undefined {
    return creation.inputs.texts(at).find((action) => isMissingTopic(creation, action));
}

export function nameRule(field: string): Rejection<Inputs> {
    return {
        code: VALIDATION,
        at: field,
        when: (inputs) => inputs.has(field) && (inputs.text(field) === "" || inputs.text(field).length > 255),
        say: () => "the name of an alarm has 1 to 255 characters",
    };
}

/** Putting an alarm of a name that exists changes that alarm: two resources of a program would be one. Both kinds share their names. */
export function oneName(field: string): Uniqueness {
    return {
        code: VALIDATION,
        at: field,
        key: ({ inputs }) => inputs.text(field) || undefined,
        say: (inputs) => `an alarm named ${inputs.text(field)} exists already`,
    };
}

export function alarmArn(region: string, accountId: string, name: string): string {
    return `arn:${partitionOf(region).name}:cloudwatch:${region}:${accountId}:alarm:${name}`;
}
