import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadCluster } from "../cluster";
import type { PlatformContext } from "../component";
import { PublicIngress } from "../ingress/ingress";
import type { DataStore, MessageQueue, WorkloadNamespace, WorkloadNetwork } from "../kubernetes/dependencies";
import type { Neighbour } from "../kubernetes/network-path";
import { QueueScaling } from "../workload/queue-scaling";
import { Workload } from "../workload/workload";
import type { ServicesSpec } from "./spec";

/** What a platform's services are made in. */
export interface ServicesArgs {
    platform: PlatformContext;
    cluster: WorkloadCluster;
    network: WorkloadNetwork & { publicSubnetIds: pulumi.Input<string>[] };
    application: WorkloadNamespace;
    database?: DataStore;
    cache?: DataStore;
    queues: Record<string, MessageQueue>;
}

/** What was made of a platform's services. */
export interface Services {
    workloads: Record<string, Workload>;
    /** Undefined where the platform is not reached from the internet. */
    ingress?: PublicIngress;
}

/** Makes the services of a platform, the ways between them and the way in. */
export function createServices(
    { services, ingress }: ServicesSpec,
    { network, ...args }: ServicesArgs,
    options: pulumi.ComponentResourceOptions,
): Services {
    const named = Object.entries(services);
    const scales = named.some(([, { scaling }]) => scaling.queueDepth !== undefined);
    const queueScaling = scales ? new QueueScaling("queue-scaling", args, options) : undefined;
    const create = ([name, spec]: (typeof named)[number]) =>
        new Workload(
            name,
            {
                ...args,
                ...spec,
                network,
                queueScaling,
                callers: named.filter(([, other]) => other.reaches.services.includes(name)).map(([caller]) => caller),
                called: spec.reaches.services.flatMap((other) => neighbour(other, services)),
                exposed: ingress !== undefined && spec.ingressPath !== undefined,
            },
            options,
        );
    const workloads = Object.fromEntries(named.map((entry) => [entry[0], create(entry)]));
    for (const [name, { reaches }] of named) {
        for (const other of reaches.services) {
            const target = workloads[other];
            if (target) workloads[name]?.connectTo(target);
        }
    }
    if (!ingress) return { workloads };
    const exposed = named.flatMap(([name, { ingressPath, port }]) =>
        ingressPath === undefined || port === undefined ? [] : [{ path: ingressPath, service: name, port }],
    );
    return {
        workloads,
        ingress: new PublicIngress(
            "ingress",
            {
                ...ingress,
                ...args,
                namespace: args.application.namespace,
                publicSubnetIds: network.publicSubnetIds,
                routes: exposed,
                dependsOn: exposed.flatMap(({ service }) => workloads[service]?.ready ?? []),
            },
            options,
        ),
    };
}

function neighbour(name: string, services: ServicesSpec["services"]): Neighbour[] {
    const port = services[name]?.port;
    return port === undefined ? [] : [{ name, port }];
}
