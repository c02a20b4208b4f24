/** The EKS add-ons that a cluster has, in the order in which they come up. */
export const addonNames = [
    "vpc-cni",
    "kube-proxy",
    "eks-pod-identity-agent",
    "coredns",
    "aws-ebs-csi-driver",
    "metrics-server",
    "amazon-cloudwatch-observability",
] as const;

export type AddonName = (typeof addonNames)[number];
