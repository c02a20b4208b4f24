import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { inputsOf, namesOfNodes, type Registered, rehearse, settled } from "../testing/mocks";
import { platform, queueSpec } from "../testing/specs";
import { Queue, type QueueArgs } from "./queue";

const args: QueueArgs = { ...queueSpec, platform };
const make = (change: Partial<QueueArgs> = {}) =>
    rehearse(false, (options) => new Queue("orders", { ...args, ...change }, options));

describe("the dead-letter queue", () => {
    it("takes from its queue and from no other", async () => {
        const { made, resources } = await make();
        const [arn, deadLetterArn] = [await settled(made.queueArn), await settled(made.deadLetterQueueArn)];
        const redrive = inputsOf(resources, "orders-redrive");
        expect(await settled(redrive.queueUrl)).toBe(await settled(made.queueUrl));
        expect(await json(redrive.redrivePolicy)).toEqual({ deadLetterTargetArn: deadLetterArn, maxReceiveCount: 3 });
        const allow = inputsOf(resources, "orders-redrive-allow");
        expect(await settled(allow.queueUrl)).toBe(await settled(made.deadLetterQueueUrl));
        expect(await json(allow.redriveAllowPolicy)).toEqual({ redrivePermission: "byQueue", sourceQueueArns: [arn] });
    });

    it("is FIFO with its queue, within the length of names", async () => {
        const { resources } = await rehearse(
            false,
            (options) => new Queue("orders", { ...args, fifo: true, physicalName: "o".repeat(80) }, options),
        );
        for (const name of ["orders-queue", "orders-dead-letter"]) {
            const inputs = inputsOf(resources, name);
            expect(inputs.fifoQueue).toBe(true);
            expect(inputs.name).toMatch(/\.fifo$/);
            expect(String(inputs.name).length).toBeLessThanOrEqual(80);
        }
    });
});

it("gives every message group its own throughput where that is wanted, on the queue itself", async () => {
    const high = { deduplicationScope: "messageGroup", fifoThroughputLimit: "perMessageGroupId" } as const;
    const { resources } = await make({ fifo: true, ...high });
    expect(inputsOf(resources, "orders-queue")).toMatchObject(high);
    expect(inputsOf(resources, "orders-dead-letter").fifoThroughputLimit).toBeUndefined();
});

it("leaves the redrive-allow policy out where it is not wanted", async () => {
    const { resources } = await make({ redriveAllowPolicy: false });
    expect(resources.filter(({ name }) => name.startsWith("orders-redrive")).map(({ name }) => name)).toEqual([
        "orders-redrive",
    ]);
});

describe("encryption", () => {
    it.each([
        ["kms", 1],
        ["sqs", 0],
    ] as const)("with %s makes %i key and covers both queues", async (encryption, keys) => {
        const { resources } = await make({ encryption });
        expect(resources.filter(({ type }) => type === "aws:kms/key:Key")).toHaveLength(keys);
        for (const name of ["orders-queue", "orders-dead-letter"]) {
            const { kmsMasterKeyId, sqsManagedSseEnabled } = inputsOf(resources, name);
            // SQS takes one of the two, never both.
            expect([kmsMasterKeyId !== undefined, sqsManagedSseEnabled]).toEqual(
                encryption === "kms" ? [true, undefined] : [false, true],
            );
        }
    });

    it("in transit can be judged at preview, before AWS has said what the ARNs are", async () => {
        const { resources } = await rehearse(true, (options) => new Queue("orders", args, options));
        for (const name of ["orders-policy", "orders-dead-letter-policy"]) {
            expect(await json(inputsOf(resources, name).policy)).toMatchObject({
                Statement: [{ Sid: "DenyWithoutTls" }],
            });
        }
    }, 5_000);

    it("in transit is forced on both queues", async () => {
        const { made, resources } = await make();
        for (const [name, arn] of [
            ["orders-policy", made.queueArn],
            ["orders-dead-letter-policy", made.deadLetterQueueArn],
        ] as const) {
            expect((await json(inputsOf(resources, name).policy)).Statement).toEqual([
                {
                    Sid: "DenyWithoutTls",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "sqs:*",
                    Resource: await settled(arn),
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            ]);
        }
    });
});

describe("a grant", () => {
    const grant = (encryption: QueueArgs["encryption"]) =>
        rehearse(false, (options) => {
            const queue = new Queue("orders", { ...args, encryption }, options);
            queue.grantConsume({ name: "worker", role: "worker-role" });
            queue.grantSend({ name: "backend", role: "backend-role" });
            return queue;
        });

    it("allows exactly what consuming and sending need", async () => {
        const { made, resources } = await grant("kms");
        expect(await allowed(resources, "orders-consume-by-worker")).toEqual([
            [
                ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
                [await settled(made.queueArn)],
            ],
            [["kms:Decrypt"], [await settled(made.kmsKeyId as pulumi.Output<string>)]],
        ]);
        expect(await allowed(resources, "orders-send-by-backend")).toEqual([
            [["sqs:SendMessage"], [await settled(made.queueArn)]],
            [["kms:GenerateDataKey", "kms:Decrypt"], [await settled(made.kmsKeyId as pulumi.Output<string>)]],
        ]);
        expect(inputsOf(resources, "orders-consume-by-worker").role).toBe("worker-role");
        expect(made.accessGrants).toEqual([
            { client: "worker", access: "consume", through: ["role"] },
            { client: "backend", access: "send", through: ["role"] },
        ]);
    });

    it("says nothing of keys where SQS keeps them", async () => {
        const { resources } = await grant("sqs");
        expect(await allowed(resources, "orders-send-by-backend")).toHaveLength(1);
    });
});

it("lets a transform have the last word on each queue", async () => {
    const { resources } = await make({
        transform: { queue: { maxMessageSize: 2048 }, deadLetterQueue: () => ({ name: "mine" }) },
    });
    expect(inputsOf(resources, "orders-queue").maxMessageSize).toBe(2048);
    expect(inputsOf(resources, "orders-dead-letter").name).toBe("mine");
});

async function json(input: unknown) {
    return JSON.parse(String(await settled(input)));
}

async function allowed(resources: Registered[], name: string): Promise<[string[], string[]][]> {
    const { Statement } = await json(inputsOf(resources, name).policy);
    return Statement.map((statement: { Effect: string; Action: string[]; Resource: string[] }) => {
        expect(statement.Effect).toBe("Allow");
        return [statement.Action, statement.Resource];
    });
}

it("gives its raw resources", async () => {
    const { made, resources } = await make({ encryption: "kms" });
    expect(namesOfNodes(resources, made.nodes)).toEqual({
        queue: "orders-queue",
        deadLetterQueue: "orders-dead-letter",
        key: "orders-encryption-key",
    });
});
