import {
    type ApplicationSpec,
    applicationProblems,
    type CacheSpec,
    type ClusterSpec,
    cacheProblems,
    clusterProblems,
    databaseProblems,
    dialectOf,
    type ExistingNetworkSpec,
    existingNetworkProblems,
    networkProblems,
    type Problem,
    problemAt,
    type QueueSpec,
    queueProblems,
    type RegistrySpec,
    registryProblems,
} from "@plinth/components";
import { backupOf, backupSettingProblems } from "./backups";
import { databaseOf } from "./databases";
import { restoredCacheOf, restoredDatabaseOf, restoredStoreProblems } from "./restored";
import type { Settings } from "./schema";
import { platformServicesProblems, servicesOf } from "./services";
import { settingName } from "./settings";
import type { PlatformSpec } from "./spec";
import { tagProblems, tagsOf } from "./tags";
import { cacheEngineVersions, databaseClientImages, type Tier, type TierName, tiers } from "./tiers";

/** Which stack of which project in which region. */
export interface StackIdentity {
    project: string;
    stack: string;
    region: string;
}

/** Names that components of the platform have or will have, and that no queue can have beside them. */
const componentNames = ["network", "database", "backup", "cache", "cluster", "registry", "workload", "observability"];

/** The settings over the defaults of a tier. */
export function resolve(
    settings: Settings,
    without: Set<string>,
    tierName: TierName,
    stack: StackIdentity,
): PlatformSpec {
    const tier = tiers[tierName];
    const { existing, ...network } = settings.network ?? {};
    return {
        tier: tierName,
        region: stack.region,
        accountId: settings.account?.id,
        platform: {
            namePrefix: `${stack.project}-${stack.stack}`,
            tags: tagsOf(settings.tags ?? {}, { ...stack, tier: tierName }),
            protect: settings.protect ?? tier.protect,
        },
        network: {
            ...tier.network,
            ...network,
            availabilityZones: network.availabilityZones ?? network.zones?.length ?? tier.network.availabilityZones,
        },
        existingNetwork: existing && { ...noNetwork, ...existing },
        clients: Object.fromEntries(
            Object.entries(settings.clients ?? {}).map(([name, { securityGroupId = "" }]) => [
                name,
                { securityGroupId },
            ]),
        ),
        database: without.has("database") ? undefined : databaseOf(settings, tier),
        restoredDatabase: without.has("database") ? undefined : restoredDatabaseOf(settings),
        backup: backupOf(settings, tier),
        cache: without.has("cache") ? undefined : cacheOf(settings, tier),
        restoredCache: without.has("cache") ? undefined : restoredCacheOf(settings),
        ...(without.has("cluster") ? {} : clusterOf(settings, tier)),
        queues: Object.fromEntries(
            Object.entries(settings.queues ?? {}).map(([name, queue]): [string, QueueSpec] => [
                name,
                { ...tier.queue, ...queue },
            ]),
        ),
        application: without.has("cluster") ? undefined : applicationOf(settings, tier),
        ...servicesOf(settings, tier),
    };
}

/** All that is wrong with a platform, each problem under the name of the setting that mends it. */
export function platformProblems(spec: PlatformSpec, settings: Settings): Problem[] {
    return [
        ...accountProblems(spec),
        ...tagProblems(settings.tags ?? {}),
        ...networkSettingProblems(spec, settings),
        ...zoneProblems(spec),
        ...Object.entries(spec.clients).flatMap(([name, client]) => clientProblems(name, client.securityGroupId)),
        ...databaseSettingProblems(spec),
        ...guardProblems(spec),
        ...rotationProblems(spec),
        ...backupSettingProblems(spec),
        ...(spec.cache ? cacheProblems(settingName(["cache"]), spec.cache) : []),
        ...restoredStoreProblems(spec),
        ...(spec.cluster ? clusterProblems(settingName(["cluster"]), spec.cluster, zonesOf(spec)) : []),
        ...egressProblems(spec),
        ...(spec.registry ? registryProblems(settingName(["cluster", "registries"]), spec.registry) : []),
        ...Object.entries(spec.queues).flatMap(([name, queue]) => [
            ...queueNameProblems(name),
            ...queueProblems(settingName(["queues", name]), queue),
        ]),
        ...(spec.application
            ? applicationProblems(settingName(["workloads"]), spec.application, {
                  database: spec.database !== undefined,
              })
            : []),
        ...platformServicesProblems(spec, settings),
    ];
}

function cacheOf(settings: Settings, tier: Tier): CacheSpec {
    const { restored: _, ...own } = settings.cache ?? {};
    return { ...tier.cache, engineVersion: cacheEngineVersions[own.engine ?? tier.cache.engine], ...own };
}

/** The cluster and the repositories of its images, which are set up in one place. */
function clusterOf(settings: Settings, tier: Tier): { cluster: ClusterSpec; registry: RegistrySpec } {
    const { registries, access = {}, ...own } = settings.cluster ?? {};
    const { availabilityZones, zones, existing } = settings.network ?? {};
    const networkZones = (existing?.zones ?? zones)?.length ?? availabilityZones ?? tier.network.availabilityZones;
    return {
        cluster: {
            ...tier.cluster,
            zones: Math.min(tier.cluster.zones, networkZones),
            ...own,
            access: Object.fromEntries(
                Object.entries(access).map(([name, { principalArn = "", policy = "view", ...where }]) => [
                    name,
                    { principalArn, policy, ...where },
                ]),
            ),
        },
        registry: { ...tier.registry, ...registries },
    };
}

