import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
    CreateQueueCommand,
    GetQueueAttributesCommand,
    ReceiveMessageCommand,
    SendMessageCommand,
    SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOps } from "../testing/command";
import { MessageMoves } from "../testing/message-moves";
import { MotoServer, noMoto } from "../testing/moto";

const region = "eu-west-1";
const folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-queue-"));
const moto = new MotoServer();
let moves: MessageMoves;
let sqs: SQSClient;
let environment: Record<string, string>;
/** URLs by the queue's name. */
const urls: Record<string, string> = {};

afterAll(() => {
    moves?.stop();
    moto.stop();
    rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(noMoto)(`npm run ops -- <stack> queue${noMoto && `, skipped: ${noMoto}`}`, () => {
    beforeAll(async () => {
        const motoEnvironment = await moto.start();
        moves = new MessageMoves(motoEnvironment.AWS_ENDPOINT_URL ?? "", region);
        environment = { ...motoEnvironment, AWS_ENDPOINT_URL_SQS: await moves.start() };
        const credentials = { accessKeyId: "test", secretAccessKey: "test" };
        sqs = new SQSClient({ endpoint: environment.AWS_ENDPOINT_URL_SQS, region, credentials });
        const queues: Record<string, object> = {};
        for (const name of ["orders", "mails", "once", "jobs"]) queues[name] = await createQueue(name);
        writeFileSync(path.join(folder, "outputs.json"), JSON.stringify({ region, queues }));
        writeFileSync(path.join(folder, "none.json"), JSON.stringify({ region, queues: {} }));
    });

    describe("depth", () => {
        it("counts what waits, and says that a dead-letter queue with messages is not well", async () => {
            await send("orders", 3);
            expect(await ops("depth", "orders")).toEqual({
                code: 0,
                stdout: "orders: 3 waiting, 0 in flight, 0 delayed\n  dead-letter queue: empty\n",
                stderr: "",
            });
            await send("orders-dead-letter", 2);
            await reportAge("plinth-dev-orders-dead-letter", 7_300);
            const { code, stdout } = await ops("depth", "--json");
            expect(code).toBe(4);
            const { queues } = JSON.parse(stdout) as { queues: { queue: string }[] };
            expect(queues.map(({ queue }) => queue)).toEqual(["orders", "mails", "once", "jobs"]);
            expect(queues[0]).toEqual({
                ...{ queue: "orders", waiting: 3, inFlight: 0, delayed: 0 },
                deadLetter: { waiting: 2, inFlight: 0, delayed: 0, oldestSeconds: 7_300 },
            });
        });

        it("still counts where CloudWatch is not to be had, and says so", async () => {
            const { stdout, stderr } = await opsWith({ AWS_ENDPOINT_URL_CLOUDWATCH: "http://127.0.0.1:1" }, "depth");
            expect(stdout).toContain("orders: 3 waiting");
            expect(stderr).toContain("how old the oldest messages are is not known: CloudWatch: ");
        });
    });

    describe("peek", () => {
        it("shows each message of a dead-letter queue once and leaves all there", async () => {
            await send("mails-dead-letter", 25);
            const { stdout } = await ops("peek", "mails-dead-letter", "--count", "100", "--json");
            const { messages, heldBack } = JSON.parse(stdout) as {
                messages: { body: string; receives: number }[];
                heldBack: number;
            };
            expect(messages.map(({ body }) => body).sort()).toEqual(bodies("mails-dead-letter", 25));
            expect(messages.every(({ receives }) => receives === 1)).toBe(true);
            expect(heldBack).toBe(0);
            expect(await counts("mails-dead-letter")).toEqual([25, 0]);
        });

        it("refuses where each look uses up a receive, until that is accepted, and says which message is at its last", async () => {
            expect(await ops("peek", "orders")).toMatchObject({
                code: 3,
                stderr: expect.stringContaining("a message of orders goes to orders-dead-letter after 3 receives"),
            });
            const look = () => ops("peek", "orders", "--accept-receives", "--count", "1");
            const looks = [await look(), await look(), await look()];
            expect(looks[0]?.stdout).toMatch(/^\S+ sent \d{4}-.* received 1 times with this look\n {2}orders 0\n$/);
            expect(looks[1]?.stdout).not.toContain("moves it");
            expect(looks[2]?.stdout).toContain("its next receive moves it to the dead-letter queue");
            expect(await counts("orders")).toEqual([3, 0]);
        });

        it("refuses for good where the first look would send a message away", async () => {
            await send("once", 1);
            expect(await ops("peek", "once", "--accept-receives")).toMatchObject({
                code: 3,
                stderr: expect.stringContaining("a look would send it there"),
            });
            expect(await counts("once")).toEqual([1, 0]);
        });

        it("loses nothing when it is killed: the hold ends by itself", async () => {
            const killed = await opsWith(
                {},
                "peek",
                "mails-dead-letter",
                "--count",
                "1000",
                "--hold",
                "10",
                (child) => {
                    const timer = setInterval(async () => {
                        if ((await counts("mails-dead-letter"))[1] === 0) return;
                        clearInterval(timer);
                        child.kill("SIGKILL");
                    }, 20);
                },
            );
            expect(killed.code).toBeUndefined();
            const [waiting = 0, held = 0] = await counts("mails-dead-letter");
            expect(held).toBeGreaterThan(0);
            expect(waiting + held).toBe(25);
            await sleep(10_500);
            expect(await counts("mails-dead-letter")).toEqual([25, 0]);
        });
    });

    describe("redrive", () => {
        it("changes nothing in a dry run, and then moves all at the rate, with progress and a record", async () => {
            await send("jobs-dead-letter", 30);
            expect((await ops("redrive", "jobs", "--dry-run")).stdout).toBe(
                "30 would go from jobs-dead-letter to jobs, as fast as SQS chooses.\n",
            );
            expect(await counts("jobs-dead-letter")).toEqual([30, 0]);
            const began = Date.now();
            const { code, stdout, stderr } = await ops("redrive", "jobs", "--rate", "10");
            expect({ code, stdout }).toEqual({ code: 0, stdout: "30 went back to jobs.\n" });
            expect(Date.now() - began).toBeGreaterThan(2_900);
            expect(stderr).toMatch(/^\d+ of 30 moved \(\d+ %\)/);
            expect(await counts("jobs-dead-letter")).toEqual([0, 0]);
            expect(await receiveAll("jobs")).toEqual(bodies("jobs-dead-letter", 30));
            expect(records("queue redrive")).toEqual([
                expect.objectContaining({
                    state: "started",
                    target: "arn:aws:sqs:eu-west-1:123456789012:plinth-dev-jobs-dead-letter",
                    plan: { messages: 30, from: "jobs-dead-letter", to: "jobs", rate: 10 },
                }),
                expect.objectContaining({ state: "done", result: { moved: 30, running: false } }),
            ]);
            expect((await ops("redrive", "jobs")).stdout).toBe("jobs-dead-letter is empty.\n");
        });

        it("goes on in SQS when the watcher is interrupted; is watched again, refused twice, and cancelled", async () => {
            await send("mails-dead-letter", 0);
            const interrupted = await opsWith({}, "redrive", "mails", "--rate", "1", (child) => {
                child.stderr?.once("data", () => child.kill("SIGINT"));
            });
            expect(interrupted).toMatchObject({ code: 0, stdout: expect.stringContaining("SQS goes on") });
            expect(await ops("redrive", "mails")).toMatchObject({
                code: 3,
                stderr: expect.stringMatching(/a redrive of mails runs already \(\d+ of 25 moved/),
            });
            const watching = ops("redrive", "mails", "--watch");
            await sleep(1_500);
            expect((await ops("redrive", "mails", "--cancel")).stdout).toMatch(/^Cancelled; \d+ were moved\.\n$/);
            expect(await watching).toMatchObject({
                code: 1,
                stderr: expect.stringMatching(
                    /the redrive was cancelled; \d+ of 25 moved .* still in mails-dead-letter/,
                ),
            });
            await sleep(1_100);
            const [left = 0] = await counts("mails-dead-letter");
            const [moved = 0] = await counts("mails");
            expect(left).toBeGreaterThan(0);
            expect(left + moved).toBe(25);
            expect(await ops("redrive", "mails", "--cancel")).toMatchObject({ code: 1 });
        });

        it("says what SQS says when it fails, and what is still there", async () => {
            moves.failure = "AWS.SimpleQueueService.AccessDenied";
            expect(await ops("redrive", "orders")).toMatchObject({
                code: 1,
                stderr: expect.stringContaining(
                    "failed: AWS.SimpleQueueService.AccessDenied; 1 of 2 moved (50 %), and 1 are still in orders-dead-letter",
                ),
            });
            expect(records("queue redrive").at(-1)).toMatchObject({ state: "failed" });
        });
    });

    describe("purge", () => {
        it("refuses without the queue's name in SQS, and deletes from that queue alone with it", async () => {
            const before = await counts("orders");
            for (const confirm of [[], ["--confirm", "orders"], ["--confirm", "plinth-dev-orders-dead-letter"]])
                expect(await ops("purge", "orders", ...confirm)).toMatchObject({
                    code: 3,
                    stderr: expect.stringContaining("for ever; give --confirm plinth-dev-orders\n"),
                });
            expect((await ops("purge", "orders", "--dry-run")).stdout).toContain("would be deleted");
            expect(await counts("orders")).toEqual(before);
            expect(await ops("purge", "orders", "--confirm", "plinth-dev-orders")).toMatchObject({ code: 0 });
            expect(await counts("orders")).toEqual([0, 0]);
            expect(await counts("orders-dead-letter")).toEqual([1, 0]);
            expect(records("queue purge").map(({ state }) => state)).toEqual(["started", "done"]);
        });
    });

    it.each([
        ["a queue that the stack has not", ["peek", "ordres"], "the stack has no queue ordres; it has orders, mails"],
        ["a dead-letter queue to redrive to", ["redrive", "orders-dead-letter"], "is a dead-letter queue; give orders"],
        ["a count that is none", ["peek", "orders", "--count", "0"], "--count: 0 is not allowed; give a number from 1"],
        ["a rate that SQS does not have", ["redrive", "orders", "--rate", "501"], "--rate: 501 is not allowed"],
        ["half a message", ["peek", "orders", "--count", "1.5"], "give a whole number"],
        ["a stack without queues", ["depth", "--outputs", "none.json"], "the stack's outputs have no queues"],
        [
            "a folder that records cannot be in",
            ["purge", "mails", "--confirm", "plinth-dev-mails", "--records", "/dev/null"],
            "cannot write the record",
        ],
    ])("says so of %s", async (_, args, message) => {
        const before = await counts("mails");
        expect(await ops(...args)).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
        expect(await counts("mails")).toEqual(before);
    });

    it("says so where there are no credentials, and where nobody answers", async () => {
        const none = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_EC2_METADATA_DISABLED: "true" };
        expect(await opsWith({ ...none, HOME: folder }, "depth")).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("log in to AWS, or set AWS_PROFILE"),
        });
        const text = readFileSync(path.join(folder, "outputs.json"), "utf8");
        writeFileSync(path.join(folder, "away.json"), text.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:1"));
        expect(await ops("depth", "--outputs", "away.json")).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("ECONNREFUSED"),
        });
    });
});

