import type { z } from "zod";
import { accepted, arn, byDefault, listOf, matching, settings } from "../settings";
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
     * Channels of Slack that Amazon Q Developer writes to. Somebody has to authorize the workspace in its console first, once for an
     * account, and invite `@Amazon Q` to a private channel.
     * @remarks Added and removed one by one.
     * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html
     */
    slack: listOf(
        settings({
            /**
             * The id of the workspace: what follows `/client/` in the address of Slack in a browser.
             * @remarks A change replaces the channel's configuration.
             */
            workspaceId: matching(/^T[0-9A-Z]{1,254}$/, "the id of a Slack workspace", "T07EA123LEP"),
            /**
             * The id of the channel: the end of the link that Slack copies for it.
             * @remarks Another channel is another configuration.
             */
            channelId: matching(/^[CG][0-9A-Z]{1,254}$/, "the id of a Slack channel", "C07EZ1ABC23"),
        }),
    ).meta(byDefault([])),
    /**
     * Channels of Microsoft Teams that Amazon Q Developer writes to. Somebody has to authorize the team in its console first, once
     * for an account. The three ids are in the link that Teams copies for a channel.
     * @remarks Added and removed one by one.
     * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/teams-setup.html
     */
    teams: listOf(
        settings({
            /**
             * The id of the tenant.
             * @remarks A change replaces the channel's configuration.
             */
            tenantId: uuid("the id of a tenant"),
            /**
             * The id of the team: `groupId` in the link.
             * @remarks A change replaces the channel's configuration.
             */
            teamId: uuid("the id of a team"),
            /**
             * The id of the channel, encoded as it is in the link.
             * @remarks Another channel is another configuration.
             */
            channelId: matching(
                /^[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/,
                "the id of a Teams channel, encoded as in its link",
                "19%3a0123456789abcdef0123456789abcdef%40thread.tacv2",
            ),
        }),
    ).meta(byDefault([])),
    /**
     * Days between asking AWS to delete the topic's key and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
});

function uuid(what: string) {
    const form = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;
    return matching(form, what, "01234567-89ab-cdef-0123-456789abcdef");
}

export type NotificationsSpec = z.output<typeof notificationsSettings>;

function isHttps(address: string): boolean {
    return URL.canParse(address) && new URL(address).protocol === "https:";
}
