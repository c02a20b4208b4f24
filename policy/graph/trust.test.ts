import { describe, expect, it } from "vitest";
import { looseFederations } from "./trust";

const arn = "arn:aws:iam::111122223333:oidc-provider/";
const github = "token.actions.githubusercontent.com";
const eks = "oidc.eks.eu-west-1.amazonaws.com/id/0123";
const cognito = "cognito-identity.amazonaws.com";
const lacksOf = (Federated: string, Condition?: object) =>
    looseFederations([
        { Sid: "Web", Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated }, Condition },
    ]).map(({ lacks }) => lacks);
const audience = (issuer: string) => ({ [`${issuer}:aud`]: "sts.amazonaws.com" });

describe("looseFederations", () => {
    it.each<[string, string, object]>([
        [
            "a branch of one repository",
            arn + github,
            { StringEquals: { ...audience(github), [`${github}:sub`]: "repo:plinth/shop:ref:refs/heads/main" } },
        ],
        [
            "all of one repository",
            arn + github,
            { StringEquals: audience(github), StringLike: { [`${github}:sub`]: ["repo:plinth/shop:*"] } },
        ],
        [
            "one service account",
            arn + eks,
            { StringEquals: { ...audience(eks), [`${eks}:sub`]: "system:serviceaccount:shop:api" } },
        ],
        [
            "authenticated identities of one pool",
            cognito,
            {
                StringEquals: { [`${cognito}:aud`]: "eu-west-1:pool" },
                "ForAnyValue:StringLike": { [`${cognito}:amr`]: "authenticated" },
            },
        ],
        [
            "one account of Google",
            "accounts.google.com",
            { StringEquals: { "accounts.google.com:aud": "client", "accounts.google.com:sub": "123" } },
        ],
        [
            "a SAML provider with its audience",
            "arn:aws:iam::111122223333:saml-provider/Office",
            { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
        ],
    ])("accepts %s", (_, provider, condition) => {
        expect(lacksOf(provider, condition)).toEqual([]);
    });

    it.each<[string, string, object | undefined, string]>([
        [
            "GitHub without a condition",
            arn + github,
            undefined,
            "an audience (aud) and a subject (sub) that names one repository",
        ],
        [
            "GitHub with an audience only",
            arn + github,
            { StringEquals: audience(github) },
            "a subject (sub) that names one repository",
        ],
        [
            "all repositories of an organisation",
            arn + github,
            { StringEquals: audience(github), StringLike: { [`${github}:sub`]: "repo:plinth/*" } },
            "a subject (sub) that names one repository",
        ],
        [
            "one repository among others",
            arn + github,
            { StringEquals: audience(github), StringLike: { [`${github}:sub`]: ["repo:plinth/shop:*", "repo:*"] } },
            "a subject (sub) that names one repository",
        ],
        [
            "a subject if there is one",
            arn + github,
            { StringEquals: audience(github), StringEqualsIfExists: { [`${github}:sub`]: "repo:plinth/shop:*" } },
            "a subject (sub) that names one repository",
        ],
        [
            "no values but these, or none",
            arn + github,
            { StringEquals: audience(github), "ForAllValues:StringLike": { [`${github}:sub`]: "repo:plinth/shop:*" } },
            "a subject (sub) that names one repository",
        ],
        [
            "the subject of another provider",
            arn + eks,
            { StringEquals: { ...audience(eks), [`${github}:sub`]: "system:serviceaccount:shop:api" } },
            "a subject (sub) that names one service account",
        ],
        [
            "any service account of a namespace",
            arn + eks,
            { StringLike: { ...audience(eks), [`${eks}:sub`]: "system:serviceaccount:shop:*" } },
            "a subject (sub) that names one service account",
        ],
        [
            "identities that are not authenticated",
            cognito,
            { StringEquals: { [`${cognito}:aud`]: "eu-west-1:pool", [`${cognito}:amr`]: "unauthenticated" } },
            "authenticated identities (amr)",
        ],
        [
            "any user of Google",
            "accounts.google.com",
            { StringEquals: { "accounts.google.com:aud": "client" } },
            "a subject (sub) without wildcards",
        ],
    ])("refuses %s", (_, provider, condition, lacks) => {
        expect(lacksOf(provider, condition)).toEqual([lacks]);
    });
});