function ops(...args: string[]) {
    return opsWith({}, ...args);
}

type Started = Parameters<typeof runOps>[3];

function opsWith(more: Record<string, string>, ...given: (string | NonNullable<Started>)[]) {
    const args = given.filter((one) => typeof one === "string");
    const started = given.find((one) => typeof one === "function");
    if (!args.includes("--outputs")) args.push("--outputs", "outputs.json");
    return runOps(folder, { ...environment, ...more }, ["dev", "queue", ...args], started);
}

/** A queue as the program makes it, with what the stack's outputs say of it. */
async function createQueue(name: string): Promise<object> {
    const create = async (own: string, Attributes: Record<string, string>) => {
        const { QueueUrl = "" } = await sqs.send(
            new CreateQueueCommand({ QueueName: `plinth-dev-${own}`, Attributes }),
        );
        // moto names itself, and not what stands in front of it.
        const url = `${environment.AWS_ENDPOINT_URL_SQS}${new URL(QueueUrl).pathname}`;
        urls[own] = url;
        return { url, arn: `arn:aws:sqs:${region}:123456789012:plinth-dev-${own}` };
    };
    const deadLetter = await create(`${name}-dead-letter`, { VisibilityTimeout: "30" });
    const RedrivePolicy = JSON.stringify({
        deadLetterTargetArn: deadLetter.arn,
        maxReceiveCount: name === "once" ? 1 : 3,
    });
    const { url, arn } = await create(name, { RedrivePolicy });
    return { queueUrl: url, queueArn: arn, deadLetterQueueUrl: deadLetter.url, deadLetterQueueArn: deadLetter.arn };
}

