import type { View } from "../../graph/graph";
import { elements, field, text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { satisfied, unknown, type Verdict, violated } from "../../verdict";
import { mustNotBePublic } from "../checks";
import { aws, customerKey, includes, isSet, isTrue, matches, onInputs, valueAt, whenSet } from "../inputs";

const domains = [aws("opensearch/domain"), aws("elasticsearch/domain")];
const policies = [aws("opensearch/domainPolicy"), aws("elasticsearch/domainPolicy")];

const encrypted = onInputs({
    id: "search-encrypted-at-rest",
    title: "OpenSearch domains encrypt their data at rest",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ES.1", "OpenSearch.1"], checkov: ["CKV_AWS_5"] },
    remedy: "Set encryptAtRest.enabled: true.",
    appliesTo: domains,
    inputs: { "encryptAtRest.enabled": isTrue },
});

const nodesEncrypted = onInputs({
    id: "search-encrypted-between-nodes",
    title: "OpenSearch domains use TLS between their nodes",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ES.3", "OpenSearch.3"], checkov: ["CKV_AWS_6"] },
    remedy: "Set nodeToNodeEncryption.enabled: true.",
    appliesTo: domains,
    inputs: { "nodeToNodeEncryption.enabled": isTrue },
});

const httpsOnly = onInputs({
    id: "search-https-only",
    title: "OpenSearch domains refuse connections without TLS 1.2",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ES.8", "OpenSearch.8"], checkov: ["CKV_AWS_83", "CKV_AWS_228"] },
    remedy: 'Set domainEndpointOptions.enforceHttps: true and tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10".',
    appliesTo: domains,
    inputs: {
        // The provider requires HTTPS unless the program says otherwise.
        "domainEndpointOptions.enforceHttps": whenSet(isTrue),
        "domainEndpointOptions.tlsSecurityPolicy": matches(/^Policy-Min-TLS-1-2/, "takes TLS before 1.2"),
    },
});

const inVpc: Rule = {
    id: "search-in-vpc",
    title: "OpenSearch domains are in a VPC",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ES.2", "OpenSearch.2"], checkov: ["CKV_AWS_137"] },
    remedy: "Set vpcOptions.subnetIds and securityGroupIds. On an existing domain this replaces it.",
    judges: "inputs",
    appliesTo: domains,
    judge: (domain) => {
        const options = domain.read("vpcOptions");
        if (options.is === "unknown") return unknown("vpcOptions is not known yet");
        return isSet(field(options, "subnetIds"), "vpcOptions.subnetIds");
    },
};

const policyNotPublic: Rule = {
    id: "search-policy-not-public",
    title: "Access policies of OpenSearch domains do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { cis: ["AWS Foundations 7.0 §2.21"] },
    remedy: "Name principals. In a VPC, where the security group decides, require fine-grained access control (advancedSecurityOptions).",
    appliesTo: [...domains, ...policies],
    judge: (view) => (hasUsers(view) ? satisfied : mustNotBePublic(view, "accessPolicies")),
};

/** With users of its own, AWS recommends an open policy. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html */
function hasUsers(view: View): boolean {
    const domain = policies.includes(view.type) ? view.follow("domainName", domains)[0] : view;
    return (
        domain !== undefined &&
        text(valueAt(domain, "advancedSecurityOptions.enabled")) === "true" &&
        domain.read("vpcOptions").is !== "absent"
    );
}

const users = onInputs({
    id: "search-access-controlled",
    title: "OpenSearch domains have users and roles of their own",
    severity: "medium",
    enforcement: "advisory",
    controls: { securityHub: ["OpenSearch.7"], checkov: ["CKV2_AWS_52"] },
    remedy: "Set advancedSecurityOptions.enabled: true, with a masterUserOptions.masterUserArn.",
    appliesTo: domains,
    inputs: { "advancedSecurityOptions.enabled": isTrue },
});

const logged: Rule = {
    id: "search-logged",
    title: "OpenSearch domains log errors and accesses",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["ES.4", "ES.5", "OpenSearch.4", "OpenSearch.5"], checkov: ["CKV_AWS_84", "CKV_AWS_317"] },
    remedy: "Give logPublishingOptions for ES_APPLICATION_LOGS and AUDIT_LOGS.",
    judges: "inputs",
    appliesTo: domains,
    judge: (domain) => {
        const options = domain.read("logPublishingOptions");
        const types = (elements(options) ?? []).map((one) => field(one, "logType"));
        const value = types.map((one) => text(one) ?? "");
        return includes("ES_APPLICATION_LOGS", "AUDIT_LOGS")(
            options.is === "unknown" ? options : { is: "known", value },
            "logPublishingOptions",
        );
    },
};

/** The rules of a policy of a serverless collection, each for a pattern of names. */
const collectionPrivate: Rule = {
    id: "search-collection-private",
    title: "Network policies of OpenSearch collections admit VPC endpoints only",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Set AllowFromPublic to false and SourceVPCEs to VPC endpoints.",
    judges: "inputs",
    appliesTo: [aws("opensearch/serverlessSecurityPolicy")],
    judge: (view): Verdict => {
        if (text(view.read("type")) !== "network") return satisfied;
        const policy = view.read("policy");
        if (policy.is === "unknown") return unknown("policy is not known yet");
        return /"AllowFromPublic"\s*:\s*true/i.test(text(policy) ?? "")
            ? violated("it admits the internet")
            : satisfied;
    },
};

const key = customerKey({
    id: "search-encrypted-with-customer-key",
    of: "OpenSearch domains",
    types: domains,
    input: "encryptAtRest.kmsKeyId",
    controls: { checkov: ["CKV_AWS_247"] },
    change: "On an existing domain this replaces it.",
});

export const searchRules: readonly Rule[] = [
    encrypted,
    nodesEncrypted,
    httpsOnly,
    inVpc,
    policyNotPublic,
    users,
    logged,
    collectionPrivate,
    key,
];
