import * as k8s from "@pulumi/kubernetes";
import { type ForeignCases, later, on, together } from "./foreign";

const rule = (verbs: string[], resources: (string | typeof later)[], more: object = {}) => ({
    rules: [{ apiGroups: [""], verbs, resources, ...more }],
});
const annotated = (annotations: Readonly<Record<string, string>> | typeof later) => ({ metadata: { annotations } });
const snippet = "nginx.ingress.kubernetes.io/configuration-snippet";

export const kubernetes: ForeignCases = {
    "role-without-escalation": together(
        on(k8s.rbac.v1.Role, {
            sound: [{}, rule(["get", "list"], ["pods", "configmaps"]), rule(["create"], ["pods"])],
            bad: [
                [/it allows to run commands in pods/, rule(["create"], ["pods/exec"])],
                [/it allows to bind roles/, rule(["bind"], ["roles"])],
            ],
            unproved: [
                [/its rules are not known yet/, { rules: later }],
                [/a rule is not known yet/, rule(["create"], [later])],
            ],
        }),
        on(k8s.rbac.v1.ClusterRole, {
            sound: [],
            bad: [
                [/it allows to escalate roles/, rule(["escalate"], ["clusterroles"])],
                [/it allows to impersonate others/, rule(["impersonate"], ["users"])],
                [/it allows to call the kubelet/, rule(["get"], ["nodes/proxy"])],
                [/change admission webhooks/, rule(["patch"], ["mutatingwebhookconfigurations"])],
                [/approve certificates/, rule(["approve"], ["signers"])],
                [/create tokens/, rule(["create"], ["serviceaccounts/token"])],
            ],
            unproved: [],
        }),
    ),
    "role-without-secrets": on(k8s.rbac.v1.ClusterRole, {
        sound: [
            rule(["get"], ["configmaps"]),
            rule(["get"], ["secrets"], { resourceNames: ["app"] }),
            rule(["create"], ["secrets"]),
        ],
        bad: [[/it allows to get and list every secret/, rule(["get", "list"], ["secrets"])]],
        unproved: [[/a rule is not known yet/, rule(["get"], [later])]],
    }),
    "role-binding-not-of-default-account": on(k8s.rbac.v1.RoleBinding, {
        sound: [{ subjects: [{ kind: "ServiceAccount", name: "app" }] }],
        bad: [[/it binds the service account default/, { subjects: [{ kind: "ServiceAccount", name: "default" }] }]],
        unproved: [],
    }),
    "default-account-without-token": on(k8s.core.v1.ServiceAccount, {
        sound: [{ metadata: { name: "app" } }, { metadata: { name: "default" }, automountServiceAccountToken: false }],
        bad: [[/automountServiceAccountToken is not set/, { metadata: { name: "default" } }]],
        unproved: [],
    }),
    "network-policy-limited": on(k8s.networking.v1.NetworkPolicy, {
        sound: [
            { spec: { podSelector: {}, policyTypes: ["Ingress"] } },
            { spec: { ingress: [{ from: [{ podSelector: { matchLabels: { app: "web" } } }] }] } },
            { spec: { ingress: [{ ports: [{ port: 443 }] }] } },
            { spec: { ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/16" } }] }] } },
        ],
        bad: [
            [/a rule of spec.ingress admits everyone/, { spec: { podSelector: {}, ingress: [{}] } }],
            [/admits 0.0.0.0\/0/, { spec: { ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] } }],
        ],
        unproved: [
            [/ipBlock.cidr is not known yet/, { spec: { ingress: [{ from: [{ ipBlock: { cidr: later } }] }] } }],
            [/spec.ingress is not known yet/, { spec: later }],
        ],
    }),
    "ingress-without-snippets": on(k8s.networking.v1.Ingress, {
        sound: [{}, annotated({ "nginx.ingress.kubernetes.io/rewrite-target": "/" })],
        bad: [
            [/it has the annotation nginx.ingress.kubernetes.io\/configuration-snippet/, annotated({ [snippet]: "x" })],
        ],
        unproved: [[/metadata.annotations is not known yet/, annotated(later)]],
    }),
};
