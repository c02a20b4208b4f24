import { specProblems } from "../settings";
import { type Problem, type Rule, repeated } from "../validation";
import { type NotificationsSpec, notificationsSettings } from "./spec";

const rules: Rule<NotificationsSpec>[] = [
    {
        at: "topicArn",
        when: ({ topicArn, emails, httpsEndpoints, slack, teams }) =>
            topicArn !== undefined && emails.length + httpsEndpoints.length + slack.length + teams.length > 0,
        say: () =>
            "stands beside emails, httpsEndpoints, slack or teams, which are for the stack's own topic; subscribe them where the topic is made, or leave it out",
    },
    {
        at: "emails",
        when: ({ emails }) => repeated(emails) !== undefined,
        say: ({ emails }) => `has ${repeated(emails)} twice; leave one out`,
    },
    {
        at: "httpsEndpoints",
        when: ({ httpsEndpoints }) => repeated(httpsEndpoints) !== undefined,
        // Which one is not said: there are keys in these addresses.
        say: ({ httpsEndpoints }) =>
            `has the address at ${httpsEndpoints.lastIndexOf(repeated(httpsEndpoints) ?? "")} twice; leave one out`,
    },
    {
        at: "slack",
        when: ({ slack }) => repeated(slack.map(({ channelId }) => channelId)) !== undefined,
        say: ({ slack }) => `has the channel ${repeated(slack.map(({ channelId }) => channelId))} twice; leave one out`,
    },
    {
        at: "teams",
        when: ({ teams }) => repeated(teams.map(({ channelId }) => channelId)) !== undefined,
        say: ({ teams }) => `has the channel ${repeated(teams.map(({ channelId }) => channelId))} twice; leave one out`,
    },
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function notificationsProblems(where: string, spec: NotificationsSpec): Problem[] {
    return specProblems(where, notificationsSettings, spec, rules);
}
