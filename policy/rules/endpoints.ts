import { parseDocument, unrestrictedStatements } from "../graph/document";
import type { View } from "../graph/graph";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, unknown, type Verdict, violated } from "../verdict";
import { unreadable } from "./checks";

const endpointPolicyBound: Rule = {
    id: "endpoint-policy-bound",
    title: "VPC endpoint policies limit the principals or the resources",
    severity: "medium",
    enforcement: "mandatory",
    controls: {},
    remedy: "Give a policy whose statements name principals, resources or the account (aws:PrincipalAccount, aws:ResourceAccount).",
    appliesTo: [types.vpcEndpoint],
    judge: (endpoint) => {
        const policies = endpoint.referrers([types.vpcEndpointPolicy], "vpcEndpointId");
        const possible = policies.find((policy) => policy.naming("vpcEndpointId", endpoint) === "possible");
        if (possible) return unknown(`${possible.name} may be another endpoint's policy`);
        return all((policies.length > 0 ? policies : [endpoint]).map(judgeDocument));
    },
};

function judgeDocument(holder: View): Verdict {
    const document = parseDocument(holder.read("policy"));
    if (document.is === "absent") return violated("it has no policy, so AWS's default policy allows everything");
    if (document.is !== "known") return unreadable(document, holder, "policy");
    return all(
        unrestrictedStatements(document.statements).map((statement) =>
            violated(`statement ${statement} of its policy allows every principal to use every resource`),
        ),
    );
}

export const endpointRules: readonly Rule[] = [endpointPolicyBound];
