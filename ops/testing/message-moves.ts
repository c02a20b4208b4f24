import type { IncomingMessage, ServerResponse } from "node:http";
import {
    DeleteMessageCommand,
    GetQueueAttributesCommand,
    GetQueueUrlCommand,
    ListDeadLetterSourceQueuesCommand,
    ReceiveMessageCommand,
    SendMessageCommand,
    SQSClient,
} from "@aws-sdk/client-sqs";
import { MotoFront } from "./moto-front";

interface Task {
    TaskHandle?: string;
    Status: "RUNNING" | "COMPLETED" | "CANCELLED" | "FAILED";
    SourceArn: string;
    ApproximateNumberOfMessagesMoved: number;
    ApproximateNumberOfMessagesToMove: number;
    MaxNumberOfMessagesPerSecond?: number;
    StartedTimestamp: number;
    FailureReason?: string;
}

type Answer = Record<string, unknown>;

/**
 * SQS as moto has it, with the message move tasks that moto lacks. They move the messages that moto has, at their rate.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export class MessageMoves extends MotoFront {
    private readonly tasks: Task[] = [];
    private readonly sqs: SQSClient;
    /** Makes the next task fail after its first message, with this reason. */
    failure?: string;

    constructor(moto: string, region: string) {
        super(moto);
        const credentials = { accessKeyId: "test", secretAccessKey: "test" };
        this.sqs = new SQSClient({ endpoint: moto, region, credentials, useQueueUrlAsEndpoint: false });
    }

    override stop(): void {
        for (const task of this.tasks) task.Status = "CANCELLED";
        super.stop();
    }

    protected override fail(response: ServerResponse, error: Error): void {
        reply(response, 500, { message: error.message });
    }

    protected async answer(
        request: IncomingMessage,
        body: Buffer<ArrayBuffer>,
        response: ServerResponse,
    ): Promise<void> {
        const action = String(request.headers["x-amz-target"]).replace("AmazonSQS.", "");
        const own: Record<string, (input: Answer) => Promise<Answer> | Answer> = {
            StartMessageMoveTask: (input) => this.startTask(input as Pick<Task, "SourceArn">),
            ListMessageMoveTasks: ({ SourceArn }) => this.listTasks(String(SourceArn)),
            CancelMessageMoveTask: ({ TaskHandle }) => this.cancelTask(String(TaskHandle)),
        };
        const handle = own[action];
        if (handle) {
            const result = await handle(JSON.parse(body.toString()) as Answer);
            return reply(response, result.__type ? 400 : 200, result);
        }
        const forwarded = await this.forward(request, body);
        response.writeHead(forwarded.status, {
            "content-type": forwarded.headers.get("content-type") ?? "application/x-amz-json-1.0",
            "x-amzn-query-error": forwarded.headers.get("x-amzn-query-error") ?? "",
        });
        response.end(Buffer.from(await forwarded.arrayBuffer()));
    }

    private async startTask(input: Pick<Task, "SourceArn" | "MaxNumberOfMessagesPerSecond">): Promise<Answer> {
        if (this.tasks.some(({ Status, SourceArn }) => Status === "RUNNING" && SourceArn === input.SourceArn))
            return { __type: "InvalidParameterValue", message: "There is already a task running." };
        const from = await this.urlOf(input.SourceArn.split(":").at(-1) ?? "");
        const { queueUrls = [] } = await this.sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: from }));
        const to = queueUrls[0];
        if (!to) return { __type: "InvalidParameterValue", message: "Source queue must be configured as a DLQ." };
        const { Attributes } = await this.sqs.send(
            new GetQueueAttributesCommand({ QueueUrl: from, AttributeNames: ["ApproximateNumberOfMessages"] }),
        );
        const task: Task = {
            TaskHandle: `task-${this.tasks.length}`,
            Status: "RUNNING",
            ApproximateNumberOfMessagesMoved: 0,
            ApproximateNumberOfMessagesToMove: Number(Attributes?.ApproximateNumberOfMessages),
            StartedTimestamp: Date.now(),
            ...input,
        };
        this.tasks.unshift(task);
        void this.move(task, from, to);
        return { TaskHandle: task.TaskHandle };
    }

    private async move(task: Task, from: string, to: string): Promise<void> {
        const failure = this.failure;
        this.failure = undefined;
        const running = () => task.Status === "RUNNING";
        while (running()) {
            const { Messages: [message] = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl: from }));
            if (!message) break;
            await this.sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: message.Body }));
            await this.sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: message.ReceiptHandle }));
            task.ApproximateNumberOfMessagesMoved++;
            if (failure) Object.assign(task, { Status: "FAILED", FailureReason: failure });
            const rate = task.MaxNumberOfMessagesPerSecond ?? 500;
            await new Promise((resolve) => setTimeout(resolve, 1000 / rate));
        }
        if (running()) task.Status = "COMPLETED";
    }

    private listTasks(sourceArn: string): Answer {
        const results = this.tasks.filter(({ SourceArn }) => SourceArn === sourceArn);
        // As SQS: only a task that runs has a handle.
        return {
            Results: results.map((task) => (task.Status === "RUNNING" ? task : { ...task, TaskHandle: undefined })),
        };
    }

    private cancelTask(handle: string): Answer {
        const task = this.tasks.find(({ TaskHandle, Status }) => TaskHandle === handle && Status === "RUNNING");
        if (!task) return { __type: "ResourceNotFoundException", message: "There is no such task." };
        task.Status = "CANCELLED";
        return { ApproximateNumberOfMessagesMoved: task.ApproximateNumberOfMessagesMoved };
    }

    private async urlOf(name: string): Promise<string> {
        return (await this.sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl ?? "";
    }
}

function reply(response: ServerResponse, status: number, body: object): void {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify(body));
}
