import { expect, it } from "vitest";
import { getPolicyDocument } from "./policy-document";

const statements = (properties: Parameters<typeof getPolicyDocument>[0]): unknown =>
    (JSON.parse(String(getPolicyDocument(properties).json)) as { Statement: unknown }).Statement;

it("makes the document of its statements, a list of one as that one", () => {
    const made = statements({
        statements: [
            {
                sid: "Send",
                actions: ["sqs:SendMessage"],
                resources: ["arn:aws:sqs:eu-west-1:123456789012:jobs", "arn:aws:sqs:eu-west-1:123456789012:mail"],
                principals: [{ type: "Service", identifiers: ["sns.amazonaws.com"] }],
                conditions: [
                    { test: "ArnEquals", variable: "aws:SourceArn", values: ["arn:aws:sns:eu-west-1:123456789012:t"] },
                    { test: "ArnEquals", variable: "aws:PrincipalArn", values: ["a", "b"] },
                ],
            },
            {
                effect: "Deny",
                notActions: ["s3:*"],
                notResources: ["*"],
                principals: [{ type: "*", identifiers: ["*"] }],
            },
        ],
    });
    expect(made).toEqual([
        {
            Sid: "Send",
            Effect: "Allow",
            Action: "sqs:SendMessage",
            Resource: ["arn:aws:sqs:eu-west-1:123456789012:jobs", "arn:aws:sqs:eu-west-1:123456789012:mail"],
            Principal: { Service: "sns.amazonaws.com" },
            Condition: {
                ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:t", "aws:PrincipalArn": ["a", "b"] },
            },
        },
        { Effect: "Deny", NotAction: "s3:*", NotResource: "*", Principal: "*" },
    ]);
});

it("adds to source documents, is overridden by others, and refuses a name twice", () => {
    const document = (action: string) =>
        JSON.stringify({
            Version: "2012-10-17",
            Statement: { Sid: "Read", Effect: "Allow", Action: action, Resource: "*" },
        });
    const own = [{ sid: "Write", actions: ["s3:PutObject"], resources: ["*"] }];
    const read = (Action: string) => ({ Sid: "Read", Effect: "Allow", Action, Resource: "*" });
    const write = { Sid: "Write", Effect: "Allow", Action: "s3:PutObject", Resource: "*" };
    expect(statements({ sourcePolicyDocuments: [document("s3:GetObject")], statements: own })).toEqual([
        read("s3:GetObject"),
        write,
    ]);
    const overridden = {
        sourcePolicyDocuments: [document("s3:GetObject")],
        overridePolicyDocuments: [document("s3:ListBucket")],
    };
    expect(statements(overridden)).toEqual([read("s3:ListBucket")]);
    expect(() => statements({ sourcePolicyDocuments: [document("a"), document("b")] })).toThrow(
        /duplicate Sid \(Read\)/,
    );
});
