import { describe, expect, it } from "vitest";
import {
    deniesAlways,
    deniesPlainText,
    parseDocument,
    publicStatements,
    unboundServices,
    unrestrictedStatements,
} from "./document";
import type { Reading } from "./reading";

const known = (value: string | object): Reading => ({ is: "known", value });
const allow = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const isPublic = (statement: object) => publicStatements([{ ...allow, ...statement }]).length > 0;

describe("parseDocument", () => {
    it.each<[string, string | object, string]>([
        ["text", JSON.stringify({ Statement: [allow] }), "known"],
        ["an object", { Statement: [allow] }, "known"],
        ["one statement without a list", { Statement: allow }, "known"],
        ["no JSON", "{", "unreadable"],
        ["no document", "[]", "unreadable"],
        ["no statements", "{}", "unreadable"],
        ["an effect in other letters, which AWS refuses", { Statement: { ...allow, Effect: "allow" } }, "unreadable"],
        ["elements in other letters", { Statement: { effect: "Allow", principal: "*" } }, "unreadable"],
        [
            "an element that stands there twice, of which readers take another than AWS",
            '{"Statement":{"Effect":"Allow","Principal":"*","Principal":{"AWS":"111122223333"},"Action":"*","Resource":"*"}}',
            "unreadable",
        ],
        [
            "a text with quotes and colons in it",
            JSON.stringify({ Id: 'a "b": c', Statement: { ...allow, Sid: '{"x": "y"}' } }),
            "known",
        ],
        ["a statement that is none, among others", { Statement: [allow, "x"] }, "unreadable"],
    ])("takes %s as %s", (_, value, is) => {
        expect(parseDocument(known(value)).is).toBe(is);
    });

    it("tells what is left out from what is not known yet", () => {
        expect(parseDocument({ is: "absent" }).is).toBe("absent");
        expect(parseDocument({ is: "unknown" }).is).toBe("unknown");
    });
});

