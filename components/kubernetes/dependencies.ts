import type * as pulumi from "@pulumi/pulumi";
import type { AccessPoint, DataClient } from "../client";
import type { WorkloadCluster } from "../cluster";
import type { GrantedQueue } from "../queue";
import type { NetworkCidrs } from "./network-path";

/** The network that workloads run in. */
export interface WorkloadNetwork {
    vpcId: pulumi.Input<string>;
    cidrs: NetworkCidrs;
}

/** The namespace that workloads share, and its shared configuration. */
export interface WorkloadNamespace {
    readonly namespace: pulumi.Output<string>;
    /** The ConfigMap whose values each has as environment variables. */
    readonly configMapName: string;
    /** The Kubernetes Secret whose values each has likewise; undefined without one. */
    readonly secretConfigurationName?: string | undefined;
    /** The Kubernetes Secrets with which images are pulled from private registries. */
    readonly imagePullSecrets?: readonly string[];
    /** Another text whenever that, or a Secret that they share, has changed. */
    readonly configurationVersion: pulumi.Output<string>;
    /** What must have happened before any of them is rolled out. */
    readonly ready: pulumi.Resource[];
}

/** A database or a cache, as far as workloads use it. */
export interface DataStore {
    /** What `allowFrom` opens. */
    readonly accessPoints: readonly AccessPoint[];
    allowFrom(client: DataClient): void;
}

/**
 * A cluster's nodes as a client of data stores: pods without a security group of their own connect as their node does. Which
 * of them may is then for their network policies.
 */
export function nodesOf({ nodeSecurityGroupId }: WorkloadCluster): DataClient {
    return { name: "nodes", securityGroupId: nodeSecurityGroupId };
}

/** The ports that a data store serves to its clients. */
export function portsOf(store: DataStore | undefined): number[] | undefined {
    return store?.accessPoints.map(({ port }) => port);
}

/** A queue, as far as workloads use it. */
export interface MessageQueue extends GrantedQueue {
    readonly queueUrl: pulumi.Output<string>;
}
