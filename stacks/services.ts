import {
    type IngressSpec,
    type Problem,
    problemAt,
    type ServicesSpec,
    servicesProblems,
    type WorkloadSpec,
} from "@plinth/components";
import type { Settings } from "./schema";
import type { IngressSettings, ServiceSettings } from "./schema/services";
import { settingName } from "./settings";
import type { PlatformSpec } from "./spec";
import type { Tier } from "./tiers";

/** Messages waiting that a pod is meant to see to, unless the stack says otherwise: KEDA's own default. */
const messagesPerReplica = 5;

/** The services of a stack, each over the tier's defaults, and the way in from the internet. */
export function servicesOf(settings: Settings, tier: Tier): ServicesSpec {
    const { services = {}, ingress } = settings.workloads ?? {};
    return {
        services: Object.fromEntries(
            Object.entries(services).map(([name, service]) => [name, serviceOf(service, tier.workload)]),
        ),
        ingress: ingress && ingressOf(ingress, tier),
    };
}

function serviceOf(own: ServiceSettings, defaults: WorkloadSpec): WorkloadSpec {
    const { replicas, scaling, resources, secrets = {}, probes, reaches, ...rest } = own;
    const { queueDepth, ...targets } = scaling ?? {};
    return {
        ...defaults,
        ...rest,
        replicas: { ...defaults.replicas, ...replicas },
        scaling: {
            ...defaults.scaling,
            ...targets,
            ...(queueDepth && { queueDepth: { queue: "", messagesPerReplica, ...queueDepth } }),
        },
        resources: { ...defaults.resources, ...resources },
        secrets: Object.fromEntries(
            Object.entries(secrets).map(([name, { secret = "", key = "" }]) => [name, { secret, key }]),
        ),
        probes: { ...defaults.probes, ...probes },
        reaches: { ...defaults.reaches, ...reaches, queues: { ...defaults.reaches.queues, ...reaches?.queues } },
    };
}

function ingressOf({ waf, ...own }: IngressSettings, tier: Tier): IngressSpec {
    return { host: "", ...tier.ingress, ...own, ...(waf && { waf: { ...tier.waf, ...waf } }) };
}

/** All that is wrong with the services, or that there is no cluster for them. */
export function platformServicesProblems(spec: PlatformSpec, settings: Settings): Problem[] {
    const where = settingName(["workloads"]);
    if (!spec.application) {
        const { services, ingress } = settings.workloads ?? {};
        const stray = Object.entries({ services, ingress }).filter(([, value]) => value !== undefined);
        return stray.map(([key]) => problemAt(`${where}.${key}`, "has no cluster; leave it out, or have a cluster"));
    }
    const { existingNetwork } = spec;
    return servicesProblems(where, spec, {
        database: spec.database !== undefined,
        cache: spec.cache !== undefined,
        queues: Object.keys(spec.queues),
        publicSubnets: existingNetwork === undefined || existingNetwork.publicSubnetIds.length > 1,
    });
}
