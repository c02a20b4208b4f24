import { Notifications, notificationsProblems, notificationsSettings } from "@plinth/components";
import { optionalPart } from "../part";

/** Whom alarms and events notify. */
export const notificationsPart = optionalPart({
    key: "notifications",
    keepsSecrets: true,
    presence: "by default",
    needs: {},
    settings: notificationsSettings,
    problems: (notifications, where) => notificationsProblems(where, notifications),
    create: (notifications, { platform, options }) =>
        new Notifications("notifications", { ...notifications, platform }, options),
    outputs: ({ topicArn }) => ({ notifications: { topicArn } }),
});
