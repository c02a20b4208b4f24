import {
    byDefault,
    byName,
    nameForm,
    namePattern,
    problemAt,
    Queue,
    queueProblems,
    queueSettings,
} from "@plinth/components";
import { part } from "../part";

/** The queues, by name, each with its dead-letter queue. */
export const queuesPart = part({
    key: "queues",
    needs: {},
    settings: byName(queueSettings).meta(byDefault({})),
    componentNames: [],
    problems: (queues, where) =>
        Object.entries(queues).flatMap(([name, queue]) => [
            ...nameProblems(name, `${where}.${name}`),
            ...queueProblems(`${where}.${name}`, queue),
        ]),
    chosenNames: (queues, where) => Object.keys(queues).map((name) => ({ name, at: `${where}.${name}` })),
    create: (queues, { platform, options }) =>
        mapValues(queues, (queue, name) => new Queue(name, { ...queue, platform }, options)),
    outputs: (queues) => ({
        queues: mapValues(queues, ({ queueUrl, queueArn, deadLetterQueueUrl, deadLetterQueueArn }) => ({
            ...{ queueUrl, queueArn, deadLetterQueueUrl, deadLetterQueueArn },
        })),
    }),
});

function mapValues<From, To>(from: Record<string, From>, to: (value: From, name: string) => To): Record<string, To> {
    return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value, name)]));
}

function nameProblems(name: string, at: string) {
    if (!namePattern.test(name)) return [problemAt(at, `"${name}" is not a queue's name; give ${nameForm}`)];
    if (!name.endsWith("-dead-letter")) return [];
    return [problemAt(at, `"${name}" ends as dead-letter queues do; give another name`)];
}
