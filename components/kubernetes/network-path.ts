import type * as pulumi from "@pulumi/pulumi";
import type { SubnetKind } from "../network";

/** The CIDR blocks of a network, as far as they matter to what runs in it. */
export interface NetworkCidrs {
    /** The VPC's. */
    vpc: pulumi.Input<string>;
    /** Those of the subnets, by kind. */
    subnets: Record<SubnetKind, pulumi.Input<string>[]>;
    /** The services of AWS that are reached inside the VPC, as AWS names them after the region: `sqs`. */
    interfaceEndpoints: readonly string[];
}

/** A connection that is allowed to or from the pods of a service. */
export interface NetworkPath {
    /** `in`: others may connect to it. `out`: it may connect to others. */
    direction: "in" | "out";
    /** The other end. */
    peer: Peer;
    ports: { protocol: "TCP" | "UDP"; port: number }[];
}

/** The other end of a path. */
export type Peer =
    | { is: "load balancer" | "database" | "cache" | "endpoints" | "pod identity"; cidrs: pulumi.Input<string>[] }
    /** All that is outside the VPC. */
    | { is: "internet"; except: pulumi.Input<string> }
    /** The cluster's name servers. */
    | { is: "dns" }
    /** What runs on every node, and the cluster's own API. */
    | { is: "kubelets" | "kubernetes API"; cidrs: pulumi.Input<string>[] }
    /** Another service of the platform. */
    | { is: "service"; name: string };

/** What pods serve and use, as far as their paths depend on it. */
export interface ConnectingPods {
    /** The port that they serve; undefined for none. */
    port?: number;
    /** Whether they have a role of their own in AWS. */
    identity: boolean;
    reaches: {
        database: boolean;
        cache: boolean;
        queues: { send: readonly string[]; consume: readonly string[] };
        internet: boolean;
    };
}

/** Another service, as far as paths to it matter. */
export interface Neighbour {
    name: string;
    port: number;
}

/** What the paths of a service depend on, besides its own spec. */
export interface Dependencies {
    cidrs: NetworkCidrs;
    /** Whether the load balancer sends it requests. */
    exposed: boolean;
    /** The services that reach it, by name. */
    callers: readonly string[];
    /** The services that it reaches. */
    called: readonly Neighbour[];
    /** The ports of the data stores. */
    dataPorts: { database?: readonly number[]; cache?: readonly number[] };
}

/**
 * Where the EKS Pod Identity agent of each node hands out credentials, on the node itself.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 */
export const podIdentityAgent = { cidr: "169.254.170.23/32", port: 80 } as const;

/** Whether a service uses AWS as a role of its own. */
export function hasIdentity({ identity, reaches }: Pick<ConnectingPods, "identity" | "reaches">): boolean {
    return identity || usedServices(reaches).length > 0;
}

/** Every connection that is allowed to or from a service's pods: those that it declared, and no others. */
export function networkPaths(
    spec: ConnectingPods,
    { cidrs, exposed, callers, called, dataPorts }: Dependencies,
): NetworkPath[] {
    const { port, reaches } = spec;
    const to = (peer: Peer, ...ports: number[]): NetworkPath => ({
        direction: "out",
        peer,
        ports: ports.map((number) => ({ protocol: "TCP", port: number })),
    });
    const paths: NetworkPath[] = [{ direction: "out", peer: { is: "dns" }, ports: dnsPorts }];
    if (port !== undefined) {
        const ports: NetworkPath["ports"] = [{ protocol: "TCP", port }];
        if (exposed) {
            paths.push({ direction: "in", peer: { is: "load balancer", cidrs: cidrs.subnets.public }, ports });
        }
        for (const name of callers) paths.push({ direction: "in", peer: { is: "service", name }, ports });
    }
    for (const { name, port: theirs } of called) paths.push(to({ is: "service", name }, theirs));
    const isolated = cidrs.subnets.isolated;
    if (reaches.database && dataPorts.database) {
        paths.push(to({ is: "database", cidrs: isolated }, ...new Set(dataPorts.database)));
    }
    if (reaches.cache && dataPorts.cache) paths.push(to({ is: "cache", cidrs: isolated }, ...new Set(dataPorts.cache)));
    if (hasIdentity(spec)) {
        paths.push(to({ is: "pod identity", cidrs: [podIdentityAgent.cidr] }, podIdentityAgent.port));
    }
    return [...paths, ...pathsToAws(spec, cidrs).map((peer) => to(peer, 443))];
}

/**
 * The paths to AWS and to the internet. An AWS service that has an endpoint in the VPC is reached only there. For any other
 * service the whole internet must be open, because its addresses are many and change. What a role of its own is for is not
 * known here, so it opens the internet only where `internet` is true.
 */
function pathsToAws({ reaches }: Pick<ConnectingPods, "reaches">, cidrs: NetworkCidrs): Peer[] {
    const used = usedServices(reaches);
    const inside = used.filter((service) => cidrs.interfaceEndpoints.includes(service));
    const outside = reaches.internet || inside.length < used.length;
    return [
        ...(inside.length > 0 ? [{ is: "endpoints", cidrs: cidrs.subnets.private } as const] : []),
        ...(outside ? [{ is: "internet", except: cidrs.vpc } as const] : []),
    ];
}

function usedServices({ queues }: ConnectingPods["reaches"]): string[] {
    return queues.send.length + queues.consume.length > 0 ? ["sqs"] : [];
}

export const dnsPorts: NetworkPath["ports"] = [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
];
