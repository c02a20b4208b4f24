import { types } from "../../graph/types";
import { adding, both, set, statements, without } from "../platform";
import { applied, invoked, ref } from "../stack";
import { always, anyone, atFirst, type Cases, publicPolicy, something } from "./case";

export const queues: Cases = {
    mutations: [
        {
            rule: "queue-encrypted-at-rest",
            what: "neither a key nor SQS managed encryption",
            change: set("orders-queue", { kmsMasterKeyId: undefined }),
            says: /^orders-queue: sqsManagedSseEnabled is (not set|false)/,
        },
        {
            rule: "queue-tls-only",
            what: "a dead-letter queue without a policy",
            change: without("orders-dead-letter-policy"),
            says: /^orders-dead-letter: it has no policy/,
        },
        {
            rule: "queue-tls-only",
            what: "a policy for sending only",
            change: statements("orders-policy", (tls) => [{ ...tls, Action: "sqs:SendMessage" }]),
            says: /^orders-queue: no statement of its policy denies all requests without TLS/,
        },
        {
            rule: "queue-tls-only",
            what: "a denial with a second condition, which narrows it",
            change: statements("orders-policy", (tls) => [
                {
                    ...tls,
                    Condition: {
                        ...(tls?.Condition as object),
                        StringEquals: { "aws:PrincipalAccount": "111122223333" },
                    },
                },
            ]),
            says: /no statement of its policy/,
        },
        {
            rule: "queue-tls-only",
            what: "a policy for another queue",
            change: statements("orders-policy", (tls) => [
                { ...tls, Resource: "arn:aws:sqs:eu-west-1:123456789012:plinth-platform-other" },
            ]),
            says: /no statement of its policy/,
        },
        {
            rule: "queue-tls-only",
            what: "two policies",
            change: set("orders-dead-letter-policy", { queueUrl: ref("orders-queue", "url") }),
            says: /^orders-(queue|dead-letter): it has (several policies|no policy)/,
        },
        {
            rule: "queue-policy-not-public",
            what: "a public permission",
            change: statements("orders-policy", (tls) => [tls ?? {}, { ...anyone, Principal: { AWS: ["*"] } }]),
            says: publicPolicy,
        },
        {
            rule: "queue-policy-not-public",
            what: "a public permission with a condition that is always true",
            change: statements("orders-policy", (tls) => [
                tls ?? {},
                { ...anyone, Condition: { StringLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } } },
            ]),
            says: publicPolicy,
        },
    ],
    unproved: [
        {
            rule: "queue-encrypted-at-rest",
            what: "a key not known yet",
            change: set("orders-queue", { kmsMasterKeyId: something }),
            says: /kmsMasterKeyId is not known yet/,
            modes: atFirst,
        },
        {
            rule: "queue-tls-only",
            what: "a policy of one queue or another",
            change: both(
                (resources) => resources.filter(({ name }) => name !== "orders-dead-letter-policy"),
                set("orders-policy", { queueUrl: applied(["orders-queue", "orders-dead-letter"], ([first]) => first) }),
            ),
            says: /^orders-(queue|dead-letter): cannot be proved: orders-policy may be another queue's policy/,
            modes: atFirst,
        },
        {
            rule: "queue-tls-only",
            what: "a queue whose name is not known yet",
            change: both(
                set("orders-queue", { name: something }),
                statements("orders-policy", (tls) => [{ ...tls, Resource: "arn:aws:sqs:eu-west-1:1:orders" }]),
            ),
            says: /its name is not known yet, so its policy may name another queue/,
            modes: atFirst,
        },
        {
            rule: "queue-policy-not-public",
            what: "the document of an invoke on unknown arguments",
            change: adding({
                ...{ type: types.queuePolicy, name: "invoked" },
                props: { queueUrl: "https://…", policy: invoked('{"Statement":[]}') },
            }),
            says: /^invoked: cannot be proved: its policy is not known yet/,
            modes: atFirst,
        },
        {
            rule: "queue-policy-not-public",
            what: "a policy that is not JSON",
            change: adding({ type: types.queuePolicy, name: "loose", props: { queueUrl: "https://…", policy: "{" } }),
            says: /its policy is not a valid policy document/,
            modes: always,
        },
    ],
};
