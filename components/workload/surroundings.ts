import type * as pulumi from "@pulumi/pulumi";
import type { DataClient, Entrance } from "../client";
import type { WorkloadCluster } from "../cluster";
import type { QueueClient } from "../queue";
import { listed, type Problem, problemAt } from "../validation";
import type { NetworkBlocks } from "./paths";
import type { WorkloadSpec } from "./spec";

/** The network that workloads run in. */
export interface WorkloadNetwork {
    vpcId: pulumi.Input<string>;
    blocks: NetworkBlocks;
}

/** The namespace that workloads share, and what they share in it. */
export interface WorkloadNamespace {
    readonly namespace: pulumi.Output<string>;
    /** The ConfigMap whose values each has as environment variables. */
    readonly configMapName: string;
    /** Another text whenever that, or a Secret that they share, has changed. */
    readonly configurationVersion: pulumi.Output<string>;
    /** What must have happened before any of them is rolled out. */
    readonly ready: pulumi.Resource[];
}

/** A database or a cache, as far as workloads use it. */
export interface DataStore {
    /** The ways in that `allowFrom` opens. */
    readonly entrances: readonly Entrance[];
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
    return store?.entrances.map(({ port }) => port);
}

/** A queue, as far as workloads use it. */
export interface MessageQueue {
    readonly queueUrl: pulumi.Output<string>;
    readonly queueArn: pulumi.Output<string>;
    grantSend(client: QueueClient): void;
    grantConsume(client: QueueClient): void;
}

/** What there is to reach. */
export interface Available {
    database: boolean;
    cache: boolean;
    queues: readonly string[];
    /** The other services, with the ports that they serve. */
    services: readonly { name: string; port?: number }[];
}

/** What a service wants to reach and is not there; `where` stands in front of the names of fields. */
export function reachProblems(where: string, { reaches }: WorkloadSpec, available: Available): Problem[] {
    const stores = (["database", "cache"] as const).filter((store) => reaches[store] && !available[store]);
    const services = available.services.map(({ name }) => name);
    const without = available.services.filter(
        ({ name, port }) => reaches.services.includes(name) && port === undefined,
    );
    return [
        ...stores.map((store) =>
            problemAt(`${where}.reaches.${store}`, `the platform has no ${store}; give false, or a ${store}`),
        ),
        ...strangers(`${where}.reaches.queues.send`, reaches.queues.send, available.queues, "queue"),
        ...strangers(`${where}.reaches.queues.consume`, reaches.queues.consume, available.queues, "queue"),
        ...strangers(`${where}.reaches.services`, reaches.services, services, "other service"),
        ...without.map(({ name }) =>
            problemAt(`${where}.reaches.services`, `${name} serves no port; give it one, or leave it out`),
        ),
    ];
}

function strangers(at: string, wanted: readonly string[], known: readonly string[], what: string): Problem[] {
    const mend = known.length > 0 ? `give ${listed(known)}` : `there is none`;
    const unknown = wanted.filter((name) => !known.includes(name));
    const twice = wanted.filter((name, index) => known.includes(name) && wanted.indexOf(name) < index);
    return [
        ...unknown.map((name) => problemAt(at, `"${name}" is no ${what} of the platform; ${mend}`)),
        ...twice.map((name) => problemAt(at, `${name} is named twice; name it once`)),
    ];
}
