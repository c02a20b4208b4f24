import { readFileSync } from "node:fs";
import * as path from "node:path";
import { permissionsOf, takes } from "@plinth/facts";
import { type Statement, statementsOf } from "@plinth/sandbox/providers/aws/iam/document";
import { inertCondition, inertIn } from "@plinth/sandbox/providers/aws/types/iam/statement";
import { describe, expect, it } from "vitest";

const recordings = ["platform.json", "existing-network.json", "aurora.json"];
const folder = path.join(__dirname, "../policy/testing/data");

/** Every policy in a recording, which is text of JSON with statements, wherever it stands. */
function* policiesIn(value: unknown): Generator<string> {
    if (typeof value === "string") {
        if (value.startsWith("{") && value.includes('"Statement"')) yield value;
    } else if (typeof value === "object" && value !== null)
        for (const inner of Object.values(value)) yield* policiesIn(inner);
}

const statements = recordings.flatMap((file) =>
    [...policiesIn(JSON.parse(readFileSync(path.join(folder, file), "utf8")))].flatMap(statementsOf),
);

describe("every policy that the platform writes", () => {
    it("names actions that IAM has", () => {
        const actions = [...new Set(statements.flatMap((statement) => statement.actions))].filter((one) => one !== "*");
        const unknown = actions.filter((action) => permissionsOf(action)?.length === 0);
        const unjudged = actions.filter((action) => permissionsOf(action) === undefined);
        console.log(
            `${statements.length} statements, ${actions.length} actions, of unknown services: ${unjudged.length}`,
        );
        expect([unknown, unjudged]).toEqual([[], []]);
        expect(actions.length).toBeGreaterThan(100);
    });

    it("gives every action a resource that it takes", () => {
        let pairs = 0;
        const inert = new Set<string>();
        for (const statement of statements) {
            pairs += statement.actions.length * (statement.resources?.length ?? 0);
            // One by one: of several resources, each has to be there for some action.
            for (const action of statement.actions) {
                const fault = inertIn({ ...statement, actions: [action] });
                if (fault) inert.add(fault);
            }
        }
        console.log(`${pairs} pairs of action and resource judged`);
        expect([...inert]).toEqual([]);
        expect(pairs).toBeGreaterThan(300);
    });

    it("makes conditions on keys that requests for its actions have", () => {
        const judged = statements.flatMap((statement) =>
            Object.values(statement.conditions).flatMap((keys) =>
                Object.keys(keys).flatMap((key) => statement.actions.map(() => key)),
            ),
        );
        console.log(`${judged.length} pairs of action and condition key judged, ${new Set(judged).size} keys`);
        expect(statements.flatMap((statement) => inertCondition(statement) ?? [])).toEqual([]);
        expect(new Set(judged).size).toBeGreaterThan(10);
    });
});

describe("a statement", () => {
    const first = (statement: object): Statement => {
        const [one] = statementsOf({ Statement: { Effect: "Allow", Resource: "*", ...statement } });
        if (!one) throw new Error("there is no statement");
        return one;
    };
    const allow = (Action: string[], ...Resource: string[]) => first({ Action, Resource });
    const logs = "arn:aws:logs:eu-west-1:123456789012:log-group:mine:*";

    it.each([
        [allow(["logs:DescribeLogGroups"], logs), "logs:DescribeLogGroups takes no resource"],
        [allow(["sqs:SendMesage"], "*"), "there is no action sqs:SendMesage: there is sqs:SendMessage"],
        [allow(["sqs:SendMessage"], "arn:aws:sns:eu-west-1:123456789012:topic"), "sqs:SendMessage takes arn:*:sqs:"],
        [allow(["s3:Put*Objekt"], "*"), "there is no action s3:Put*Objekt"],
        [allow(["s3:ListBucket"], "arn:aws:s3:::bucket/*"), undefined],
        [allow(["s3:ListAllMyBuckets"], "arn:aws:s3:::bucket"), "s3:ListAllMyBuckets takes no resource"],
        [allow(["logs:DescribeLogGroups"], "*"), undefined],
        [allow(["logs:PutLogEvents"], logs), undefined],
        [allow(["SNS:Publish"], "arn:aws:sns:eu-west-1:123456789012:topic"), undefined],
        [allow(["kms:*"], "*"), undefined],
        [allow(["logs:Describe*", "ec2:CreateTags"], logs, "arn:aws:ec2:*:*:network-interface/*"), undefined],
        [allow(["iam:PassRole"], `arn:aws:iam::123456789012:role/${"$"}{aws:PrincipalTag/team}-*`), undefined],
        [allow(["unheard:OfThis"], "arn:aws:unheard:::x"), undefined],
    ])("%j", (statement, fault) => {
        expect(inertIn(statement)).toEqual(fault === undefined ? undefined : expect.stringContaining(fault));
    });

    const condition = (Action: string, Condition: object, Effect = "Allow") => first({ Action, Condition, Effect });
    it.each([
        [
            condition("sns:Publish", { StringEquals: { "aws:SourceAcount": "1" } }),
            "there is no condition key aws:SourceAcount",
        ],
        [condition("sns:Publish", { Bool: { "aws:SecureTransprt": "false" } }, "Deny"), "there is no condition key"],
        [
            condition("sns:Publish", { StringEquals: { "sns:Protocol": "sqs" } }),
            "no request for sns:Publish has the condition key",
        ],
        [
            condition("kms:DescribeKey", { Bool: { "kms:GrantIsForAWSResource": "true" } }),
            "no request for kms:DescribeKey has",
        ],
        [condition("sns:Publish", { StringEqualsIfExists: { "sns:Protocol": "sqs" } }), undefined],
        [condition("sns:Publish", { StringNotEquals: { "sns:Protocol": "sqs" } }), undefined],
        [condition("sns:Subscribe", { StringEquals: { "SNS:Protocol": "sqs" } }), undefined],
        [condition("kms:Decrypt", { StringEquals: { "kms:EncryptionContext:aws:logs:arn": "x" } }), undefined],
        [condition("unheard:Of", { StringEquals: { "unheard:Key": "x" } }), undefined],
    ])("%j", (statement, fault) => {
        expect(inertCondition(statement)).toEqual(fault === undefined ? undefined : expect.stringContaining(fault));
    });

    it("may match a resource by a part of its name", () => {
        const [send] = permissionsOf("sqs:SendMessage") ?? [];
        if (!send) throw new Error("there is no sqs:SendMessage");
        expect(takes(send, "arn:aws:sqs:*:*:orders-*")).toBe(true);
        expect(takes(send, "arn:aws:s?s:eu-west-1:1:q")).toBe(true);
        expect(takes(send, "arn:aws:sns:*:*:orders-*")).toBe(false);
    });
});
