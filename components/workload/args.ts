import type * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import type { WorkloadCluster } from "../cluster";
import type { ComponentArgs } from "../component";
import type { DataStore, MessageQueue, WorkloadNamespace, WorkloadNetwork } from "../kubernetes/dependencies";
import type { Neighbour } from "../kubernetes/network-path";
import type { Transform } from "../transform";
import type { QueueScaling } from "./queue-scaling";
import type { WorkloadSpec } from "./spec";

export interface WorkloadArgs extends WorkloadSpec, ComponentArgs {
    cluster: WorkloadCluster;
    network: WorkloadNetwork;
    /** The namespace that it shares with others. */
    application: WorkloadNamespace;
    /** The platform's database; undefined where there is none. */
    database?: DataStore;
    /** The platform's cache; undefined where there is none. */
    cache?: DataStore;
    /** The platform's queues, by name. */
    queues: Record<string, MessageQueue>;
    /** The services that reach it, by name. */
    callers: string[];
    /** The services that it reaches, each with its port. */
    called: Neighbour[];
    /** Whether an Ingress sends it requests. */
    exposed: boolean;
    /** The group that its pods' logs go to, which has to exist before they log. */
    logGroup: aws.cloudwatch.LogGroup;
    /** What scales on queues; needed for `scaling.queueDepth`. */
    queueScaling?: QueueScaling;
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        deployment?: Transform<k8s.apps.v1.DeploymentArgs>;
        service?: Transform<k8s.core.v1.ServiceArgs>;
        networkPolicy?: Transform<k8s.networking.v1.NetworkPolicyArgs>;
    };
}

/** The raw resources of a `Workload`. */
export interface WorkloadNodes {
    deployment: k8s.apps.v1.Deployment;
    serviceAccount: k8s.core.v1.ServiceAccount;
    networkPolicy: k8s.networking.v1.NetworkPolicy;
    disruptionBudget: k8s.policy.v1.PodDisruptionBudget;
    /** Scales on CPU and memory; undefined where a ScaledObject scales on a queue. */
    autoscaler?: k8s.autoscaling.v2.HorizontalPodAutoscaler;
    /** Scales on the depth of a queue; undefined where the autoscaler scales. */
    scaledObject?: k8s.apiextensions.CustomResource;
    /** The Kubernetes Service; undefined without a port. */
    service?: k8s.core.v1.Service;
    /** The role in AWS, to give further rights to; undefined without an identity. */
    role?: aws.iam.Role;
    /** The security group of the pods; undefined where they are in their nodes'. */
    securityGroup?: aws.ec2.SecurityGroup;
}
