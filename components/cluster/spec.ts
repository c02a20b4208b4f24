import type { z } from "zod";
import { arn, byDefault, byName, byTier, enumOf, flag, listOf, matching, settings, text, whole } from "../settings";
import { cidrBlock, keyDeletionWindowDays, logRetentionDays } from "../settings/common";
import { instanceTypeForm } from "./instance-types";

/** Someone who may use the cluster. */
const access = settings({
    /**
     * ARN of the IAM role or user.
     * @remarks A change replaces the entry.
     */
    principalArn: arn(
        /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
        "partition",
        "the ARN of a role or user",
        "arn:aws:iam::123456789012:role/engineers",
    ),
    /**
     * What they may do, by AWS's own access policies: everything, everything within namespaces, change most objects of
     * namespaces, or look.
     * @remarks A change replaces what the entry allows.
     * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
     */
    policy: enumOf(["cluster-admin", "admin", "edit", "view"], "an access policy").meta(byDefault("view")),
    /** The namespaces that it is for. Left out, it is for all of them. */
    namespaces: listOf(matching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "a namespace", "app")).optional(),
    /**
     * Kubernetes groups that they are in besides, which Roles are bound to: `platform-secret-readers`.
     * @remarks Updated in place.
     */
    groups: listOf(matching(/^[^\p{Cc}]{1,253}$/u, "a group", "platform-secret-readers")).optional(),
});

export type ClusterAccess = z.output<typeof access>;

/** A Kubernetes cluster on EKS. */
export const clusterSettings = settings({
    /**
     * The minor version of Kubernetes, one in EKS's standard support.
     * @remarks Updated in place, one minor version at a time: the control plane, then the add-ons that run on every node, then
     * the nodes, then the other add-ons. There is no way back.
     * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
     */
    version: text("a version").meta(byDefault("1.35")),
    /**
     * Whether the cluster may stay on its version after standard support, at six times the price. Without it AWS upgrades a
     * version that has left standard support to the next.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html
     */
    extendedSupport: flag().meta(byDefault(false)),
    /**
     * Blocks of addresses that may call the cluster's endpoint from the internet, none of them wider than /8. Without any the
     * endpoint is private: whoever deploys has to be inside the VPC, or on a network that is connected to it.
     * @remarks Updated in place.
     */
    publicAccessCidrs: listOf(cidrBlock("203.0.113.0/24")).meta(byDefault([])),
    /**
     * Who may use the cluster, by name. Whoever creates the cluster may do everything in it.
     * @remarks Entries are created and deleted one by one.
     */
    access: byName(access).meta(byDefault({})),
    /**
     * Whether Systems Manager reaches the nodes: operators then forward ports through a node to the database and the cache, by Session
     * Manager, and whoever may start sessions there has a shell on it. The policy that nodes need for that,
     * `AmazonSSMManagedInstanceCore`, lets them read the parameters of Parameter Store, too.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-getting-started-instance-profile.html
     */
    sessionManager: flag().meta(byDefault(false)),
    /**
     * How many zones share `minNodes`, as many as the network had when the cluster was made; the default is never more than the
     * network has. A zone that comes later gets a node group that starts at no nodes, and changes none that is there.
     * @remarks Updated in place.
     */
    zones: whole(1, 8).meta(byTier(2, 2, 3)),
    /**
     * The instance types of the nodes, all of one architecture: the more there are, the likelier is spot capacity. Arm types
     * (m7g.large) get the arm64 image.
     * @remarks A change makes new node groups, moves the pods, and deletes the old ones.
     */
    instanceTypes: listOf(matching(instanceTypeForm, "an instance type", "m6i.large")).meta(
        byTier(["t3.medium"], ["t3.large"], ["m6i.large"]),
    ),
    /**
     * Whether an instance type or version is let pass that is not in AWS's lists, as Plinth has them for the region: for what AWS has had
     * only since. Once the lists have expired, it is let pass in any case, with a warning.
     * @remarks Changes nothing of the cluster.
     */
    allowUnlisted: flag().meta(byDefault(false)),
    /**
     * On-demand instances, or spot ones, which cost a fraction and can be taken away within two minutes.
     * @remarks A change makes new node groups, moves the pods, and deletes the old ones.
     */
    capacityType: enumOf(["on-demand", "spot"], "a kind of capacity").meta(byDefault("on-demand")),
    /**
     * The fewest nodes, shared over `zones`.
     * @remarks Updated in place. How many there are between the two bounds is the autoscaler's to decide, so bring a change of
     * either up with `--refresh`: without it a group goes back to as many as Pulumi last saw. EKS refuses a bound over what a group
     * has at that moment; first give it as many: `aws eks update-nodegroup-config --scaling-config minSize=2,desiredSize=2 …`.
     */
    minNodes: whole(1, 450).meta(byTier(1, 2, 3)),
    /**
     * The most nodes in all. The autoscaler holds to it; each zone's group may grow up to it, so that the other zones can stand
     * in for one.
     * @remarks Updated in place.
     */
    maxNodes: whole(1, 450).meta(byTier(4, 4, 10)),
    /**
     * Size of each node's volume in GiB: images, logs and what pods write beside their volumes.
     * @remarks Replaces the nodes one after the other, within their groups.
     */
    nodeVolumeGiB: whole(20, 16_384).meta(byDefault(50)),
    /**
     * Versions of EKS add-ons, by the add-on's name: `{ coredns: v1.12.1-eksbuild.2 }`. An add-on that isn't named has the
     * version that AWS gives to new clusters of `version`, and follows when AWS moves it.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
     */
    addonVersions: byName(
        matching(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, "the version of an add-on", "v1.12.1-eksbuild.2"),
    ).meta(byDefault({})),
    /**
     * How many pods each of the cluster's own controllers has: load balancers, secrets, autoscaler.
     * @remarks Updated in place.
     */
    controllerReplicas: whole(1, 5).meta(byTier(1, 2, 2)),
    /**
     * Days that the logs of the control plane and of the containers are kept.
     * @remarks Updated in place; a shorter time deletes what is older.
     */
    logRetentionDays: logRetentionDays().meta(byTier(30, 90, 365)),
    /**
     * Days between asking AWS to delete one of the cluster's keys and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
});

export type ClusterSpec = z.output<typeof clusterSettings>;

/** How node groups pay for their instances. */
export type CapacityType = ClusterSpec["capacityType"];

/** What someone may do in the cluster. */
export type ClusterAccessPolicy = ClusterAccess["policy"];
