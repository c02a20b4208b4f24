import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { NetworkPath, Peer } from "./network-path";
import { podLabels } from "./pod-labels";

type PolicyPeer = types.input.networking.v1.NetworkPolicyPeer;
type PolicySpec = types.input.networking.v1.NetworkPolicySpec;

/**
 * The network policy of a service's pods: both directions are named, so whatever no path opens is closed. Ports are
 * numbers, as the VPC CNI finds named ones only in pods that have the same name for a port of their own.
 * @see https://github.com/aws/amazon-network-policy-controller-k8s/issues/81
 */
export function networkPolicySpec(service: string, paths: readonly NetworkPath[]): PolicySpec {
    const of = (direction: NetworkPath["direction"]) => paths.filter((path) => path.direction === direction);
    return {
        podSelector: { matchLabels: podLabels(service) },
        policyTypes: ["Ingress", "Egress"],
        ingress: of("in").map(({ peer, ports }) => ({ from: peers(peer), ports })),
        egress: of("out").map(({ peer, ports }) => ({ to: peers(peer), ports })),
    };
}

function peers(peer: Peer): PolicyPeer[] {
    switch (peer.is) {
        case "service":
            return [{ podSelector: { matchLabels: podLabels(peer.name) } }];
        case "dns":
            return [
                {
                    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
                },
            ];
        case "internet":
            return [{ ipBlock: { cidr: "0.0.0.0/0", except: [peer.except] } }];
        default:
            return peer.cidrs.map((cidr: pulumi.Input<string>) => ({ ipBlock: { cidr } }));
    }
}
