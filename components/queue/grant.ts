import * as pulumi from "@pulumi/pulumi";
import type { AwsContext } from "../aws-context";
import type { AccessGrant } from "../client";
import type { PolicyStatement } from "../policy-document";

/** What a client does with a queue. */
export type QueueUse = "consume" | "send";

/** A queue, as far as rights to it are granted. */
export interface GrantedQueue {
    readonly queueArn: pulumi.Output<string>;
    /** The key that encrypts it; undefined where SQS keeps the key. */
    readonly kmsKeyId: pulumi.Output<string> | undefined;
    /** Who was granted what, in the order of the calls. */
    readonly accessGrants: AccessGrant[];
}

const actions: Record<QueueUse, { queue: string[]; key: string[] }> = {
    consume: {
        queue: ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "ChangeMessageVisibility"].map(
            (action) => `sqs:${action}`,
        ),
        key: ["kms:Decrypt"],
    },
    send: { queue: ["sqs:SendMessage"], key: ["kms:GenerateDataKey", "kms:Decrypt"] },
};

/** The most keys that are named one by one: longer lists don't fit a role, whose policies may have 10,240 characters. */
const mostKeys = 20;

/** The most characters, blanks aside, of all policies in a role. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostCharacters = 10_240;

/** What lets a client use queues, with each queue named once, and notes at each queue that it may. */
export function queueStatements(
    client: string,
    uses: Readonly<Record<QueueUse, readonly GrantedQueue[]>>,
    context: AwsContext,
): PolicyStatement[] {
    for (const access of ["consume", "send"] as const)
        for (const queue of uses[access]) queue.accessGrants.push({ client, access, through: ["role"] });
    return grouped(uses).flatMap(({ sid, verbs, queues }) => statementsOf(sid, verbs, queues, context));
}

/** The queues by what is done with them, so that each is named once. */
function grouped<Of>({ consume, send }: Readonly<Record<QueueUse, readonly Of[]>>) {
    const groups: { sid: string; verbs: QueueUse[]; queues: Of[] }[] = [
        { sid: "Consume", verbs: ["consume"], queues: consume.filter((queue) => !send.includes(queue)) },
        { sid: "Send", verbs: ["send"], queues: send.filter((queue) => !consume.includes(queue)) },
        { sid: "ConsumeAndSend", verbs: ["consume", "send"], queues: consume.filter((queue) => send.includes(queue)) },
    ];
    return groups;
}

function statementsOf(sid: string, uses: QueueUse[], queues: GrantedQueue[], context: AwsContext): PolicyStatement[] {
    if (queues.length === 0) return [];
    const keys = queues.flatMap(({ kmsKeyId }) => kmsKeyId ?? []);
    const union = (of: "queue" | "key") => [...new Set(uses.flatMap((use) => actions[use][of]))];
    const use: PolicyStatement = {
        Sid: `${sid}Messages`,
        Effect: "Allow",
        Action: union("queue"),
        Resource: queues.map(({ queueArn }) => queueArn),
    };
    if (keys.length === 0) return [use];
    const decrypt = { Sid: `${sid}Keys`, Effect: "Allow" as const, Action: union("key") };
    if (keys.length <= mostKeys) return [use, { ...decrypt, Resource: keys }];
    const { partition, region, accountId, dnsSuffix } = context;
    return [
        use,
        {
            ...decrypt,
            // Through SQS alone, which lets the client use the queues that it may use and no others.
            Resource: pulumi.interpolate`arn:${partition}:kms:${region}:${accountId}:key/*`,
            Condition: { StringEquals: { "kms:ViaService": pulumi.interpolate`sqs.${region}.${dnsSuffix}` } },
        },
    ];
}

/** Characters of a statement without its resources, and of a key's ARN with what stands around it. */
const statementCharacters = 250;
const keyCharacters = 90;

/**
 * Why a role has no room for the rights to queues; undefined where it has.
 * @param uses physical names of the queues, each of which is counted as if it had a key of its own
 */
export function roomProblem(uses: Readonly<Record<QueueUse, readonly string[]>>, region: string): string | undefined {
    const sizes = grouped(uses).map(({ queues }) => {
        const keys = queues.length <= mostKeys ? queues.length * keyCharacters : statementCharacters;
        const arns = queues.map((name) => `"arn:aws-us-gov:sqs:${region}:123456789012:${name}.fifo",`.length);
        return arns.reduce((sum, length) => sum + length, statementCharacters + keys);
    });
    const characters = sizes.reduce((sum, size) => sum + size, 0);
    if (characters <= mostCharacters) return undefined;
    return `the rights to these queues take about ${characters} characters, and the policies of a role have ${mostCharacters}; give fewer queues, or share them among services`;
}
