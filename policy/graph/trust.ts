import { conditionsOf, isRecord, limitingOperator, nameOf, type Statement, strings, type Test } from "./statement";

/* Trust policies of roles: who may assume a role without credentials of AWS's. */

/** Condition keys that limit a trust policy to one service account of one cluster. */
const podKeys = ["eks-cluster-arn", "kubernetes-namespace", "kubernetes-service-account"].map(
    (tag) => `aws:requesttag/${tag}`,
);

/**
 * The names (or positions) of the statements of a role's trust policy that let pods of more than one service account
 * assume it: any Pod Identity association in the account could give it to any pod.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function statementsTrustingAnyPod(statements: readonly Statement[]): string[] {
    return statements.flatMap((statement, index) =>
        statement.Effect === "Allow" && trustsPods(statement) && !isBoundToServiceAccount(statement)
            ? [nameOf(statement, index)]
            : [],
    );
}

function trustsPods({ Principal }: Statement): boolean {
    return isRecord(Principal) && strings(Principal.Service).some((service) => service.startsWith("pods.eks."));
}

function isBoundToServiceAccount({ Condition }: Statement): boolean {
    const tests = conditionsOf(Condition);
    return podKeys.every((wanted) =>
        tests.some(
            ({ operator, key, values }) =>
                /^(string|arn)equals$/i.test(operator) &&
                key === wanted &&
                values.length === 1 &&
                values.every((value) => value !== "" && !/[*?]|\$\{/.test(value)),
        ),
    );
}

/** A statement of a trust policy that admits more identities than one should, and what it lacks. */
export interface LooseTrust {
    readonly statement: string;
    readonly lacks: string;
}

/** What a trust policy must require of the identities of a provider: a condition key of the provider, and its value. */
interface Claim {
    readonly claim: string;
    readonly holds: (value: string) => boolean;
    /** What is missing otherwise. */
    readonly lacks: string;
}

const isFixed = (value: string) => value !== "" && !/[*?]|\$\{/.test(value);
const audience: Claim = { claim: "aud", holds: isFixed, lacks: "an audience (aud)" };
const subject = (holds: Claim["holds"], lacks: string): Claim => ({ claim: "sub", holds, lacks });

/** By the provider in Principal.Federated, the first that matches. */
const providers: readonly { readonly provider: RegExp; readonly claims: readonly Claim[] }[] = [
    {
        // https://docs.github.com/en/actions/reference/security/oidc
        provider: /token\.actions\.githubusercontent\.com/,
        claims: [
            audience,
            subject((value) => /^repo:[^*?/:]+\/[^*?:]+:/.test(value), "a subject (sub) that names one repository"),
        ],
    },
    {
        // https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
        provider: /oidc\.eks\./,
        claims: [
            audience,
            subject(
                (value) => /^system:serviceaccount:[^*?:]+:[^*?:]+$/.test(value),
                "a subject (sub) that names one service account",
            ),
        ],
    },
    {
        // https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
        provider: /^cognito-identity\.amazonaws\.com$/,
        claims: [
            { ...audience, lacks: "an identity pool (aud)" },
            { claim: "amr", holds: (value) => value === "authenticated", lacks: "authenticated identities (amr)" },
        ],
    },
    {
        provider: /^(graph\.facebook\.com|www\.amazon\.com)$/,
        claims: [{ ...audience, claim: "app_id", lacks: "an application (app_id)" }],
    },
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
    { provider: /:saml-provider\//, claims: [audience] },
    { provider: /./, claims: [audience, subject(isFixed, "a subject (sub) without wildcards")] },
];

/**
 * Statements that let identities of a web or SAML identity provider assume the role without the conditions that tell the
 * own ones from those of all other customers of the provider.
 */
export function looseFederations(statements: readonly Statement[]): LooseTrust[] {
    return statements.flatMap((statement, index) => {
        const { Effect, Principal, Condition } = statement;
        if (Effect !== "Allow" || !isRecord(Principal)) return [];
        const tests = conditionsOf(Condition);
        const lacks = strings(Principal.Federated).flatMap((federated) => {
            const found = providers.find(({ provider }) => provider.test(federated));
            return (found?.claims ?? []).filter((claim) => !isRequired(claim, federated, tests));
        });
        return lacks.length === 0
            ? []
            : [
                  {
                      statement: nameOf(statement, index),
                      lacks: [...new Set(lacks.map((one) => one.lacks))].join(" and "),
                  },
              ];
    });
}

/** Whether a test requires the claim. Its key begins with the provider's host and path: an ARN ends with them. */
function isRequired({ claim, holds }: Claim, federated: string, tests: readonly Test[]): boolean {
    const issuer =
        /:oidc-provider\/(.+)$/.exec(federated)?.[1] ?? (/:saml-provider\//.test(federated) ? "saml" : federated);
    return tests.some(
        ({ operator, key, values }) =>
            limitingOperator.test(operator) &&
            key === `${issuer}:${claim}`.toLowerCase() &&
            values.length > 0 &&
            values.every(holds),
    );
}
