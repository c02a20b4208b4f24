import { beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { checkFailures, TestAccount } from "../../testing";

const types = {
    role: "aws:iam/role:Role",
    policy: "aws:iam/policy:Policy",
    inline: "aws:iam/rolePolicy:RolePolicy",
    attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    oidc: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
};
type Kind = keyof typeof types;

describe("what AWS refuses by the inputs alone", () => {
    it.each<[Kind, Properties, string]>([
        ["policy", { policy: "{" }, "MalformedPolicyDocument"],
        ["policy", { policy: JSON.stringify("a".repeat(6200)) }, "LimitExceeded"],
        ["inline", { role: "r", name: "p", policy: "a".repeat(10_241) }, "LimitExceeded"],
        ["oidc", { url: "http://a", clientIdLists: ["a"] }, "ValidationError"],
    ])("refuses %s with %j", (kind, inputs, code) => {
        expect(checkFailures(types[kind], inputs)).toEqual(expect.arrayContaining([expect.stringContaining(code)]));
    });
});

describe("in an account", () => {
    let account: TestAccount<Kind>;
    beforeEach(() => {
        account = new TestAccount(types);
    });

    it("a policy is deleted after its attachments, and attached to a role up to ten times", () => {
        account.make("role", { name: "nodes", assumeRolePolicy: "{}" });
        const policy = account.make("policy", { name: "p", policy: "{}" });
        const attached = account.make("attachment", { role: "nodes", policyArn: policy });
        expect(() => account.remove("policy", policy)).toThrow(/DeleteConflict/);
        account.remove("attachment", attached);
        account.remove("policy", policy);
        for (let index = 0; index < 10; index++)
            account.make("attachment", { role: "nodes", policyArn: `${policy}${index}` });
        expect(() => account.made("attachment", { role: "nodes", policyArn: policy })).toThrow(/PoliciesPerRole: 10/);
    });

    it("field C9: a role's own policies have 10,240 characters together, blanks aside", () => {
        account.make("role", { name: "worker", assumeRolePolicy: "{}" });
        const policy = `{${" ".repeat(9_000)}${"a".repeat(6_000)}}`;
        const id = account.make("inline", { role: "worker", name: "one", policy });
        expect(() => account.made("inline", { role: "worker", name: "two", policy })).toThrow(/LimitExceeded/);
        account.remove("inline", id);
        account.make("inline", { role: "worker", name: "two", policy });
    });

    it("an identity provider is there once", () => {
        const issuer = { url: "https://oidc.example/id/1", clientIdLists: ["sts.amazonaws.com"] };
        account.make("oidc", issuer);
        expect(() => account.made("oidc", issuer)).toThrow(/EntityAlreadyExists/);
    });
});
