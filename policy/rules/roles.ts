import { parseDocument } from "../graph/document";
import { looseFederations, statementsTrustingAnyPod } from "../graph/trust";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, violated } from "../verdict";
import { mustNotBePublic, onDocuments, unreadable } from "./checks";

const roleTrustNarrow = onDocuments({
    id: "role-trust-narrow",
    title: "Role trust policies are not public, and trust named pods and named identities of other providers only",
    severity: "critical",
    enforcement: "mandatory",
    controls: { cis: ["Amazon EKS 1.4 §5.2.1"], checkov: ["CKV_AWS_60", "CKV_AWS_61"] },
    remedy:
        "Name the principals in assumeRolePolicy, or limit the statement by aws:PrincipalArn or aws:PrincipalOrgID. Where it trusts " +
        "pods.eks.amazonaws.com, require with StringEquals the cluster, the namespace and the service account: " +
        "aws:RequestTag/eks-cluster-arn, kubernetes-namespace and kubernetes-service-account. Where it trusts an identity provider " +
        "such as GitHub's or a cluster's, require its audience and its subject: <provider>:aud and <provider>:sub.",
    appliesTo: [types.role],
    judge: (role) => {
        const document = parseDocument(role.read("assumeRolePolicy"));
        if (document.is === "absent") return violated("assumeRolePolicy is not set");
        if (document.is !== "known") return unreadable(document, role, "assumeRolePolicy");
        const loose = statementsTrustingAnyPod(document.statements).map((statement) =>
            violated(`statement ${statement} lets pods of any service account assume it`),
        );
        const federated = looseFederations(document.statements).map(({ statement, lacks }) =>
            violated(`statement ${statement} trusts an identity provider without requiring ${lacks}`),
        );
        return all([mustNotBePublic(role, "assumeRolePolicy"), ...loose, ...federated]);
    },
});

export const roleRules: readonly Rule[] = [roleTrustNarrow];
