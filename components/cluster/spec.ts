/** How node groups pay for their instances: spot ones cost a fraction, and can be taken away within two minutes. */
export type CapacityType = "on-demand" | "spot";

/** Every word for it. */
export const capacityTypes: readonly CapacityType[] = ["on-demand", "spot"];

/**
 * What someone may do in the cluster, by AWS's own access policies: everything, everything within namespaces, change most
 * objects of namespaces, or look.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export type ClusterAccessPolicy = "cluster-admin" | "admin" | "edit" | "view";

/** Every word for it. */
export const clusterAccessPolicies: readonly ClusterAccessPolicy[] = ["cluster-admin", "admin", "edit", "view"];

/** Someone who may use the cluster. */
export interface ClusterAccess {
    /**
     * ARN of the IAM role or user.
     * @remarks A change replaces the entry.
     */
    principalArn: string;
    /**
     * @default view
     * @remarks A change replaces what the entry allows.
     */
    policy: ClusterAccessPolicy;
    /**
     * The namespaces that it is for; none for all of them.
     * @default none
     */
    namespaces?: string[];
    /**
     * Groups of Kubernetes that they are in besides, which Roles are bound to: `platform-secret-readers`.
     * @default none
     * @remarks Updated in place.
     */
    groups?: string[];
}

/** A Kubernetes cluster on EKS in plain values. */
export interface ClusterSpec {
    /**
     * The minor version of Kubernetes, one in EKS's standard support.
     * @default 1.35
     * @remarks Updated in place, one minor version at a time: the control plane, then the add-ons that run on every node, then
     * the nodes, then the other add-ons. There is no way back.
     * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
     */
    version: string;
    /**
     * Whether the cluster may stay on its version after standard support, at six times the price. Without it AWS brings a
     * version that has left standard support up to the next.
     * @default false
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html
     */
    extendedSupport: boolean;
    /**
     * Blocks of addresses that may call the cluster's endpoint from the internet, none of them wider than /8. Without any the
     * endpoint is private: whoever deploys has to be inside the VPC, or on a network that leads into it.
     * @default none
     * @remarks Updated in place.
     */
    publicAccessCidrs: string[];
    /**
     * Who may use the cluster, by name. Whoever creates the cluster may do everything in it.
     * @default none
     */
    access: Record<string, ClusterAccess>;
    /**
     * How many zones share `minNodes`, as many as the network had when the cluster was made. A zone that comes later gets a
     * node group that starts at no nodes, and changes none that is there.
     * @default by tier: 2 / 2 / 3, and no more than the network has
     * @remarks Updated in place.
     */
    zones: number;
    /**
     * The instance types of the nodes, all of one architecture: the more there are, the likelier is spot capacity. Arm types
     * (m7g.large) get the arm64 image.
     * @default by tier: t3.medium / t3.large / m6i.large
     * @remarks A change makes new node groups, moves the pods, and deletes the old ones.
     */
    instanceTypes: string[];
    /**
     * On-demand or spot instances.
     * @default on-demand
     * @remarks A change makes new node groups, moves the pods, and deletes the old ones.
     */
    capacityType: CapacityType;
    /**
     * The fewest nodes, shared over `zones`.
     * @default by tier: 1 / 2 / 3
     * @remarks Updated in place. How many there are between the two bounds is the autoscaler's to decide, so bring a change of
     * either up with `--refresh`: without it a group goes back to as many as Pulumi last saw. EKS refuses a bound over what a group
     * has at that moment; first give it as many: `aws eks update-nodegroup-config --scaling-config minSize=2,desiredSize=2 …`.
     */
    minNodes: number;
    /**
     * The most nodes in all. The autoscaler holds to it; each zone's group may grow up to it, so that the other zones can stand
     * in for one.
     * @default by tier: 4 / 4 / 10
     * @remarks Updated in place.
     */
    maxNodes: number;
    /**
     * Size of each node's volume in GiB, 20 to 16384: images, logs and what pods write beside their volumes.
     * @default 50
     * @remarks Replaces the nodes one after the other, within their groups.
     */
    nodeVolumeGiB: number;
    /**
     * Versions of EKS add-ons, by the add-on's name: `{ coredns: v1.12.1-eksbuild.2 }`. An add-on that isn't named has the
     * version that AWS gives to new clusters of `version`, and follows when AWS moves it.
     * @default none
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
     */
    addonVersions: Record<string, string>;
    /**
     * How many pods each of the cluster's own controllers has: load balancers, secrets, autoscaler.
     * @default by tier: 1 / 2 / 2
     * @remarks Updated in place.
     */
    controllerReplicas: number;
    /**
     * Days that the logs of the control plane and of the containers are kept: one of the spans that CloudWatch offers.
     * @default by tier: 30 / 90 / 365
     * @remarks Updated in place; a shorter span deletes what is older.
     */
    logRetentionDays: number;
    /**
     * Days between asking AWS to delete one of the cluster's keys and its end, 7 to 30.
     * @default by tier: 7 / 7 / 30
     */
    keyDeletionWindowDays: number;
}
