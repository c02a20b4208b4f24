import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import type { AccessGrant } from "../client";
import { policyDocument } from "../policy-document";
import { settled } from "../testing/mocks";
import { type GrantedQueue, queueStatements, roomProblem } from "./grant";

const [partition, region, accountId, dnsSuffix] = ["aws", "eu-west-1", "123456789012", "amazonaws.com"].map((text) =>
    pulumi.output(text),
) as [pulumi.Output<string>, pulumi.Output<string>, pulumi.Output<string>, pulumi.Output<string>];
const context = { partition, region, accountId, dnsSuffix };

function queues(count: number): GrantedQueue[] {
    return Array.from({ length: count }, (_, index) => ({
        queueArn: pulumi.output(`arn:aws:sqs:eu-west-1:123456789012:plinth-prod-orders-${index}`),
        kmsKeyId: pulumi.output(`arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-${index}`),
        accessGrants: [] as AccessGrant[],
    }));
}

async function policyOf(uses: Record<"consume" | "send", GrantedQueue[]>): Promise<string> {
    return settled(policyDocument(...queueStatements("worker", uses, context as never)));
}

it("field C9: a role has room for the rights to a hundred queues, whatever it does with them", async () => {
    const all = queues(100);
    const policy = await policyOf({ consume: all, send: all });
    expect(policy.length).toBeLessThan(10_240);
    expect(policy.match(/orders-99"/g)).toHaveLength(1);
    expect(all[0]?.accessGrants.map(({ access }) => access)).toEqual(["consume", "send"]);
});

it("names keys one by one while there is room, and then allows them through SQS alone", async () => {
    const few = JSON.parse(await policyOf({ consume: queues(20), send: [] }));
    expect(few.Statement[1].Resource).toHaveLength(20);
    const many = JSON.parse(await policyOf({ consume: queues(21), send: [] }));
    expect(many.Statement[1]).toMatchObject({
        Action: ["kms:Decrypt"],
        Resource: "arn:aws:kms:eu-west-1:123456789012:key/*",
        Condition: { StringEquals: { "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } },
    });
});

it("field C9: says how many queues are too many before IAM does", () => {
    const consuming = (count: number) => ({
        consume: Array.from({ length: count }, (_, index) => `plinth-prod-orders-${index}`),
        send: [],
    });
    expect(roomProblem(consuming(100), "eu-west-1")).toBeUndefined();
    expect(roomProblem(consuming(200), "eu-west-1")).toMatch(/^the rights to these queues take about \d+ characters/);
});
