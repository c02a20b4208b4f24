import { Notifications, notificationsProblems, notificationsSettings, problemAt } from "@plinth/components";
import { optionalPart } from "../part";

/** Whom alarms and events notify. */
export const notificationsPart = optionalPart({
    key: "notifications",
    keepsSecrets: true,
    presence: "by default",
    needs: {},
    settings: notificationsSettings,
    problems: (notifications, where, { stack: { region } }) => [
        ...notificationsProblems(where, notifications),
        ...regionProblems(`${where}.topicArn`, notifications.topicArn, region),
    ],
    create: (notifications, { platform, options }) =>
        new Notifications("notifications", { ...notifications, platform }, options),
    outputs: ({ topicArn }) => ({ notifications: { topicArn } }),
});

/** CloudWatch notifies topics of its own region. */
function regionProblems(where: string, topicArn: string | undefined, region: string) {
    const found = topicArn?.split(":")[3];
    if (found === undefined || found === region) return [];
    return [problemAt(where, `is a topic in ${found}, but alarms are in ${region}; give a topic in ${region}`)];
}
