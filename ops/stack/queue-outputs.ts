import { OpsError } from "../ops-error";
import { isObject, type OutputSource, readOutputs } from "./outputs";

/** A queue of SQS. */
export interface QueueAddress {
    /** Its name on the command line. */
    name: string;
    url: string;
    arn: string;
    /** Its name in SQS. */
    physicalName: string;
}

/** A queue of a stack, with its dead-letter queue. */
export interface StackQueue extends QueueAddress {
    deadLetter: QueueAddress;
}

/** No queue's own name ends so: the program refuses it. */
const deadLetterEnding = "-dead-letter";

/** The queues of a stack, and the region they are in. */
export function queueOutputs(source: OutputSource): { region: string; queues: StackQueue[] } {
    const { queues, region } = readOutputs(source);
    if (typeof region !== "string") throw new OpsError("the stack's outputs lack region; bring the stack up");
    if (!isObject(queues) || Object.keys(queues).length === 0)
        throw new OpsError("the stack's outputs have no queues: plinth:queues is empty, or the stack is not up");
    return {
        region,
        queues: Object.entries(queues).map(([name, queue]) => ({
            ...address(name, name, queue, "queueUrl", "queueArn"),
            deadLetter: address(name, name + deadLetterEnding, queue, "deadLetterQueueUrl", "deadLetterQueueArn"),
        })),
    };
}

/** The queue that `name` says, by its name in `plinth:queues`. */
export function findQueue(queues: StackQueue[], name: string): StackQueue {
    const found = queues.find((queue) => queue.name === name);
    if (found) return found;
    const main = queues.find(({ deadLetter }) => deadLetter.name === name);
    if (main) throw new OpsError(`${name} is a dead-letter queue; give ${main.name}, whose messages it has`);
    throw unknownQueue(queues, name);
}

/** The queue or the dead-letter queue that `name` says. `main` is undefined for a dead-letter queue. */
export function findEither(queues: StackQueue[], name: string): { queue: QueueAddress; main?: StackQueue } {
    for (const main of queues) {
        if (main.name === name) return { queue: main, main };
        if (main.deadLetter.name === name) return { queue: main.deadLetter };
    }
    throw unknownQueue(queues, name);
}

function unknownQueue(queues: StackQueue[], name: string): OpsError {
    return new OpsError(`the stack has no queue ${name}; it has ${queues.map((queue) => queue.name).join(", ")}`);
}

function address(queueName: string, name: string, queue: unknown, urlKey: string, arnKey: string): QueueAddress {
    const { [urlKey]: url, [arnKey]: arn } = isObject(queue) ? queue : {};
    if (typeof url !== "string" || typeof arn !== "string")
        throw new OpsError(`the stack's outputs lack queues.${queueName}.${urlKey} or ${arnKey}; bring the stack up`);
    return { name, url, arn, physicalName: arn.split(":").at(-1) ?? "" };
}
