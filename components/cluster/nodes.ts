import type * as aws from "@pulumi/aws";
import type * as eks from "@pulumi/eks";
import type * as k8s from "@pulumi/kubernetes";
import type { AddonName } from "./addon-names";

/** The raw resources of a `Cluster`. */
export interface ClusterNodes {
    /** Pulumi's EKS component; the cluster of AWS is its `eksCluster`. */
    cluster: eks.Cluster;
    /** The key of the cluster's secrets. */
    secretsKey: aws.kms.Key;
    /** The log group of the control plane. */
    logGroup: aws.cloudwatch.LogGroup;
    /** One per zone. */
    nodeGroups: aws.eks.NodeGroup[];
    launchTemplate: aws.ec2.LaunchTemplate;
    /** The role of the nodes. */
    nodeRole: aws.iam.Role;
    /** The key of the volumes: the nodes' and those that pods claim. */
    volumeKey: aws.kms.Key;
    /** The default storage class. */
    storageClass: k8s.storage.v1.StorageClass;
    /** The EKS add-ons that the program installs itself; those of `cluster` are not among them. */
    addons: Partial<Record<AddonName, aws.eks.Addon>>;
    /** The log groups of the containers: `application`, `dataplane`, `host`, `performance`. */
    containerLogGroups: Record<string, aws.cloudwatch.LogGroup>;
    /** The Helm releases, by chart: `aws-load-balancer-controller`. */
    releases: Record<string, k8s.helm.v3.Release>;
}
