import { Cluster, clusterProblems, clusterSettings, problemAt } from "@plinth/components";
import { optionalPart } from "../part";
import { type NetworkPartSpec, networkPart, privateSubnetProblems, zoneCount } from "./network";

/** The Kubernetes cluster on EKS. */
export const clusterPart = optionalPart({
    key: "cluster",
    presence: "by default",
    needs: { network: networkPart },
    settings: clusterSettings,
    sizing: ["instanceTypes", "minNodes", "maxNodes"],
    derive: (cluster, { given, specs }) => ({
        ...cluster,
        zones: given.zones ?? Math.min(cluster.zones, zoneCount(specs.network)),
    }),
    problems: (cluster, where, { specs: { network }, stack }) => [
        ...clusterProblems(where, cluster, zoneCount(network), stack.region),
        ...egressProblems(where, network),
        ...privateSubnetProblems(where, "a cluster", network, "or false"),
    ],
    create: (cluster, { platform, made, options }) =>
        new Cluster("cluster", { ...cluster, platform, network: made.network }, options),
    outputs: (cluster) => ({
        cluster: {
            name: cluster.clusterName,
            version: cluster.version,
            endpoint: cluster.endpoint,
            oidcIssuer: cluster.oidcIssuer,
            nodeRoleArn: cluster.nodeRoleArn,
            securityGroupId: cluster.securityGroupId,
            nodeSecurityGroupId: cluster.nodeSecurityGroupId,
        },
        // A secret stands by itself, so that the others can be read without asking for secrets.
        kubeconfig: cluster.kubeconfig,
    }),
});

/** Nodes pull images from registries outside AWS too. */
function egressProblems(where: string, { natGateways, existing }: NetworkPartSpec) {
    if (existing || natGateways !== "none") return [];
    return [
        problemAt(
            "plinth:network.natGateways",
            `none leaves the cluster's nodes no route to their images; give single or per-zone, or set ${where} to false`,
        ),
    ];
}
