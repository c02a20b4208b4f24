import type { ClusterArgs as EksClusterArgs } from "@pulumi/aws/eks";
import type { ClusterArgs } from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { ServiceRole } from "./service-role";

interface Automatic {
    config: Pick<EksClusterArgs, "computeConfig" | "storageConfig" | "kubernetesNetworkConfig">;
    nodeRole?: ServiceRole;
}

/** The settings of EKS Auto Mode, and the network settings, which it shares. */
export function autoModeOf(name: string, args: ClusterArgs, parent: pulumi.Resource): Automatic {
    const enabled = args.autoMode?.enabled === true;
    const { kubernetesServiceIpAddressRange: range, ipFamily } = args;
    const kubernetesNetworkConfig =
        range || ipFamily || enabled
            ? pulumi.all([range, ipFamily]).apply(([serviceIpv4Cidr, family = "ipv4"]) => ({
                  serviceIpv4Cidr: family === "ipv4" ? serviceIpv4Cidr : undefined,
                  ipFamily: family,
                  elasticLoadBalancing: enabled ? { enabled } : undefined,
              }))
            : undefined;
    if (!enabled) return { config: { kubernetesNetworkConfig } };
    const nodeRole =
        args.autoMode?.createNodeRole === false
            ? undefined
            : new ServiceRole(
                  `${name}-nodeRole`,
                  {
                      service: "ec2.amazonaws.com",
                      policies: ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
                      actions: ["sts:AssumeRole"],
                      tags: args.tags,
                  },
                  { parent },
              );
    const computeConfig = pulumi
        .all([args.autoMode?.computeConfig, nodeRole?.role.arn])
        .apply(([given, nodeRoleArn]) => ({
            enabled,
            nodeRoleArn,
            nodePools: ["general-purpose", "system"],
            ...given,
        }));
    return {
        nodeRole,
        config: { computeConfig, storageConfig: { blockStorage: { enabled } }, kubernetesNetworkConfig },
    };
}
