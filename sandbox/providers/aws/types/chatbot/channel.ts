import { type Creation, malformed, type Rejection, type ResourceType, sameInputs } from "../../resource-type";
import { ROLE } from "../iam/role";
import { isMissingTopic } from "../sns/topic";

export const SLACK_CHANNEL = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";
export const TEAMS_CHANNEL = "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration";

const INVALID = "InvalidParameterException";

/**
 * Where the service has an API.
 * @see https://docs.aws.amazon.com/chatbot/latest/APIReference/Welcome.html
 */
const regions = ["us-east-2", "us-west-2", "ap-southeast-1", "eu-west-1"];

/** @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html */
const rules = [malformed("configurationName", /^[A-Za-z0-9_-]{1,128}$/, "1 to 128 letters, digits, - and _", INVALID)];

/** A configuration is in all four regions, and reads topics of any; only those of the stack's region are known here. */
const conflicts: Rejection<Creation>[] = [
    {
        code: INVALID,
        at: "region",
        when: ({ inputs, region }) => !regions.includes(inputs.text("region") || region),
        say: ({ inputs, region }) =>
            `there is no endpoint of chatbot in ${inputs.text("region") || region}; it has them in ${regions.join(", ")}`,
    },
    {
        code: INVALID,
        at: "snsTopicArns",
        when: (creation) => missingTopics(creation).length > 0,
        say: (creation) => `the topic ${missingTopics(creation).join(", ")} does not exist`,
    },
    {
        code: INVALID,
        at: "iamRoleArn",
        when: ({ inputs, find, accountId, partition }) => {
            const arn = inputs.text("iamRoleArn");
            return arn.startsWith(`arn:${partition}:iam::${accountId}:role/`) && find(ROLE, arn) === undefined;
        },
        say: ({ inputs }) => `the role ${inputs.text("iamRoleArn")} does not exist`,
    },
];

function missingTopics(creation: Creation): string[] {
    const arns = (creation.inputs.plain("snsTopicArns") ?? []) as unknown[];
    return arns.map(String).filter((arn) => isMissingTopic(creation, arn));
}

function channel(kind: string, at: string): Omit<ResourceType, "outputs"> {
    return {
        // Of the account, and of no region.
        id: ({ inputs, accountId, partition }) =>
            `arn:${partition}:chatbot::${accountId}:chat-configuration/${kind}/${inputs.text("configurationName")}`,
        name: "configurationName",
        exists: "ConflictException",
        rejects: rules,
        conflicts,
        unique: [
            {
                code: "ConflictException",
                at,
                key: sameInputs(at),
                say: (inputs) => `a configuration of the channel ${inputs.text(at)} exists already`,
            },
        ],
        notFound: INVALID,
    };
}

export const chatChannels: Record<string, ResourceType> = {
    [SLACK_CHANNEL]: {
        ...channel("slack-channel", "slackChannelId"),
        // What the channel and the workspace are called, Slack knows.
        outputs: ({ id }) => ({ chatConfigurationArn: id, slackChannelName: "", slackTeamName: "" }),
    },
    [TEAMS_CHANNEL]: {
        ...channel("microsoft-teams-channel", "channelId"),
        outputs: ({ id, inputs }) => ({
            chatConfigurationArn: id,
            channelName: inputs.text("channelName"),
            teamName: inputs.text("teamName"),
        }),
    },
};