/** Nodes pull images from registries outside AWS too. */
function egressProblems({ cluster, network, existingNetwork }: PlatformSpec): Problem[] {
    if (!cluster || existingNetwork || network.natGateways !== "none") return [];
    const mend =
        "leaves the cluster's nodes no way to their images; give single or per-zone, or set plinth:cluster to false";
    return [problemAt(settingName(["network", "natGateways"]), `none ${mend}`)];
}

function zonesOf({ network, existingNetwork }: PlatformSpec): number {
    return existingNetwork?.zones.length ?? network.availabilityZones;
}

function applicationOf(settings: Settings, tier: Tier): ApplicationSpec {
    const { migration, services: _services, ingress: _ingress, ...own } = settings.workloads ?? {};
    return {
        ...tier.application,
        databaseClientImage: databaseClientImages[dialectOf(settings.database?.engine ?? tier.database.engine)],
        ...own,
        ...(migration && { migration: { image: "", command: [], ...tier.migration, ...migration } }),
    };
}

function accountProblems({ accountId }: PlatformSpec): Problem[] {
    if (accountId === undefined || /^\d{12}$/.test(accountId)) return [];
    return [
        problemAt(
            settingName(["account", "id"]),
            `"${accountId}" is not the number of an account; give its twelve digits in quotes`,
        ),
    ];
}

/** An existing network of which nothing was said: each field is then named as wrong. */
const noNetwork: ExistingNetworkSpec = {
    ...{ vpcId: "", cidr: "", zones: [] },
    ...{ publicSubnetIds: [], privateSubnetIds: [], isolatedSubnetIds: [] },
};

/** Where a VPC stands already, no other setting of a network means anything. */
function networkSettingProblems(spec: PlatformSpec, settings: Settings): Problem[] {
    if (!spec.existingNetwork) return networkProblems(settingName(["network"]), spec.network);
    const others = Object.keys(settings.network ?? {}).filter((key) => key !== "existing");
    return [
        ...others.map((key) =>
            problemAt(settingName(["network", key]), "is for a new VPC; leave it out beside plinth:network.existing"),
        ),
        ...existingNetworkProblems(settingName(["network", "existing"]), spec.existingNetwork),
    ];
}

function clientProblems(name: string, securityGroupId: string): Problem[] {
    const problems: Problem[] = [];
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name === "client-group") {
        const mend = "give lower-case letters, digits and single hyphens, a letter first, and not client-group";
        problems.push(problemAt(settingName(["clients", name]), `"${name}" is not a client's name; ${mend}`));
    }
    if (!/^sg-([0-9a-f]{8}|[0-9a-f]{17})$/.test(securityGroupId)) {
        const mend = "is not the id of a security group; give one like sg-0123456789abcdef0";
        problems.push(problemAt(settingName(["clients", name, "securityGroupId"]), `"${securityGroupId}" ${mend}`));
    }
    return problems;
}

function zoneProblems({ network, existingNetwork, region }: PlatformSpec): Problem[] {
    const { zones = [] } = existingNetwork ?? network;
    const path = existingNetwork ? ["network", "existing", "zones"] : ["network", "zones"];
    const strangers = zones.filter((zone) => !new RegExp(`^${region}[a-z]$`).test(zone));
    return strangers.map((zone) =>
        problemAt(settingName(path), `"${zone}" is not a zone of ${region}; give one like ${region}a`),
    );
}

/** What rotates passwords calls Secrets Manager from a private subnet. */
function rotationProblems({ database, network, existingNetwork }: PlatformSpec): Problem[] {
    const way = network.natGateways !== "none" || network.interfaceEndpoints.includes("secretsmanager");
    if (!database || database.rotationDays === 0 || existingNetwork || way) return [];
    return [
        problemAt(
            settingName(["database", "rotationDays"]),
            `${database.rotationDays} needs a way to Secrets Manager from private subnets; give plinth:network.natGateways other than none, secretsmanager among plinth:network.interfaceEndpoints, or 0`,
        ),
    ];
}

function databaseSettingProblems({ database, cluster, application }: PlatformSpec): Problem[] {
    if (!database) return [];
    // RDS's own secret is no resource of the stack, so nothing in the cluster can be given it.
    const keptFromJobs = cluster && application && database.masterPassword === "managed";
    return [
        ...(keptFromJobs
            ? [
                  problemAt(
                      settingName(["database", "masterPassword"]),
                      "managed keeps the password from the Job that makes the users; give generated, or leave the cluster out",
                  ),
              ]
            : []),
        ...databaseProblems(settingName(["database"]), database),
    ];
}

/** What AWS would take and the tier does not. */
function guardProblems({ tier, database }: PlatformSpec): Problem[] {
    const least = tiers[tier].guards.minimumBackupRetentionDays;
    if (!database || database.backupRetentionDays < 0 || database.backupRetentionDays >= least) return [];
    const at = settingName(["database", "backupRetentionDays"]);
    return [
        problemAt(
            at,
            `${database.backupRetentionDays} is under the ${least} that ${tier} keeps at least; give ${least} to 35`,
        ),
    ];
}

function queueNameProblems(name: string): Problem[] {
    const at = settingName(["queues", name]);
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
        return [
            problemAt(
                at,
                `"${name}" is not a queue's name; give lower-case letters, digits and single hyphens, a letter first`,
            ),
        ];
    }
    if (componentNames.includes(name)) {
        return [
            problemAt(at, `"${name}" is the name of another part of the platform; give another, such as ${name}-jobs`),
        ];
    }
    if (name.endsWith("-dead-letter")) {
        return [problemAt(at, `"${name}" ends as dead-letter queues do; give another name`)];
    }
    return [];
}
