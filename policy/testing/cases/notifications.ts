import { set, statements } from "../platform";
import { always, anyone, atFirst, type Cases, publicPolicy, something } from "./case";

const alarm = "observability-database-primary-database-cpu-high";

export const notifications: Cases = {
    mutations: [
        {
            rule: "topic-encrypted-at-rest",
            what: "no key",
            change: set("notifications-topic", { kmsMasterKeyId: undefined }),
            says: /^notifications-topic: kmsMasterKeyId is not set/,
        },
        {
            rule: "topic-policy-not-public",
            what: "a public permission",
            change: statements("notifications-policy", (first, ...others) => [first ?? {}, ...others, anyone]),
            says: publicPolicy,
        },
        {
            rule: "alarm-notifies",
            what: "no action",
            change: set(alarm, { alarmActions: [] }),
            says: /database-cpu-high: alarmActions is empty/,
        },
        {
            rule: "alarm-notifies",
            what: "actions that are turned off",
            change: set(alarm, { actionsEnabled: false }),
            says: /database-cpu-high: actionsEnabled is false/,
        },
    ],
    unproved: [
        {
            rule: "topic-encrypted-at-rest",
            what: "a key not known yet",
            change: set("notifications-topic", { kmsMasterKeyId: something }),
            says: /kmsMasterKeyId is not known yet/,
            modes: atFirst,
        },
        {
            rule: "topic-policy-not-public",
            what: "a policy that is not JSON",
            change: set("notifications-policy", { policy: "{" }),
            says: /its policy is not a valid policy document/,
            modes: always,
        },
        {
            rule: "alarm-notifies",
            what: "a switch that is not known yet",
            change: set(alarm, { actionsEnabled: something }),
            says: /actionsEnabled is not known yet/,
            modes: atFirst,
        },
    ],
};
