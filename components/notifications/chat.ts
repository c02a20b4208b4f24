import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsContext } from "../aws-context";
import type { Parent } from "../component";
import { nameLimits, shortHash } from "../naming";
import { policyDocument } from "../policy-document";
import type { NotificationsSpec } from "./spec";

/** The raw resources of the channels of chats; none where there are no channels. */
export interface ChatNodes {
    /** What Amazon Q Developer acts as for the members of the channels. */
    role?: aws.iam.Role;
    /** What the role may do, and what no role may exceed in the channels. */
    policy?: aws.iam.Policy;
    /** By the id of the channel. */
    slack: Record<string, aws.chatbot.SlackChannelConfiguration>;
    /** By the id of the channel. */
    teams: Record<string, aws.chatbot.TeamsChannelConfiguration>;
}

/**
 * Where Amazon Q Developer has an API. It subscribes to topics of every region, and has the configurations in all four.
 * @see https://docs.aws.amazon.com/chatbot/latest/APIReference/Welcome.html
 */
const regions = ["us-east-2", "us-west-2", "ap-southeast-1", "eu-west-1"];

/** The region whose API is asked: the stack's own where it has one, else one on the same side of the world. */
export function chatRegion(region: string): string {
    if (regions.includes(region)) return region;
    const [continent] = region.split("-");
    return regions.find((one) => one.split("-")[0] === continent) ?? "us-east-2";
}

/** What a message on an alarm is made of: its state, and the graph of its metric. */
const readsAlarms = [
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetMetricData",
    "cloudwatch:GetMetricStatistics",
    "cloudwatch:GetMetricWidgetImage",
    "cloudwatch:ListMetrics",
];

/**
 * Brings a topic to channels of Slack and Microsoft Teams, by Amazon Q Developer. Its service-linked role subscribes to the topic,
 * and SNS decrypts what it delivers, so neither the topic's policy nor its key's names it.
 *
 * Who is in a channel may see alarms and metrics, and change nothing: the role allows no more, and neither does the guardrail,
 * which without one would be AdministratorAccess. There is no log: CloudWatch would keep it in us-east-1, without encryption and
 * without an end of retention.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
 */
export function createChat(
    parent: Parent,
    { slack, teams }: Pick<NotificationsSpec, "slack" | "teams">,
    { topicArn, awsContext }: { topicArn: pulumi.Input<string>; awsContext: AwsContext },
): ChatNodes {
    if (slack.length + teams.length === 0) return { slack: {}, teams: {} };
    const { role, policy } = createRole(parent);
    const common = (part: string) => ({
        configurationName: parent.physicalName(nameLimits.chatConfiguration, part),
        region: awsContext.region.apply(chatRegion),
        iamRoleArn: role.arn,
        guardrailPolicyArns: [policy.arn],
        snsTopicArns: [topicArn],
        loggingLevel: "NONE",
        userAuthorizationRequired: false,
        tags: parent.tags(part),
    });
    // AWS changes none of these in place, and the provider takes a change for one.
    const options = {
        ...parent.options,
        replaceOnChanges: ["configurationName", "slackTeamId", "teamId", "tenantId"],
        // A configuration's name is of the account.
        deleteBeforeReplace: true,
    };
    const slackChannels = slack.map(({ workspaceId, channelId }): [string, aws.chatbot.SlackChannelConfiguration] => {
        const part = `slack-${channelId.toLowerCase()}`;
        const args = { ...common(part), slackTeamId: workspaceId, slackChannelId: channelId };
        return [channelId, new aws.chatbot.SlackChannelConfiguration(parent.childName(part), args, options)];
    });
    const teamsChannels = teams.map((channel): [string, aws.chatbot.TeamsChannelConfiguration] => {
        const part = `teams-${shortHash(channel.channelId)}`;
        const args = { ...common(part), ...channel };
        return [channel.channelId, new aws.chatbot.TeamsChannelConfiguration(parent.childName(part), args, options)];
    });
    return { role, policy, slack: Object.fromEntries(slackChannels), teams: Object.fromEntries(teamsChannels) };
}

function createRole(parent: Parent): { role: aws.iam.Role; policy: aws.iam.Policy } {
    const role = new aws.iam.Role(
        parent.childName("chat"),
        {
            name: parent.physicalName(nameLimits.role, "chat"),
            description: "What Amazon Q Developer reads alarms and metrics as, for channels of chats",
            assumeRolePolicy: policyDocument({
                Sid: "TrustAmazonQDeveloper",
                Effect: "Allow",
                Principal: { Service: "chatbot.amazonaws.com" },
                Action: "sts:AssumeRole",
            }),
            tags: parent.tags("chat"),
        },
        parent.options,
    );
    const policy = new aws.iam.Policy(
        parent.childName("chat-policy"),
        {
            name: parent.physicalName(nameLimits.managedPolicy, "chat"),
            description: "What may be read in channels of chats, and nothing else",
            policy: policyDocument({ Sid: "ReadAlarms", Effect: "Allow", Action: readsAlarms, Resource: "*" }),
            tags: parent.tags("chat"),
        },
        parent.options,
    );
    const attachment = { role: role.name, policyArn: policy.arn };
    new aws.iam.RolePolicyAttachment(parent.childName("chat-policy-attachment"), attachment, parent.options);
    return { role, policy };
}
