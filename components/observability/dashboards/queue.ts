import type { AlarmPlan } from "../alarm";
import type { WatchedQueue } from "../alarms/queue";
import { type AlarmGraph, alarmGraphs, plainGraph } from "./graphs";
import type { Widget } from "./widget";

const graphs: AlarmGraph[] = [
    { title: "Messages in the dead-letter queues", unit: "messages", kinds: ["dead-letter-queue-not-empty"] },
    { title: "Age of the oldest message", unit: "seconds", kinds: ["queue-age-high"] },
    { title: "Messages that wait", unit: "messages", kinds: ["queue-depth-high"] },
    { title: "Messages received and not deleted", unit: "messages", kinds: ["queue-in-flight-high"] },
];

/** What becomes of messages, by its metric. */
const traffic = {
    NumberOfMessagesSent: "Messages sent",
    NumberOfMessagesReceived: "Messages received",
    NumberOfMessagesDeleted: "Messages deleted",
};

/** The dashboard of the queues: what their alarms look at, and what goes through them. */
export function queueWidgets(queues: readonly WatchedQueue[], alarms: readonly AlarmPlan[]): Widget[] {
    return [
        ...alarmGraphs(graphs, alarms),
        ...Object.entries(traffic).flatMap(([metric, title]) =>
            plainGraph(
                title,
                "a minute",
                queues.map(({ name, queueName }) => ({
                    metric: {
                        ...{ namespace: "AWS/SQS", name: metric, statistic: "Sum" },
                        dimensions: { QueueName: queueName },
                    },
                    label: name,
                })),
            ),
        ),
    ];
}
