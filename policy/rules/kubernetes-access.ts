import type { View } from "../graph/graph";
import { elements, field, type Reading, text } from "../graph/reading";
import type { Rule } from "../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../verdict";
import { kubernetesTypes, within, withPatches } from "./kubernetes-objects";

const roleWithoutWildcards: Rule = {
    id: "role-without-wildcards",
    title: "Kubernetes roles have no wildcards",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_K8S_49"] },
    remedy: "Name the apiGroups, resources and verbs that are needed, instead of *.",
    judges: "inputs",
    appliesTo: withPatches([kubernetesTypes.role, kubernetesTypes.clusterRole]),
    judge: (role) => {
        const rules = role.read("rules");
        if (rules.is === "absent") return satisfied;
        const listed = elements(rules);
        if (!listed) return unknown("its rules are not known yet");
        const parts = ["apiGroups", "resources", "verbs", "nonResourceURLs"];
        return all(listed.flatMap((rule) => parts.map((part) => mustNotBeWildcard(field(rule, part), part))));
    },
};

function mustNotBeWildcard(reading: Reading, part: string): Verdict {
    if (reading.is === "absent") return satisfied;
    const names = elements(reading);
    // "*/scale" means the scale subresource of all resources.
    if (names?.some((name) => text(name)?.includes("*"))) return violated(`${part} has a wildcard`);
    return !names || names.some((name) => name.is === "unknown") ? unknown(`${part} is not known yet`) : satisfied;
}

/** Groups that include everyone who can reach the cluster, or every pod in it, and the group of cluster administrators. */
const everyone = /^system:(anonymous|unauthenticated|authenticated|serviceaccounts(:.*)?|masters)$/;

const bindingLimited: Rule = {
    id: "role-binding-limited",
    title: "Role bindings use neither cluster-admin nor groups that include everyone",
    severity: "critical",
    enforcement: "mandatory",
    controls: {},
    remedy: "Bind a Role that allows what is needed to the users, groups or service accounts that need it; give administrators an EKS access entry.",
    judges: "inputs",
    appliesTo: withPatches([kubernetesTypes.roleBinding, kubernetesTypes.clusterRoleBinding]),
    judge: (binding) => all([mustNotBeAdmin(binding), mustNameSubjects(binding)]),
};

function mustNotBeAdmin(binding: View): Verdict {
    const role = within(binding, "roleRef.name");
    if (role.is === "unknown") return unknown("the role that it binds is not known yet");
    return text(role) === "cluster-admin" ? violated("it binds cluster-admin") : satisfied;
}

function mustNameSubjects(binding: View): Verdict {
    const subjects = binding.read("subjects");
    if (subjects.is === "absent") return satisfied;
    const listed = elements(subjects);
    if (!listed) return unknown("its subjects are not known yet");
    return all(
        listed.map((subject) => {
            const name = field(subject, "name");
            if (name.is === "unknown") return unknown("a subject is not known yet");
            const value = text(name) ?? "";
            return everyone.test(value) ? violated(`it binds the group ${value}`) : satisfied;
        }),
    );
}

export const accessRules: readonly Rule[] = [roleWithoutWildcards, bindingLimited];
