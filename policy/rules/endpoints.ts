import { parseDocument, unrestrictedStatements } from "../graph/document";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, violated } from "../verdict";
import { onDocuments, unreadable } from "./checks";

const endpointPolicyBound = onDocuments({
    id: "endpoint-policy-bound",
    title: "VPC endpoint policies limit the principals or the resources",
    severity: "medium",
    enforcement: "mandatory",
    controls: {},
    remedy: "Give a policy whose statements name principals, resources or the account (aws:PrincipalAccount, aws:ResourceAccount).",
    appliesTo: [types.vpcEndpoint],
    judge: (endpoint) => {
        const document = parseDocument(endpoint.read("policy"));
        if (document.is === "absent") return violated("it has no policy, so AWS's default policy allows everything");
        if (document.is !== "known") return unreadable(document, endpoint, "policy");
        return all(
            unrestrictedStatements(document.statements).map((statement) =>
                violated(`statement ${statement} of its policy allows every principal to use every resource`),
            ),
        );
    },
});

export const endpointRules: readonly Rule[] = [endpointPolicyBound];
