import type { z } from "zod";
import { accepted, arn, byDefault, listOf, settings } from "../settings";
import { emailAddress, keyDeletionWindowDays } from "../settings/common";

/** Whom alarms and events notify, through an encrypted SNS topic. */
export const notificationsSettings = settings({
    /**
     * A topic that exists already, in the place of a new one. Its policy and its key have to let CloudWatch publish.
     * @remarks Given or taken away, alarms notify the other topic; the stack's own is created or deleted.
     */
    topicArn: arn(
        /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
        "region",
        "the ARN of a topic",
        "arn:aws:sns:eu-west-1:123456789012:alerts",
    ).optional(),
    /**
     * Addresses that get an e-mail. SNS asks each for a confirmation first, and sends nothing until then.
     * @remarks Added and removed one by one.
     */
    emails: listOf(emailAddress()).meta(byDefault([])),
    /**
     * HTTPS addresses that get a POST, such as those of PagerDuty or Opsgenie. Each has to confirm. They are secret in the
     * stack's state and in every message, since there are keys in them: `pulumi config set --secret --path
     * 'plinth:notifications.httpsEndpoints[0]' …` keeps one secret in the configuration too.
     * @remarks Added and removed one by one.
     * @see https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html
     */
    httpsEndpoints: listOf(
        accepted(isHttps, "an HTTPS address", "https://events.example.com/alarms").meta({ secret: true }),
    ).meta(byDefault([])),
    /**
     * Days between asking AWS to delete the topic's key and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
});

export type NotificationsSpec = z.output<typeof notificationsSettings>;

function isHttps(address: string): boolean {
    return URL.canParse(address) && new URL(address).protocol === "https:";
}
