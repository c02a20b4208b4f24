import type { View } from "../../graph/graph";
import { coversInternet } from "../../graph/internet";
import { elements, field, type Reading, text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../../verdict";
import { must } from "../inputs";
import { entriesOf, kubernetesTypes, listOf, within } from "../kubernetes-objects";

const roles = [kubernetesTypes.role, kubernetesTypes.clusterRole];
const bindings = [kubernetesTypes.roleBinding, kubernetesTypes.clusterRoleBinding];

/**
 * Rights that lead to others, by verb and resource; a verb or a resource that is left out means every one.
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
const escalating: readonly { verbs?: readonly string[]; resources?: readonly string[]; what: string }[] = [
    { verbs: ["escalate"], what: "escalate roles" },
    { verbs: ["bind"], what: "bind roles" },
    { verbs: ["impersonate"], what: "impersonate others" },
    { verbs: ["create"], resources: ["serviceaccounts/token"], what: "create tokens of service accounts" },
    { verbs: ["create", "get"], resources: ["pods/exec", "pods/attach"], what: "run commands in pods" },
    { resources: ["nodes/proxy"], what: "call the kubelet of nodes" },
    { verbs: ["approve"], resources: ["signers"], what: "approve certificates" },
    {
        verbs: ["create", "update", "patch"],
        resources: ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"],
        what: "change admission webhooks",
    },
];

/** Judges each rule of a role. */
function eachRule(role: View, judge: (rule: Reading) => Verdict): Verdict {
    const rules = role.read("rules");
    if (rules.is === "absent") return satisfied;
    const listed = elements(rules);
    return listed ? all(listed.map(judge)) : unknown("its rules are not known yet");
}

/** The known names of a part of a rule; wildcards are left to the rule about them. */
const names = (rule: Reading, part: string) => (elements(field(rule, part)) ?? []).flatMap((one) => text(one) ?? []);

const hasUnknownPart = (rule: Reading) =>
    ["verbs", "resources"].some((part) => {
        const reading = field(rule, part);
        return reading.is === "unknown" || (elements(reading) ?? []).some(({ is }) => is === "unknown");
    });

const withoutEscalation: Rule = {
    id: "role-without-escalation",
    title: "Kubernetes roles give no right that leads to others",
    severity: "high",
    enforcement: "mandatory",
    controls: {
        checkov: ["CKV_K8S_155", "CKV_K8S_156", "CKV_K8S_157", "CKV_K8S_158", "CKV2_K8S_2", "CKV2_K8S_3"],
    },
    remedy: "Leave out escalate, bind, impersonate, pods/exec, nodes/proxy, serviceaccounts/token and the like.",
    judges: "inputs",
    appliesTo: roles,
    judge: (role) =>
        eachRule(role, (rule) => {
            const [verbs, resources] = [names(rule, "verbs"), names(rule, "resources")];
            const found = escalating.filter(
                (right) =>
                    (right.verbs?.some((verb) => verbs.includes(verb)) ?? verbs.length > 0) &&
                    (right.resources?.some((resource) => resources.includes(resource)) ?? true),
            );
            if (found.length > 0) return all(found.map(({ what }) => violated(`it allows to ${what}`)));
            return hasUnknownPart(rule) ? unknown("a rule is not known yet") : satisfied;
        }),
};

const withoutSecrets: Rule = {
    id: "role-without-secrets",
    title: "Kubernetes roles let nobody read all secrets",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV2_K8S_5"] },
    remedy: "Name the secrets in resourceNames, with the verb get, or leave secrets out.",
    judges: "inputs",
    appliesTo: roles,
    judge: (role) =>
        eachRule(role, (rule) => {
            const reads = names(rule, "verbs").filter((verb) => ["get", "list", "watch"].includes(verb));
            const isNamed = field(rule, "resourceNames").is !== "absent";
            if (names(rule, "resources").includes("secrets") && reads.length > 0 && !isNamed) {
                return violated(`it allows to ${reads.join(" and ")} every secret`);
            }
            return hasUnknownPart(rule) && !isNamed ? unknown("a rule is not known yet") : satisfied;
        }),
};

const defaultAccountUnused: Rule = {
    id: "role-binding-not-of-default-account",
    title: "Role bindings name no default service account",
    severity: "medium",
    enforcement: "advisory",
    controls: { checkov: ["CKV_K8S_42"] },
    remedy: "Give the pods a service account of their own, and bind the role to that.",
    judges: "inputs",
    appliesTo: bindings,
    judge: (binding) =>
        all(
            (elements(binding.read("subjects")) ?? []).map((subject) =>
                text(field(subject, "kind")) === "ServiceAccount" && text(field(subject, "name")) === "default"
                    ? violated("it binds the service account default")
                    : satisfied,
            ),
        ),
};

const defaultAccountWithoutToken: Rule = {
    id: "default-account-without-token",
    title: "Default service accounts mount no token",
    severity: "low",
    enforcement: "advisory",
    controls: { checkov: ["CKV_K8S_41"] },
    remedy: "Set automountServiceAccountToken: false.",
    judges: "inputs",
    appliesTo: ["kubernetes:core/v1:ServiceAccount"],
    judge: (account) =>
        text(within(account, "metadata.name")) === "default"
            ? mountsNone(account.read("automountServiceAccountToken"))
            : satisfied,
};

const mountsNone = (reading: Reading): Verdict =>
    must(
        (value) => value === "false",
        () => "is true",
    )(reading, "automountServiceAccountToken");

const networkPolicyLimited: Rule = {
    id: "network-policy-limited",
    title: "Network policies do not admit everyone",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Name pods, namespaces or CIDR blocks in from of each of spec.ingress: a rule without from admits everyone.",
    judges: "inputs",
    appliesTo: ["kubernetes:networking.k8s.io/v1:NetworkPolicy"],
    judge: (policy) => {
        const rules = listOf(policy.read("spec"), "ingress");
        if (!rules) return unknown("spec.ingress is not known yet");
        return all(rules.map(judgeAdmission));
    },
};

function judgeAdmission(rule: Reading): Verdict {
    if (rule.is === "unknown") return unknown("spec.ingress is not known yet");
    const peers = listOf(rule, "from");
    if (!peers) return unknown("from is not known yet");
    const isForSomePorts = (listOf(rule, "ports")?.length ?? 1) > 0;
    if (peers.length === 0) return isForSomePorts ? satisfied : violated("a rule of spec.ingress admits everyone");
    return all(
        peers.map((peer) => {
            const cidr = field(field(peer, "ipBlock"), "cidr");
            if (cidr.is === "unknown") return unknown("ipBlock.cidr is not known yet");
            const isWorld = coversInternet(text(cidr) ?? "") && !isForSomePorts;
            return isWorld ? violated(`a rule of spec.ingress admits ${text(cidr)}`) : satisfied;
        }),
    );
}

const withoutSnippets: Rule = {
    id: "ingress-without-snippets",
    title: "Ingresses bring no configuration of the proxy along",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_K8S_152", "CKV_K8S_153", "CKV_K8S_154"] },
    remedy: "Remove the annotations nginx.ingress.kubernetes.io/…-snippet: with them, an Ingress reads the secrets of all namespaces.",
    judges: "inputs",
    appliesTo: [kubernetesTypes.ingress],
    judge: (ingress) => {
        const annotations = entriesOf(within(ingress, "metadata.annotations"));
        if (!annotations) return unknown("metadata.annotations is not known yet");
        const snippets = annotations.filter(([name]) =>
            /^nginx\.(ingress\.kubernetes\.io|org)\/.*snippets?$/.test(name),
        );
        return all(snippets.map(([name]) => violated(`it has the annotation ${name}`)));
    },
};

export const kubernetesRules: readonly Rule[] = [
    withoutEscalation,
    withoutSecrets,
    defaultAccountUnused,
    defaultAccountWithoutToken,
    networkPolicyLimited,
    withoutSnippets,
];
