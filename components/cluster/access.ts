import type * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** The service account that a role is for. */
export interface ServiceAccountRef {
    /** The namespace that it is in. */
    namespace: pulumi.Input<string>;
    /** Its name. */
    serviceAccount: string;
}

/** A role for pods. Pods must depend on it: those that start before the association exists never get the role. */
export interface WorkloadIdentity extends pulumi.Resource {
    readonly role: aws.iam.Role;
}

/** What a workload needs of the cluster that it runs in. */
export interface WorkloadCluster {
    /** Its name in AWS. */
    readonly clusterName: pulumi.Output<string>;
    /** Everything in the cluster is made through it. */
    readonly kubernetes: k8s.Provider;
    /** The group that the nodes are in; what pods without a group of their own connect from. */
    readonly nodeSecurityGroupId: pulumi.Output<string>;
    /** Whether every node can carry pods with a security group of their own, which burstable instances can't. */
    readonly podSecurityGroups: boolean;
    /** What must exist before the first workload: node groups, add-ons, charts. */
    readonly ready: pulumi.Resource[];
    /** The name of the log group that the logs of a service's pods go to, once it exists. */
    logGroupName(service: string): string;
    /**
     * Gives the pods of a service account a role of their own, which no other cluster, namespace or service account can
     * take. It may do nothing until policies are attached to it.
     */
    identity(name: string, of: ServiceAccountRef): WorkloadIdentity;
}

/** What External Secrets needs of the cluster that it runs in. */
export interface SecretsCluster extends WorkloadCluster {
    /**
     * A role to read secrets as, for a SecretStore to name in `spec.provider.aws.role`. Only External Secrets can take it. It
     * may read nothing until a secret is granted to it.
     * @see https://external-secrets.io/latest/provider/aws-access/
     */
    secretReader(name: string): aws.iam.Role;
}
