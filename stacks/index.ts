import {
    Application,
    Cache,
    type CacheOrigin,
    Cluster,
    createServices,
    Database,
    type DatabaseOrigin,
    DeletedCache,
    DeletedDatabase,
    databasePorts,
    existingNetwork,
    Network,
    Queue,
    Registry,
} from "@plinth/components";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createBackup } from "./backups";
import { loadPlatformSpec } from "./config";
import { createDataStores, fromOriginal } from "./data-stores";
import { networkCidrs } from "./network-cidrs";
import { platformOutputs } from "./outputs";

const spec = loadPlatformSpec();
const { platform } = spec;

const provider = new aws.Provider("aws", {
    region: spec.region as aws.Region,
    allowedAccountIds: spec.accountId ? [spec.accountId] : undefined,
});
const options: pulumi.ComponentResourceOptions = { providers: [provider] };

const dataPorts = [...(spec.database ? databasePorts(spec.database) : []), ...(spec.cache ? [spec.cache.port] : [])];
const network = spec.existingNetwork
    ? existingNetwork(spec.existingNetwork)
    : new Network("network", { ...spec.network, platform, dataPorts }, options);
const databaseArgs = spec.database && { ...spec.database, platform, network };
const databases =
    databaseArgs &&
    createDataStores<Database, DatabaseOrigin>("database", spec.restoredDatabase, {
        create: (name, restored, original) => {
            const source = original?.clusterIdentifier ?? original?.instanceId;
            return new Database(name, { ...databaseArgs, restored: fromOriginal(restored, source) }, options);
        },
        createTombstone: (name) => new DeletedDatabase(name, databaseArgs, options),
    });
const database = databases?.serving;
const backup = createBackup(spec, database, options);
const cacheArgs = spec.cache && { ...spec.cache, platform, network };
const caches =
    cacheArgs &&
    createDataStores<Cache, CacheOrigin>("cache", spec.restoredCache, {
        create: (name, restored) => new Cache(name, { ...cacheArgs, restored }, options),
        createTombstone: (name) => new DeletedCache(name, cacheArgs, options),
    });
const cache = caches?.serving;
for (const [name, { securityGroupId }] of Object.entries(spec.clients)) {
    database?.allowFrom({ name, securityGroupId });
    cache?.allowFrom({ name, securityGroupId });
}
const queues = Object.fromEntries(
    Object.entries(spec.queues).map(([name, queue]) => [name, new Queue(name, { ...queue, platform }, options)]),
);
const cluster = spec.cluster && new Cluster("cluster", { ...spec.cluster, platform, network }, options);
const registry = spec.registry && new Registry("registry", { ...spec.registry, platform }, options);
const application =
    cluster &&
    spec.application &&
    new Application(
        "workloads",
        {
            ...spec.application,
            ...{ platform, cluster, database, cache, queues, region: spec.region },
            kubernetesVersion: cluster.version,
            network: { vpcId: network.vpcId, cidrs: networkCidrs(spec) },
        },
        options,
    );
const services =
    cluster &&
    application &&
    createServices(
        spec,
        {
            ...{ platform, cluster, application, database, cache, queues },
            network: {
                vpcId: network.vpcId,
                cidrs: networkCidrs(spec),
                publicSubnetIds: network.publicSubnetIds,
            },
        },
        options,
    );

export = platformOutputs({
    ...{ spec, network, database, standbyDatabase: databases?.standby, backup, queues },
    ...{ cache, standbyCache: caches?.standby },
    ...{ cluster, registry, application, services },
});
