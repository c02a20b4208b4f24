import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, keyed, later, made, on, policy, together } from "./foreign";

const database = made(aws.rds.Instance, "database", { identifier: "orders" });
const alarm = (dimensions: Readonly<Record<string, string | typeof later>>) =>
    made(aws.cloudwatch.MetricAlarm, "alarm", { dimensions });
const anyone = { Sid: "Anyone", Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: "*" };

const administrators = "arn:aws:iam::aws:policy/AdministratorAccess";
interface Guarded {
    guardrailPolicyArns?: readonly (string | ReturnType<typeof ref>)[];
}
const slack = (props: Guarded) => made(aws.chatbot.SlackChannelConfiguration, "channel", props);
const teams = (props: Guarded) => made(aws.chatbot.TeamsChannelConfiguration, "channel", props);

export const monitoring: ForeignCases = {
    "trail-enabled": on(aws.cloudtrail.Trail, {
        sound: [{}, { enableLogging: true }],
        bad: [[/enableLogging is false/, { enableLogging: false }]],
        unproved: [[/enableLogging is not known yet/, { enableLogging: later }]],
    }),
    "trail-of-all-regions": on(aws.cloudtrail.Trail, {
        sound: [{ isMultiRegionTrail: true, enableLogFileValidation: true }],
        bad: [[/isMultiRegionTrail is not set; enableLogFileValidation is not set/, {}]],
        unproved: [[/isMultiRegionTrail is not known/, { isMultiRegionTrail: later, enableLogFileValidation: true }]],
    }),
    "trail-encrypted-with-customer-key": keyed(aws.cloudtrail.Trail, "kmsKeyId"),
    "log-group-retention-stated": on(aws.cloudwatch.LogGroup, {
        sound: [{ retentionInDays: 30 }],
        bad: [
            [/retentionInDays is not set/, {}],
            [/retentionInDays is 0, less than 1/, { retentionInDays: 0 }],
        ],
        unproved: [[/retentionInDays is not known/, { retentionInDays: later }]],
    }),
    "event-and-log-policy-not-public": together(
        on(aws.cloudwatch.EventBusPolicy, {
            sound: [{ policy: policy({ ...anyone, Principal: { AWS: "123456789012" } }) }],
            bad: [[/"Anyone" of its policy allows public/, { policy: policy(anyone) }]],
            unproved: [[/its policy is not known yet/, { policy: later }]],
        }),
        on(aws.cloudwatch.LogDestinationPolicy, {
            sound: [],
            bad: [[/"Anyone"/, { accessPolicy: policy(anyone) }]],
            unproved: [],
        }),
        on(aws.cloudwatch.LogResourcePolicy, {
            sound: [],
            bad: [[/"Anyone"/, { policyDocument: policy(anyone) }]],
            unproved: [],
        }),
        on(aws.cloudwatch.EventPermission, {
            sound: [{ principal: "*", condition: { key: "aws:PrincipalOrgID", type: "StringEquals", value: "o-1" } }],
            bad: [[/principal is \*/, { principal: "*" }]],
            unproved: [[/principal is not known yet/, { principal: later }]],
        }),
    ),
    "database-has-alarm": {
        sound: [
            [database, alarm({ DBInstanceIdentifier: ref("database", "identifier") })],
            [database, alarm({ DBInstanceIdentifier: "orders" })],
        ],
        bad: [
            [/no alarm of the stack watches it/, database],
            [/no alarm of the stack watches it/, database, alarm({ DBInstanceIdentifier: "other" })],
        ],
        unproved: [[/alarm may be its alarm/, database, alarm({ DBInstanceIdentifier: later })]],
    },
    "budget-notifies": on(aws.budgets.Budget, {
        sound: [{ notifications: [{ threshold: 80, subscriberEmailAddresses: ["a@example.com"] }] }],
        bad: [
            [/notifications is not set/, {}],
            [/a notification has no subscribers/, { notifications: [{ threshold: 80 }] }],
        ],
        unproved: [[/notifications is not known/, { notifications: later }]],
    }),
    "chat-channel-guarded": {
        sound: [
            [made(aws.iam.Policy, "read", { policy: policy() }), slack({ guardrailPolicyArns: [ref("read", "arn")] })],
            [slack({ guardrailPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"] })],
            [teams({ guardrailPolicyArns: ["arn:aws:iam::123456789012:policy/read"] })],
        ],
        bad: [
            [/guardrailPolicyArns is not set/, slack({})],
            [/guardrailPolicyArns is not set/, teams({ guardrailPolicyArns: [] })],
            [/has arn:aws:iam::aws:policy\/AdministratorAccess/, slack({ guardrailPolicyArns: [administrators] })],
        ],
        unproved: [[/guardrailPolicyArns is not known yet/, slack({ guardrailPolicyArns: [later] })]],
    },
};
