import { specProblems } from "../settings";
import { type Problem, type Rule, repeated } from "../validation";
import { type NotificationsSpec, notificationsSettings } from "./spec";

const rules: Rule<NotificationsSpec>[] = [
    {
        at: "topicArn",
        when: ({ topicArn, emails, httpsEndpoints }) =>
            topicArn !== undefined && emails.length + httpsEndpoints.length > 0,
        say: () =>
            "stands beside emails or httpsEndpoints, which are for the stack's own topic; subscribe them where the topic is made, or leave it out",
    },
    ...(["emails", "httpsEndpoints"] as const).map(
        (at): Rule<NotificationsSpec> => ({
            at,
            when: (spec) => repeated(spec[at]) !== undefined,
            say: (spec) => `has ${repeated(spec[at])} twice; leave one out`,
        }),
    ),
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function notificationsProblems(where: string, spec: NotificationsSpec): Problem[] {
    return specProblems(where, notificationsSettings, spec, rules);
}
