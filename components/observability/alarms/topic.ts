import type * as pulumi from "@pulumi/pulumi";
import { type AlarmPlan, perMinute } from "../alarm";

/** The topic of the notifications. */
export interface WatchedTopic {
    /** Its name in alarms: `notifications`. */
    name: string;
    topicName: pulumi.Input<string>;
}

/** The alarm of the topic itself: it is seen in CloudWatch, and by those subscribers who are still reached. */
export function topicAlarms({ name, topicName }: WatchedTopic): AlarmPlan[] {
    return [
        {
            ...{
                kind: "notification-failed",
                subject: name,
                comparison: "above",
                threshold: 0,
                limit: "0 notifications",
            },
            metrics: [
                {
                    ...{ namespace: "AWS/SNS", name: "NumberOfNotificationsFailed", statistic: "Sum" },
                    dimensions: { TopicName: topicName },
                },
            ],
            ...{ ...perMinute(5), missingData: "notBreaching" },
        },
    ];
}
