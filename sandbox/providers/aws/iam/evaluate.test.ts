import { describe, expect, it } from "vitest";
import type { Context } from "./condition";
import { statementsOf } from "./document";
import { judge, type Policies, type Principal } from "./evaluate";

const account = "123456789012";
const role: Principal = { role: `arn:aws:iam::${account}:role/reader` };
const service: Principal = { service: "events.amazonaws.com" };
const resource = `arn:aws:sqs:eu-west-1:${account}:orders`;
const root = { AWS: `arn:aws:iam::${account}:root` };

const statement = (more: object) => ({ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*", ...more });
const policy = (of: string, ...given: object[]) => ({
    of,
    statements: statementsOf({ Statement: given.map(statement) }),
});

function verdict(principal: Principal, context: Context, own: object[], its?: object[], decides = false): unknown {
    const policies: Policies = {
        identity: own.length > 0 ? [policy("the role's policy", ...own)] : [],
        resource: its && policy("the queue's policy", ...its),
        resourceDecides: decides,
    };
    const result = judge({ principal, action: "sqs:SendMessage", resource, context }, policies);
    return result.allowed === false ? result.because : result.allowed;
}

describe("a role", () => {
    it.each([
        ["its own policy allows it", [{}], undefined, true],
        ["the policy of the resource names it", [], [{ Principal: { AWS: role.role } }], true],
        ["the policy of the resource is for everybody", [], [{ Principal: "*" }], true],
        ["nothing allows it", [], undefined, "the role has no policy"],
        [
            "another action is allowed",
            [{ Action: "sqs:Receive*" }],
            undefined,
            "no statement in the role's policy allows it",
        ],
        [
            "another resource is allowed",
            [{ Resource: `${resource}-*` }],
            undefined,
            "no statement in the role's policy allows it",
        ],
        ["capitals differ in the action", [{ Action: "SQS:sendmessage" }], undefined, true],
        ["all but others are allowed", [{ Action: undefined, NotAction: "sqs:Receive*" }], undefined, true],
        [
            "all but this is allowed",
            [{ Action: undefined, NotAction: "sqs:Send*" }],
            undefined,
            "no statement in the role's policy allows it",
        ],
        [
            "all but this resource",
            [{ Resource: undefined, NotResource: resource }],
            undefined,
            "no statement in the role's policy allows it",
        ],
        ["all but another resource", [{ Resource: undefined, NotResource: "arn:aws:sqs:*:*:x" }], undefined, true],
        [
            "one of its statements denies it",
            [{}, { Sid: "Never", Effect: "Deny" }],
            undefined,
            "the statement Never in the role's policy denies it",
        ],
        [
            "the resource denies it",
            [{}],
            [{ Effect: "Deny", Principal: "*" }],
            "the statement number 1 in the queue's policy denies it",
        ],
        ["the account is named, and it has no policy", [], [{ Principal: root }], "the role has no policy"],
    ])("where %s", (_, own, its, expected) => {
        expect(verdict(role, {}, own, its)).toBe(expected);
    });

    it.each([
        ["the resource leaves it to the account", [{}], [{ Principal: root }], true],
        [
            "the resource does so, and the role's policy has nothing",
            [],
            [{ Principal: root }],
            "the role has no policy",
        ],
        ["the resource says nothing", [{}], [], "no statement in the queue's policy allows it"],
        [
            "the resource names another role",
            [{}],
            [{ Principal: { AWS: `${role.role}-2` } }],
            "no statement in the queue's policy allows it",
        ],
    ])("of a key or another role, where %s", (_, own, its, expected) => {
        expect(verdict(role, {}, own, its, true)).toBe(expected);
    });
});

describe("a service", () => {
    it("needs the policy of the resource, and an account's delegation is none", () => {
        expect(verdict(service, {}, [], undefined)).toBe("it has no policy of its own that allows it");
        expect(verdict(service, {}, [], [{ Principal: root }])).toBe("no statement in the queue's policy allows it");
        expect(verdict(service, {}, [], [{ Principal: { AWS: "*" } }])).toBe(true);
        expect(verdict(service, {}, [], [{ Principal: { Service: ["a.amazonaws.com", service.service] } }])).toBe(true);
    });
});

const no = "no statement in the role's policy allows it";
describe("a condition", () => {
    const context = {
        "aws:sourcearn": ["arn:aws:events:eu-west-1:1:rule/a"],
        "aws:sourceaccount": null,
        "aws:tagkeys": ["a", "b"],
    };
    it.each([
        ["StringEquals", { "aws:SourceArn": ["x", "arn:aws:events:eu-west-1:1:rule/a"] }, true],
        ["StringEquals", { "aws:SourceArn": "ARN:aws:events:eu-west-1:1:rule/a" }, no],
        ["StringEqualsIgnoreCase", { "aws:SourceArn": "ARN:aws:events:eu-west-1:1:rule/a" }, true],
        ["StringLike", { "aws:SourceArn": "arn:*:rule/?" }, true],
        ["StringNotLike", { "aws:SourceArn": "arn:*:rule/?" }, no],
        ["ArnLike", { "AWS:sourcearn": "arn:aws:events:*:1:rule/*" }, true],
        ["ArnEquals", { "aws:SourceArn": "arn:aws:*:rule/*" }, no],
        ["ArnNotEquals", { "aws:SourceArn": "arn:aws:events:*:2:*" }, true],
        ["StringEquals", { "aws:SourceAccount": "1" }, no],
        ["StringEqualsIfExists", { "aws:SourceAccount": "1" }, true],
        ["StringNotEquals", { "aws:SourceAccount": "1" }, true],
        ["Null", { "aws:SourceAccount": "true" }, true],
        ["Null", { "aws:SourceArn": "true" }, no],
        ["ForAllValues:StringEquals", { "aws:TagKeys": ["a", "b", "c"] }, true],
        ["ForAllValues:StringEquals", { "aws:TagKeys": ["a"] }, no],
        ["ForAnyValue:StringEquals", { "aws:TagKeys": ["a"] }, true],
        ["StringEquals", { "aws:SourceArn": "$".concat("{aws:SourceArn}") }, true],
        ["StringEquals", { "aws:PrincipalOrgID": "o-1" }, undefined],
        ["StringEquals", { "aws:SourceArn": "$".concat("{aws:userid}") }, undefined],
        ["DateLessThan", { "aws:SourceArn": "2026-01-01" }, undefined],
        ["StringEquals", { "aws:PrincipalOrgID": "o-1", "aws:SourceArn": "x" }, no],
    ])("%s %j", (operator, keys, expected) => {
        expect(verdict(role, context, [{ Condition: { [operator]: keys } }])).toBe(expected);
    });

    it("that is not known leaves a denial without a verdict, and no allowance", () => {
        const deny = { Effect: "Deny", Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } };
        expect(verdict(role, {}, [{}, deny])).toBe(undefined);
        expect(verdict(role, {}, [deny])).toBe(no);
        expect(verdict(role, {}, [{ Resource: "arn:aws:sqs:*:*:$".concat("{aws:username}") }])).toBe(undefined);
    });
});
