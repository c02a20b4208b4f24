import type * as k8s from "@pulumi/kubernetes";

type NetworkPolicySpec = k8s.types.input.networking.v1.NetworkPolicySpec;

/**
 * The labels that have Kubernetes refuse pods which Pod Security `restricted` doesn't allow. Its version is pinned to the
 * cluster's, so that an upgrade of the cluster changes the rules in a preview and not by itself.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function podSecurityLabels(kubernetesVersion: string): Record<string, string> {
    const modes = ["enforce", "audit", "warn"];
    return Object.fromEntries(
        modes.flatMap((mode) => [
            [`pod-security.kubernetes.io/${mode}`, "restricted"],
            [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetesVersion}`],
        ]),
    );
}

/** Nothing comes in and nothing goes out, unless another policy says so. */
export const denyAll: NetworkPolicySpec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

/** Every pod may ask the cluster's DNS for names. */
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
