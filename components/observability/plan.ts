import type { AlarmPlan, CompositePlan } from "./alarm";
import { addressAlarms, type WatchedAddress } from "./alarms/address";
import { cacheAlarms, cacheComposites, type WatchedCache } from "./alarms/cache";
import { clusterAlarms, type WatchedCluster } from "./alarms/cluster";
import { databaseAlarms, databaseComposites, type WatchedDatabase } from "./alarms/database";
import { loadBalancerAlarms, type WatchedLoadBalancer } from "./alarms/load-balancer";
import { networkAlarms, type WatchedNetwork } from "./alarms/network";
import { queueAlarms, type WatchedQueue } from "./alarms/queue";
import { topicAlarms, type WatchedTopic } from "./alarms/topic";
import type { WatchedBackup, WatchedRegistry } from "./events";
import { alarmKinds } from "./kinds";
import { logAlarms, type WatchedLogs } from "./logs";
import { planQueries, type QueryPlan } from "./queries";
import type { ObservabilitySpec } from "./spec";

/** What is watched; each has a name of its own. */
export interface Watched {
    databases?: WatchedDatabase[];
    caches?: WatchedCache[];
    queues?: WatchedQueue[];
    cluster?: WatchedCluster;
    network?: WatchedNetwork;
    address?: WatchedAddress;
    loadBalancer?: WatchedLoadBalancer;
    topic?: WatchedTopic;
    logs?: WatchedLogs;
    backup?: WatchedBackup;
    registry?: WatchedRegistry;
}

/** What the platform's alarms are, and what its logs are asked. */
export interface ObservabilityPlan {
    alarms: AlarmPlan[];
    composites: CompositePlan[];
    queries: QueryPlan[];
}

/** Decides which alarms and queries there are, and when the alarms fire, from what was built and the thresholds of `spec`. */
export function planObservability(watched: Watched, spec: ObservabilitySpec): ObservabilityPlan {
    const { databases = [], caches = [], queues = [], cluster, network, address, loadBalancer, topic, logs } = watched;
    return {
        alarms: [
            ...databases.flatMap((database) => databaseAlarms(database, spec.database)),
            ...caches.flatMap((cache) => cacheAlarms(cache, spec.cache)),
            ...queues.flatMap((queue) => queueAlarms(queue, spec.queues)),
            ...(cluster ? clusterAlarms(cluster, spec.cluster) : []),
            ...(network ? networkAlarms(network, spec.network) : []),
            ...(address ? addressAlarms(address) : []),
            ...(loadBalancer ? loadBalancerAlarms(loadBalancer, spec.loadBalancer) : []),
            ...(logs ? logAlarms(logs, spec.logs) : []),
            ...(topic ? topicAlarms(topic) : []),
        ],
        composites: [...databases.flatMap(databaseComposites), ...caches.flatMap(cacheComposites)],
        queries: planQueries(watched, spec.logs),
    };
}

/** What an alarm says of itself, in an e-mail at night: what it means, what to do first, and where to read on. */
export function describe(plan: AlarmPlan | CompositePlan, runbooks: string): string {
    const { severity, meaning, firstLook } = alarmKinds[plan.kind];
    const condition =
        "metrics" in plan ? ` (${plan.measured ?? plan.metrics[0]?.name} is ${plan.comparison} ${plan.limit})` : "";
    return `[${severity}] ${plan.subject}: ${meaning}${condition}. First: ${firstLook}. Runbook: ${runbooks}/${plan.kind}.md`;
}

/** The rule of a composite alarm in CloudWatch's language. `nameOf` gives the name of an alarm by its part. */
export function compositeRule({ allOf }: CompositePlan, nameOf: (part: string) => string): string {
    const groups = allOf.map((parts) => parts.map((part) => `ALARM("${nameOf(part)}")`).join(" OR "));
    return groups.map((group) => `(${group})`).join(" AND ");
}
