import { connect } from "node:net";
import { askAws } from "./aws-json";
import type { ServeContext } from "./context";
import { programPath } from "./installation";
import type { QueuePlan, ServedPlan } from "./plan/plan";
import { freePort } from "./port";
import { type Places, relocatedText } from "./relocate";

/** AWS's API on this machine. */
export interface ServedAws {
    url: string;
    /** The URLs and ARNs there, by those that the stack has. */
    names: Map<string, string>;
}

/** Starts moto in the place of AWS's API, for the account and the region of the stack. */
export async function serveAws({ accountId, region }: ServedPlan, context: ServeContext): Promise<string> {
    const port = await freePort();
    const environment = {
        ...context.environment,
        ...{ MOTO_ACCOUNT_ID: accountId, AWS_DEFAULT_REGION: region },
    };
    const server = context.start(programPath("moto_server") ?? "", ["-H", "127.0.0.1", "-p", String(port)], {
        ...{ name: "moto", folder: context.folderFor("moto"), environment },
    });
    await server.ready(() => listens(port));
    return `http://127.0.0.1:${port}`;
}

/** Makes the stack's queues and secrets there. What a secret says of servers is said of those on this machine. */
export async function fillAws(url: string, plan: ServedPlan, places: Places): Promise<ServedAws> {
    const names = new Map<string, string>();
    const { region } = plan;
    const urls = new Map<QueuePlan, string>();
    for (const queue of plan.queues) {
        const { name: QueueName, attributes: Attributes, tags } = queue;
        const made = await askAws(url, region, "sqs", "CreateQueue", { QueueName, Attributes, tags });
        urls.set(queue, String(made.QueueUrl));
        names.set(queue.url, String(made.QueueUrl));
    }
    for (const [{ lateAttributes: Attributes }, QueueUrl] of urls) {
        if (Object.keys(Attributes).length > 0)
            await askAws(url, region, "sqs", "SetQueueAttributes", { QueueUrl, Attributes });
    }
    for (const { name: Name, arn, description: Description, text, tags } of plan.secrets) {
        const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
        const SecretString = relocatedText(text, places);
        const made = await askAws(url, region, "secretsmanager", "CreateSecret", {
            ...{ Name, SecretString, Tags },
            ...(Description && { Description }),
        });
        names.set(arn, String(made.ARN));
    }
    return { url, names };
}

function listens(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1");
        socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
        socket.once("connect", () => socket.destroy());
    });
}
