import type * as k8s from "@pulumi/kubernetes";

type NetworkPolicySpec = k8s.types.input.networking.v1.NetworkPolicySpec;

/** Nothing may connect in or out, unless another policy allows it. */
export const denyAll: NetworkPolicySpec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

/** Every pod may use the cluster's DNS. */
export const allowDns: NetworkPolicySpec = {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
        {
            to: [
                {
                    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
                },
            ],
            ports: [
                { protocol: "UDP", port: 53 },
                { protocol: "TCP", port: 53 },
            ],
        },
    ],
};
