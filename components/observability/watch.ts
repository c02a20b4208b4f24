import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Cache, CacheSpec } from "../cache";
import type { Cluster } from "../cluster";
import type { Database, DatabaseSpec } from "../database";
import type { PublicIngress } from "../ingress";
import type { Network } from "../network";
import type { Queue, QueueSpec } from "../queue";
import type { WatchedCache } from "./alarms/cache";
import type { WatchedCluster } from "./alarms/cluster";
import type { WatchedDatabase, WatchedServer } from "./alarms/database";
import type { WatchedLoadBalancer } from "./alarms/load-balancer";
import type { WatchedNetwork } from "./alarms/network";
import type { WatchedQueue } from "./alarms/queue";
import type { WatchedLogs } from "./logs";

/** A database and its settings, as `Observability` watches it. */
export function watchDatabase(name: string, database: Database, spec: DatabaseSpec): WatchedDatabase {
    const { primary, replicas, clusterInstances, cluster } = database.nodes;
    const numbered = (part: string, identifiers: pulumi.Output<string>[]): WatchedServer[] =>
        identifiers.map((identifier, index) => ({ part: `${part}-${index + 1}`, identifier }));
    const [writer, ...readers] = clusterInstances.map(({ identifier }) => identifier);
    const servers = primary
        ? [
              { part: "primary", identifier: primary.identifier },
              ...numbered(
                  "replica",
                  replicas.map(({ identifier }) => identifier),
              ),
          ]
        : [...(writer ? [{ part: "writer", identifier: writer }] : []), ...numbered("reader", readers)];
    return {
        ...{ name, spec, servers },
        clusterIdentifier: cluster?.clusterIdentifier,
        rotationFunctionName: database.rotationFunctionName,
    };
}

/** A cache and its settings, as `Observability` watches it. */
export function watchCache(name: string, { replicationGroupId }: Cache, spec: CacheSpec): WatchedCache {
    return { name, spec, replicationGroupId };
}

/** A queue and its settings, as `Observability` watches it. */
export function watchQueue(name: string, { nodes }: Queue, spec: QueueSpec): WatchedQueue {
    return { name, spec, queueName: nodes.queue.name, deadLetterQueueName: nodes.deadLetterQueue.name };
}

/** A cluster as `Observability` watches it; `namespace` is that of the platform's services. */
export function watchCluster(
    name: string,
    { clusterName, nodes }: Cluster,
    namespace?: pulumi.Input<string>,
): WatchedCluster {
    // EKS makes one Auto Scaling group for each node group.
    const autoScalingGroupNames = nodes.nodeGroups.map(({ resources }) =>
        resources.apply((made) => made?.[0]?.autoscalingGroups?.[0]?.name ?? ""),
    );
    return { name, clusterName, namespace, autoScalingGroupNames };
}

/**
 * The load balancer of an ingress, as `Observability` watches it. The controller makes it, so AWS is asked for it once it is there.
 */
export function watchLoadBalancer(name: string, ingress: PublicIngress): WatchedLoadBalancer {
    const ready = ingress.loadBalancerHost.apply(() => ingress.loadBalancerName);
    return { name, arnSuffix: aws.lb.getLoadBalancerOutput({ name: ready }, { parent: ingress }).arnSuffix };
}

/** The logs of services, as `Observability` watches them; `prefix` tells their metrics from those of other stacks. */
export function watchLogs(prefix: string, logGroups: Record<string, aws.cloudwatch.LogGroup>): WatchedLogs {
    const groups = Object.entries(logGroups).map(([service, { name }]) => [service, name]);
    return { prefix, groupNames: Object.fromEntries(groups) };
}

/** A network as `Observability` watches it. */
export function watchNetwork(name: string, { vpcId, privateSubnetIds, nodes }: Network): WatchedNetwork {
    const endpoints = Object.entries(nodes.interfaceEndpoints).map(([service, { id, serviceName }]) => [
        service,
        { id, serviceName, subnetIds: privateSubnetIds },
    ]);
    return {
        ...{ name, vpcId, flowLogGroupName: nodes.flowLogGroup?.name },
        natGatewayIds: nodes.natGateways.map(({ id }) => id),
        interfaceEndpoints: Object.fromEntries(endpoints),
    };
}
