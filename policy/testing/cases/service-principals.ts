import { statements } from "../platform";
import type { Cases } from "./case";

const admitting = (Condition?: object) =>
    statements("orders-policy", (...own) => [
        ...own,
        {
            ...{ Sid: "Topic", Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" },
            ...{ Principal: { Service: "sns.amazonaws.com" }, Condition },
        },
    ]);
const says = /statement "Topic" of its policy allows sns\.amazonaws\.com to act for any account/;

export const servicePrincipals: Cases = {
    mutations: [
        { rule: "queue-policy-not-public", what: "a service without a condition", change: admitting(), says },
        {
            rule: "queue-policy-not-public",
            what: "a service with resources of any account",
            change: admitting({ ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:orders" } }),
            says,
        },
        {
            rule: "queue-policy-not-public",
            what: "a service with an account if it says one",
            change: admitting({ StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } }),
            says,
        },
    ],
    unproved: [],
};
