import type { Entity } from "../../account/account";
import { QUEUE } from "../../providers/aws/types/sqs/queue";
import type { QueuePlan } from "./plan";
import { mapIn, textIn } from "./read";

/** SQS's names of the attributes of a queue, by Pulumi's. */
const attributeNames: Record<string, string> = {
    delaySeconds: "DelaySeconds",
    maxMessageSize: "MaximumMessageSize",
    messageRetentionSeconds: "MessageRetentionPeriod",
    receiveWaitTimeSeconds: "ReceiveMessageWaitTimeSeconds",
    visibilityTimeoutSeconds: "VisibilityTimeout",
    fifoQueue: "FifoQueue",
    contentBasedDeduplication: "ContentBasedDeduplication",
    deduplicationScope: "DeduplicationScope",
    fifoThroughputLimit: "FifoThroughputLimit",
    kmsMasterKeyId: "KmsMasterKeyId",
    kmsDataKeyReusePeriodSeconds: "KmsDataKeyReusePeriodSeconds",
    policy: "Policy",
};

const redrivePolicies: Record<string, { type: string; attribute: string }> = {
    redrivePolicy: { type: "aws:sqs/redrivePolicy:RedrivePolicy", attribute: "RedrivePolicy" },
    redriveAllowPolicy: { type: "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", attribute: "RedriveAllowPolicy" },
};

/** The queues of an account. */
export function plannedQueues(entities: Entity[]): QueuePlan[] {
    return entities.filter(({ type }) => type === QUEUE).map((queue) => queuePlan(queue, entities));
}

function queuePlan({ id: url, inputs }: Entity, entities: Entity[]): QueuePlan {
    const given = Object.entries(attributeNames).flatMap(([property, attribute]) => {
        const value = inputs[property];
        return value === undefined || value === null || value === false ? [] : [[attribute, String(value)] as const];
    });
    // A policy of a queue stands in a resource of its own, or among the queue's inputs.
    const own = (type: string) => entities.find((other) => other.type === type && other.id === url)?.inputs ?? {};
    const late = Object.entries(redrivePolicies).flatMap(([property, { type, attribute }]) => {
        const value = textIn(own(type), property) || textIn(inputs, property);
        return value ? [[attribute, value] as const] : [];
    });
    return {
        ...{ name: textIn(inputs, "name"), url, tags: mapIn(inputs, "tags") },
        attributes: Object.fromEntries(given),
        lateAttributes: Object.fromEntries(late),
    };
}
