import { createHash } from "node:crypto";
import { type Creation, malformed, notJson, type ResourceType, unlisted, uuid } from "../../resource-type";
import { conditionsInVain } from "../iam/statement";
import { KEY } from "../kms/key";

export const TOPIC = "aws:sns/topic:Topic";
export const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
export const TOPIC_SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

const INVALID = "InvalidParameter";

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const endpoints: Record<string, RegExp> = {
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    "email-json": /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    http: /^http:\/\//,
    https: /^https:\/\//,
    sqs: /^arn:aws[a-z-]*:sqs:/,
    lambda: /^arn:aws[a-z-]*:lambda:/,
    firehose: /^arn:aws[a-z-]*:firehose:/,
    application: /^arn:aws[a-z-]*:sns:/,
    sms: /^\+[1-9]\d{1,14}$/,
};

/** What is confirmed by whoever gets it, and not by AWS. */
const toBeConfirmed = ["email", "email-json", "http", "https"];

export const sns: Record<string, ResourceType> = {
    [TOPIC]: {
        id: ({ inputs, region, accountId, partition }) =>
            `arn:${partition}:sns:${region}:${accountId}:${inputs.text("name")}`,
        outputs: ({ id, accountId, inputs }) => ({
            arn: id,
            owner: accountId,
            beginningArchiveTime: "",
            policy: inputs.text("policy") || JSON.stringify(defaultPolicy(id, accountId)),
            signatureVersion: inputs.number("signatureVersion") ?? 1,
            tracingConfig: inputs.text("tracingConfig") || "PassThrough",
            fifoThroughputScope: inputs.text("fifoThroughputScope") || "",
        }),
        name: "name",
        exists: INVALID,
        refersTo: { kmsMasterKeyId: { type: KEY, weak: true, notFound: "KMSNotFound" } },
        rejects: [
            // https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
            malformed(
                "name",
                /^[\w-]{1,256}$|^[\w-]{1,251}\.fifo$/,
                "1 to 256 letters, digits, - and _, and .fifo at the end of a FIFO topic's",
                INVALID,
            ),
            {
                code: INVALID,
                at: "name",
                when: (inputs) =>
                    inputs.has("name") && inputs.flag("fifoTopic") !== inputs.text("name").endsWith(".fifo"),
                say: () => "The name of a FIFO topic ends with .fifo, and no other topic's does",
            },
            notJson("policy", "Policy statement is not JSON", INVALID),
            conditionsInVain("policy"),
        ],
        notFound: "NotFound",
    },
    [TOPIC_POLICY]: {
        id: ({ inputs }) => inputs.text("arn"),
        outputs: ({ accountId }) => ({ owner: accountId }),
        refersTo: { arn: TOPIC },
        rejects: [notJson("policy", "Policy Error: it is not JSON", INVALID), conditionsInVain("policy")],
        notFound: "NotFound",
    },
    [TOPIC_SUBSCRIPTION]: {
        id: ({ inputs, hex }) => `${inputs.text("topic")}:${uuid(hex)}`,
        outputs: ({ id, inputs, accountId }) => ({
            arn: id,
            ownerId: accountId,
            confirmationWasAuthenticated: !toBeConfirmed.includes(inputs.text("protocol")),
            pendingConfirmation: toBeConfirmed.includes(inputs.text("protocol")),
            filterPolicyScope: inputs.text("filterPolicyScope") || "",
        }),
        refersTo: { topic: TOPIC },
        rejects: [
            unlisted("protocol", Object.keys(endpoints), INVALID),
            {
                code: INVALID,
                at: "endpoint",
                when: (inputs) => {
                    const form = endpoints[inputs.text("protocol")];
                    return form !== undefined && !form.test(inputs.text("endpoint"));
                },
                say: (inputs) => `Invalid parameter: Endpoint is no endpoint of ${inputs.text("protocol")}`,
            },
            notJson("filterPolicy", "FilterPolicy: failed to parse JSON", INVALID),
        ],
        // SNS answers a second subscription of an address with the first one's ARN, so two resources would be one.
        unique: [
            {
                code: INVALID,
                at: "endpoint",
                key: ({ inputs }) =>
                    JSON.stringify([inputs.text("topic"), inputs.text("protocol"), digest(inputs.text("endpoint"))]),
                say: (inputs) => `this ${inputs.text("protocol")} endpoint is subscribed to the topic already`,
            },
        ],
        notFound: "NotFound",
    },
};

/** Stands for an endpoint in the ledger: there are keys in addresses. */
function digest(endpoint: string): string {
    return createHash("sha256").update(endpoint).digest("hex");
}

/** What SNS gives a topic without a policy: the account may use it. */
function defaultPolicy(topic: string, accountId: string) {
    return {
        Version: "2008-10-17",
        Id: "__default_policy_ID",
        Statement: [
            {
                Sid: "__default_statement_ID",
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:Subscribe", "SNS:Publish"],
                Resource: topic,
                Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
            },
        ],
    };
}

/** Whether `arn` is that of a topic of this account and region which does not exist. */
export function isMissingTopic(
    { find, region, partition, accountId }: Pick<Creation, "find" | "region" | "partition" | "accountId">,
    arn: string,
): boolean {
    return arn.startsWith(`arn:${partition}:sns:${region}:${accountId}:`) && find(TOPIC, arn) === undefined;
}
