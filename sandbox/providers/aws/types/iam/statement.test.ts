import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../rpc/values";
import { checkFailures } from "../../testing";

const types = { "aws:iam/rolePolicy:RolePolicy": { role: "r" }, "aws:iam/policy:Policy": {} };
const policy = (Action: string | string[], Resource?: string | string[]) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
const logGroup = "arn:aws:logs:eu-west-1:123456789012:log-group:mine:*";

describe("a policy that allows something in vain is refused", () => {
    it.each([
        [policy("logs:DescribeLogGroups", logGroup), "logs:DescribeLogGroups takes no resource"],
        [policy(["logs:PutLogEvents", "logs:PutLogEvent"], "*"), "there is no action logs:PutLogEvent:"],
        [policy("sqs:SendMessage", "arn:aws:sns:eu-west-1:123456789012:topic"), "sqs:SendMessage takes arn:*:sqs"],
    ])("%s", (text, fault) => {
        for (const [type, inputs] of Object.entries(types))
            expect(checkFailures(type, { ...inputs, name: "p", policy: text })).toEqual([
                expect.stringMatching(new RegExp(`^policy: InertPermission: .*${fault.replaceAll("*", "\\*")}`)),
            ]);
    });

    it.each([
        policy("logs:DescribeLogGroups", "*"),
        policy(["logs:PutLogEvents", "logs:DescribeLogStreams"], logGroup),
        policy("*", "*"),
        policy("unheard:Of", "arn:aws:unheard:::x"),
    ])("but not %s", (text) => {
        for (const [type, inputs] of Object.entries(types))
            expect(checkFailures(type, { ...inputs, name: "p", policy: text })).toEqual([]);
    });

    it("but not one that is not known yet", () => {
        expect(checkFailures("aws:iam/rolePolicy:RolePolicy", { role: "r", name: "p", policy: UNKNOWN })).toEqual([]);
    });
});
