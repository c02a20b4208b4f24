import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadCluster } from "../cluster";
import type { PlatformContext } from "../component";
import { PublicIngress } from "../ingress/ingress";
import type { DataStore, MessageQueue, WorkloadNamespace, WorkloadNetwork } from "../kubernetes/dependencies";
import type { Neighbour } from "../kubernetes/network-path";
import { LogGroups, type LogGroupsSpec } from "../logs";
import { QueueScaling } from "../workload/queue-scaling";
import { Workload } from "../workload/workload";
import type { ServicesSpec } from "./spec";

/** What a platform's services depend on. */
export interface ServicesArgs {
    platform: PlatformContext;
    cluster: WorkloadCluster;
    network: WorkloadNetwork & { publicSubnetIds: pulumi.Input<string>[] };
    application: WorkloadNamespace;
    database?: DataStore;
    cache?: DataStore;
    queues: Record<string, MessageQueue>;
}

/** The services of a platform. */
export interface Services {
    workloads: Record<string, Workload>;
    /** The log group of each. */
    logGroups: Record<string, aws.cloudwatch.LogGroup>;
    /** Undefined where the platform is not reached from the internet. */
    ingress?: PublicIngress;
}

/** Creates the services of a platform, the connections between them, and the ingress. */
export function createServices(
    { services, ingress, logs }: ServicesSpec,
    { network, ...args }: ServicesArgs,
    options: pulumi.ComponentResourceOptions,
): Services {
    const named = Object.entries(services);
    const scales = named.some(([, { scaling }]) => scaling.queueDepth !== undefined);
    const queueScaling = scales ? new QueueScaling("queue-scaling", args, options) : undefined;
    const logGroups = createLogGroups(Object.keys(services), logs, args, options);
    const create = ([name, spec]: (typeof named)[number]) => {
        const logGroup = logGroups[name];
        if (!logGroup) throw new Error(`there is no log group for ${name}`);
        return new Workload(
            name,
            {
                ...args,
                ...spec,
                ...{ network, logGroup, queueScaling },
                callers: named.filter(([, other]) => other.reaches.services.includes(name)).map(([caller]) => caller),
                called: spec.reaches.services.flatMap((other) => neighbour(other, services)),
                exposed: ingress !== undefined && spec.ingressPath !== undefined,
            },
            options,
        );
    };
    const workloads = Object.fromEntries(named.map((entry) => [entry[0], create(entry)]));
    for (const [name, { reaches }] of named) {
        for (const other of reaches.services) {
            const target = workloads[other];
            if (target) workloads[name]?.connectTo(target);
        }
    }
    if (!ingress) return { workloads, logGroups };
    const exposed = named.flatMap(([name, { ingressPath, port }]) =>
        ingressPath === undefined || port === undefined ? [] : [{ path: ingressPath, service: name, port }],
    );
    return {
        ...{ workloads, logGroups },
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

/** A group for each service, under one key. */
function createLogGroups(
    services: string[],
    spec: LogGroupsSpec,
    { platform, cluster }: Pick<ServicesArgs, "platform" | "cluster">,
    options: pulumi.ComponentResourceOptions,
): Services["logGroups"] {
    if (services.length === 0) return {};
    const names = Object.fromEntries(services.map((service) => [service, cluster.logGroupName(service)]));
    const purpose = `the logs of the services of ${platform.namePrefix}`;
    return new LogGroups("service-logs", { ...spec, platform, purpose, names }, options).nodes.groups;
}

/** The variables that services have for themselves, by service. */
export function environmentsOf(services: ServicesSpec["services"]): Record<string, Record<string, string>> {
    return Object.fromEntries(Object.entries(services).map(([name, { environment }]) => [name, environment]));
}

/** The same services with their variables taken from Kubernetes Secrets, which are named by service. */
export function withSecretEnvironments(
    services: ServicesSpec["services"],
    secretNames: Readonly<Record<string, string>>,
): ServicesSpec["services"] {
    const changed = Object.entries(services).map(([name, spec]) => {
        const secret = secretNames[name];
        if (secret === undefined) return [name, spec];
        const taken = Object.keys(spec.environment).map((key) => [key, { secret, key }]);
        return [name, { ...spec, environment: {}, secrets: { ...spec.secrets, ...Object.fromEntries(taken) } }];
    });
    return Object.fromEntries(changed);
}

function neighbour(name: string, services: ServicesSpec["services"]): Neighbour[] {
    const port = services[name]?.port;
    return port === undefined ? [] : [{ name, port }];
}