/** As SQS reports it to CloudWatch. */
async function reportAge(queueName: string, seconds: number): Promise<void> {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const client = new CloudWatchClient({ endpoint: environment.AWS_ENDPOINT_URL, region, credentials });
    const MetricData = [
        {
            MetricName: "ApproximateAgeOfOldestMessage",
            Dimensions: [{ Name: "QueueName", Value: queueName }],
            Value: seconds,
            Timestamp: new Date(Date.now() - 60_000),
        },
    ];
    await client.send(new PutMetricDataCommand({ Namespace: "AWS/SQS", MetricData }));
    client.destroy();
}

function bodies(name: string, count: number): string[] {
    return Array.from({ length: count }, (_, index) => `${name} ${index}`).sort();
}

async function send(name: string, count: number): Promise<void> {
    for (const MessageBody of bodies(name, count))
        await sqs.send(new SendMessageCommand({ QueueUrl: urls[name], MessageBody }));
}

/** How many messages wait and how many are in flight. */
async function counts(name: string): Promise<number[]> {
    const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: urls[name], AttributeNames: ["All"] }),
    );
    return [Attributes.ApproximateNumberOfMessages, Attributes.ApproximateNumberOfMessagesNotVisible].map(Number);
}

async function receiveAll(name: string): Promise<string[]> {
    const found: string[] = [];
    for (;;) {
        const { Messages = [] } = await sqs.send(
            new ReceiveMessageCommand({ QueueUrl: urls[name], MaxNumberOfMessages: 10 }),
        );
        if (Messages.length === 0) return found.sort();
        found.push(...Messages.map(({ Body = "" }) => Body));
    }
}

function records(command: string): { state: string }[] {
    return readFileSync(path.join(folder, ".ops", "dev.jsonl"), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as { state: string; command: string })
        .filter((record) => record.command === command);
}
