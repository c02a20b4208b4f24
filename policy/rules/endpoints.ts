import { parseDocument, unboundStatements } from "../graph/document";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, violated } from "../verdict";
import { unreadable } from "./checks";

const endpointPolicyBound: Rule = {
    id: "endpoint-policy-bound",
    title: "VPC endpoints carry no one's requests to just anyone's resources",
    severity: "medium",
    enforcement: "mandatory",
    controls: {},
    remedy: "Give a policy whose statements name principals, resources or the account (aws:PrincipalAccount, aws:ResourceAccount).",
    appliesTo: [types.vpcEndpoint],
    judge: (endpoint) => {
        const document = parseDocument(endpoint.read("policy"));
        if (document.is === "absent") return violated("it has no policy, so AWS's own lets everything through");
        if (document.is !== "known") return unreadable(document);
        return all(
            unboundStatements(document.statements).map((statement) =>
                violated(`statement ${statement} of its policy lets anyone's data through to anyone`),
            ),
        );
    },
};

export const endpointRules: readonly Rule[] = [endpointPolicyBound];