describe("publicStatements", () => {
    it("names statements by their ids, else by their places", () => {
        const named = { ...allow, Sid: "Named" };
        expect(publicStatements([{ ...allow, Effect: "Deny" }, named, allow])).toEqual(['"Named"', "number 3"]);
    });

    it.each([
        ["everyone", { Principal: "*" }],
        ["every AWS principal", { Principal: { AWS: "*" } }],
        ["every AWS principal among others", { Principal: { AWS: ["111122223333", "*"] } }],
        ["roles of every account", { Principal: { AWS: "arn:aws:iam::*:role/reader" } }],
        ["every service", { Principal: { Service: "*" } }],
        ["all but someone", { Principal: undefined, NotPrincipal: { AWS: "111122223333" } }],
    ])("takes %s as public", (_, statement) => {
        expect(isPublic(statement)).toBe(true);
    });

    it.each([
        ["an account", { Principal: { AWS: "arn:aws:iam::111122223333:root" } }],
        ["a service", { Principal: { Service: "sns.amazonaws.com" } }],
        ["nobody", { Principal: undefined }],
    ])("does not take %s as public", (_, statement) => {
        expect(isPublic(statement)).toBe(false);
    });

    it.each<[string, object, boolean]>([
        ["an account", { StringEquals: { "aws:SourceAccount": "111122223333" } }, true],
        ["an account, the key in other letters", { StringEquals: { "AWS:sourceaccount": "111122223333" } }, true],
        ["accounts", { StringEquals: { "aws:SourceAccount": ["111122223333", "444455556666"] } }, true],
        ["a resource", { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::bucket" } }, true],
        ["the resources of an account", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:111122223333:*" } }, true],
        [
            "an organisation and something else",
            {
                Bool: { "aws:SecureTransport": "true" },
                StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3" },
            },
            true,
        ],
        [
            "a part of an organisation",
            { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3/r-1/*" } },
            true,
        ],
        ["any account", { StringLike: { "aws:SourceAccount": "*" } }, false],
        ["an account and any", { StringLike: { "aws:SourceAccount": ["111122223333", "*"] } }, false],
        ["no account", { StringEquals: { "aws:SourceAccount": [] } }, false],
        [
            "the caller's own account, as a variable",
            // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
            { StringEquals: { "aws:SourceAccount": "${aws:PrincipalAccount}" } },
            false,
        ],
        ["all but an account", { StringNotEquals: { "aws:SourceAccount": "111122223333" } }, false],
        ["an account if there is one", { StringEqualsIfExists: { "aws:SourceAccount": "111122223333" } }, false],
        ["organisations, or none", { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3" } }, false],
        ["TLS only", { Bool: { "aws:SecureTransport": "true" } }, false],
        ["a region", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }, false],
    ])("takes the condition %s as %j: restricts %s", (_, Condition, restricts) => {
        expect(isPublic({ Condition })).toBe(!restricts);
    });
});

describe("deniesPlainText", () => {
    const deny = {
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: "mine",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    const denies = (statement: object) =>
        deniesPlainText([allow, { ...deny, ...statement }], "sqs", (resource) => resource === "mine");

    it.each([
        ["as AWS documents it", {}],
        ["with every action there is", { Action: "*" }],
        [
            "with one of several actions and resources",
            { Action: ["sqs:SendMessage", "SQS:*"], Resource: ["other", "mine"] },
        ],
        ["with a flag instead of text", { Condition: { BoolIfExists: { "aws:securetransport": false } } }],
    ])("accepts a denial %s", (_, statement) => {
        expect(denies(statement)).toBe(true);
    });

    it.each([
        ["that allows", { Effect: "Allow" }],
        ["of one account only", { Principal: { AWS: "111122223333" } }],
        ["of some actions only", { Action: ["sqs:SendMessage", "sqs:ReceiveMessage"] }],
        ["on another resource", { Resource: "other" }],
        ["of requests over TLS", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
        ["of either", { Condition: { Bool: { "aws:SecureTransport": ["true", "false"] } } }],
        ["without a condition", { Condition: undefined }],
        ["by another operator", { Condition: { Null: { "aws:SecureTransport": "false" } } }],
        ["on another key", { Condition: { Bool: { "aws:ViaAWSService": "false" } } }],
        [
            "narrowed by a second key",
            {
                Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } },
            },
        ],
    ])("refuses a statement %s", (_, statement) => {
        expect(denies(statement)).toBe(false);
    });
});

describe("deniesAlways", () => {
    const denies = (statement: object) =>
        deniesAlways([{ Effect: "Deny", Principal: "*", Resource: "*", ...statement }], "backup:DeleteRecoveryPoint");

    it.each(["backup:DeleteRecoveryPoint", "backup:Delete*", "backup:*", "*"])("takes %s as a denial", (Action) => {
        expect(denies({ Action })).toBe(true);
    });

    it.each([
        ["all but the action", { NotAction: "backup:DeleteRecoveryPoint" }],
        ["another action", { Action: "backup:DeleteRecoveryPoints" }],
        ["all but a resource", { Action: "*", Resource: undefined, NotResource: "arn:aws:backup:::x" }],
        ["some principals", { Action: "*", Principal: undefined, NotPrincipal: { AWS: "111122223333" } }],
    ])("refuses a denial of %s", (_, statement) => {
        expect(denies(statement)).toBe(false);
    });
});

describe("unrestrictedStatements", () => {
    it.each([
        ["named resources", { Resource: "arn:aws:s3:::shop/*" }, []],
        ["all resources", {}, ["number 1"]],
        ["all but named resources", { Resource: undefined, NotResource: "arn:aws:s3:::shop/*" }, ["number 1"]],
    ])("reads a statement on %s", (_, statement, names) => {
        expect(unrestrictedStatements([{ ...allow, ...statement }])).toEqual(names);
    });
});

describe("unboundServices", () => {
    const logs = {
        Effect: "Allow",
        Principal: { Service: "logs.eu-west-1.amazonaws.com" },
        Action: "kms:Encrypt",
        Resource: "*",
    };
    const group = "arn:aws:logs:eu-west-1:123456789012:log-group:app";
    it.each<[string, object, boolean]>([
        ["a service without a condition", {}, true],
        ["the source's account", { Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } }, false],
        [
            "the ARN that is encrypted",
            { Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": group } } },
            false,
        ],
        [
            "the ARNs that are encrypted, in any account",
            { Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:*:*:*" } } },
            true,
        ],
        [
            "a condition that is met without a context",
            { Condition: { ArnEqualsIfExists: { "kms:EncryptionContext:aws:logs:arn": group } } },
            true,
        ],
        ["the logs of an account", { Resource: "arn:aws:s3:::logs/AWSLogs/123456789012/*" }, false],
        ["the logs of every account", { Resource: "arn:aws:s3:::logs/AWSLogs/*" }, true],
        [
            "the logs of an account, and more",
            { Resource: ["arn:aws:s3:::logs/AWSLogs/123456789012/*", "arn:aws:s3:::logs/*"] },
            true,
        ],
    ])("are told by %s", (_, change, isUnbound) => {
        expect(unboundServices([{ ...logs, ...change }]).length > 0).toBe(isUnbound);
    });
});
