import { set, statement, statements } from "../platform";
import { anyone, atFirst, type Cases, publicPolicy, something } from "./case";

const trusting = (Condition: object | undefined) =>
    statements("cluster-backend-identity-role", (trust) => [{ ...trust, Condition }], "assumeRolePolicy");
const tags = {
    "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-west-1:123456789012:cluster/plinth-platform-cluster",
    "aws:RequestTag/kubernetes-namespace": "app",
    "aws:RequestTag/kubernetes-service-account": "backend",
};
const loose = /statement "TrustPodsOfServiceAccount" lets pods of any service account assume it/;

export const roles: Cases = {
    mutations: [
        {
            rule: "role-trust-narrow",
            what: "trust in everyone",
            change: set("cluster-nodes-role", { assumeRolePolicy: statement(anyone) }),
            says: publicPolicy,
        },
        {
            rule: "role-trust-narrow",
            what: "trust in every repository of an organisation",
            change: set("cluster-nodes-role", {
                assumeRolePolicy: statement({
                    ...{ Sid: "Deploy", Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity" },
                    Principal: {
                        Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
                    },
                    Condition: {
                        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
                        StringLike: { "token.actions.githubusercontent.com:sub": "repo:plinth/*" },
                    },
                }),
            }),
            says: /statement "Deploy" trusts an identity provider without requiring a subject \(sub\) that names one repository/,
        },
        { rule: "role-trust-narrow", what: "trust in all pods", change: trusting(undefined), says: loose },
        {
            rule: "role-trust-narrow",
            what: "trust in a namespace of any cluster",
            change: trusting({ StringEquals: { ...tags, "aws:RequestTag/eks-cluster-arn": undefined } }),
            says: loose,
        },
        {
            rule: "role-trust-narrow",
            what: "trust in every service account of a namespace",
            change: trusting({ StringLike: { ...tags, "aws:RequestTag/kubernetes-service-account": "*" } }),
            says: loose,
        },
        {
            rule: "role-trust-narrow",
            what: "trust in two service accounts",
            change: trusting({
                StringEquals: { ...tags, "aws:RequestTag/kubernetes-service-account": ["backend", "frontend"] },
            }),
            says: loose,
        },
    ],
    unproved: [
        {
            rule: "role-trust-narrow",
            what: "a policy not known yet",
            postponed: true,
            change: set("cluster-backend-identity-role", { assumeRolePolicy: something }),
            says: /its policy is not known yet/,
            modes: atFirst,
        },
    ],
};
