import { type Inputs, isJson, malformed, type Rejection, type ResourceType, unlisted } from "../../resource-type";
import { conditionsInVain } from "../iam/statement";
import { KEY } from "../kms/key";

export const QUEUE = "aws:sqs/queue:Queue";
export const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";

/** A policy of a queue. A queue has one of each kind, so the id of the policy is the URL of the queue. */
function queueSetting(field: string): ResourceType {
    return {
        id: ({ inputs }) => inputs.text("queueUrl"),
        refersTo: { queueUrl: QUEUE },
        rejects: [
            {
                code: "InvalidAttributeValue",
                at: field,
                when: (inputs) => !isJson(inputs.text(field)),
                say: () => `${field} is not JSON`,
            },
            ...(field === "policy" ? [conditionsInVain(field)] : []),
        ],
    };
}

export const sqs: Record<string, ResourceType> = {
    [QUEUE]: {
        id: ({ inputs, region, accountId, dnsSuffix }) =>
            `https://sqs.${region}.${dnsSuffix}/${accountId}/${inputs.text("name")}`,
        outputs: ({ id, inputs, region, accountId, partition }) => ({
            arn: `arn:${partition}:sqs:${region}:${accountId}:${inputs.text("name")}`,
            url: id,
            kmsDataKeyReusePeriodSeconds: inputs.number("kmsDataKeyReusePeriodSeconds") ?? 300,
            sqsManagedSseEnabled: inputs.has("sqsManagedSseEnabled")
                ? inputs.flag("sqsManagedSseEnabled")
                : !inputs.has("kmsMasterKeyId"),
            ...(inputs.flag("fifoQueue") && {
                deduplicationScope: inputs.text("deduplicationScope") || "queue",
                fifoThroughputLimit: inputs.text("fifoThroughputLimit") || "perQueue",
            }),
        }),
        name: "name",
        // SQS's API calls it QueueNameExists, and answers with this. The same attributes give the same queue; of a program that is
        // a mistake too, for the first of two resources to go deletes the other's queue.
        exists: "QueueAlreadyExists",
        refersTo: { kmsMasterKeyId: { type: KEY, weak: true } },
        rejects: [
            malformed(
                "name",
                /^[\w-]{1,80}$|^[\w-]{1,75}\.fifo$/,
                "1 to 80 letters, digits, - and _, and .fifo at the end of a FIFO queue's",
            ),
            {
                code: "InvalidParameterValue",
                at: "name",
                when: (inputs) =>
                    inputs.has("name") && inputs.flag("fifoQueue") !== inputs.text("name").endsWith(".fifo"),
                say: () => "The name of a FIFO queue ends with .fifo, and no other queue's does",
            },
            {
                code: "InvalidAttributeValue",
                at: "sqsManagedSseEnabled",
                when: (inputs) => inputs.flag("sqsManagedSseEnabled") && inputs.has("kmsMasterKeyId"),
                say: () => "You can use one type of server-side encryption (SSE) at one time: SSE-SQS or SSE-KMS",
            },
            unlisted("deduplicationScope", ["queue", "messageGroup"], "InvalidAttributeValue"),
            unlisted("fifoThroughputLimit", ["perQueue", "perMessageGroupId"], "InvalidAttributeValue"),
            ...["deduplicationScope", "fifoThroughputLimit"].map(
                (at): Rejection<Inputs> => ({
                    code: "InvalidAttributeName",
                    at,
                    when: (inputs) => inputs.has(at) && !inputs.flag("fifoQueue"),
                    say: () => `Unknown Attribute ${at}: it is for FIFO queues`,
                }),
            ),
            {
                code: "InvalidAttributeValue",
                at: "fifoThroughputLimit",
                when: (inputs) =>
                    inputs.text("fifoThroughputLimit") === "perMessageGroupId" &&
                    inputs.text("deduplicationScope") !== "messageGroup",
                say: () => "perMessageGroupId is allowed only where DeduplicationScope is messageGroup",
            },
            {
                code: "InvalidAttributeName",
                at: "contentBasedDeduplication",
                when: (inputs) =>
                    inputs.has("contentBasedDeduplication") &&
                    inputs.flag("contentBasedDeduplication") &&
                    !inputs.flag("fifoQueue"),
                say: () => "Unknown Attribute ContentBasedDeduplication: it is for FIFO queues",
            },
        ],
        // The provider replaces the queue in both directions. AWS refuses a new one of the same name, since only FIFO queues end in .fifo.
        replaces: { fifoQueue: () => true },
        notFound: "AWS.SimpleQueueService.NonExistentQueue",
    },
    [QUEUE_POLICY]: queueSetting("policy"),
    "aws:sqs/redrivePolicy:RedrivePolicy": queueSetting("redrivePolicy"),
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": queueSetting("redriveAllowPolicy"),
};
