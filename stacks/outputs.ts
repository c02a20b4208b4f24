import type {
    Application,
    Backup,
    Cache,
    Cluster,
    Database,
    PlatformNetwork,
    Queue,
    Registry,
    Services,
} from "@plinth/components";
import type { PlatformSpec } from "./spec";

/** What the program made. */
export interface Platform {
    spec: PlatformSpec;
    network: PlatformNetwork;
    /** The one in service. */
    database?: Database;
    /** The other one, where there is a restored one beside the original. */
    standbyDatabase?: Database;
    backup?: Backup;
    /** The one in service. */
    cache?: Cache;
    /** The other one, where there is a restored one beside the original. */
    standbyCache?: Cache;
    cluster?: Cluster;
    registry?: Registry;
    queues: Record<string, Queue>;
    application?: Application;
    services?: Services;
}

/** The stack's outputs. Secrets stand by themselves, so that the others can be read without asking for secrets. */
export function platformOutputs({
    spec,
    network,
    database,
    standbyDatabase,
    backup,
    cache,
    standbyCache,
    cluster,
    registry,
    queues,
    application,
    services,
}: Platform) {
    return {
        region: spec.region,
        network: {
            vpcId: network.vpcId,
            vpcCidr: network.vpcCidr,
            availabilityZones: network.availabilityZones,
            publicSubnetIds: network.publicSubnetIds,
            privateSubnetIds: network.privateSubnetIds,
            isolatedSubnetIds: network.isolatedSubnetIds,
            additionalSubnetIds: network.additionalSubnetIds,
            s3EndpointId: network.s3EndpointId,
            flowLogGroupArn: network.flowLogGroupArn,
        },
        database: database && {
            primaryEndpoint: database.primaryEndpoint,
            primaryAddress: database.primaryAddress,
            readerEndpoint: database.readerEndpoint,
            replicaEndpoints: database.replicaEndpoints,
            proxyEndpoint: database.proxyEndpoint,
            proxyReaderEndpoint: database.proxyReaderEndpoint,
            databaseName: database.databaseName,
            port: database.port,
            securityGroupId: database.securityGroupId,
            clientSecurityGroupId: database.clientSecurityGroupId,
            // Beside a proxy, for whoever is to reach the servers too.
            serverClientSecurityGroupId: database.proxyEndpoint && database.server.clientSecurityGroupId,
            secretArn: database.secretArn,
            applicationSecretArn: database.applicationSecretArn,
            readOnlySecretArn: database.readOnlySecretArn,
            kmsKeyId: database.kmsKeyId,
            instanceId: database.instanceId,
            clusterIdentifier: database.clusterIdentifier,
            resourceId: database.resourceId,
            poolSettings: database.poolSettings,
        },
        databaseUrl: database?.connectionUrl,
        // What it takes to look at it before it is put into service.
        ...(standbyDatabase && {
            standbyDatabase: {
                primaryEndpoint: standbyDatabase.primaryEndpoint,
                instanceId: standbyDatabase.instanceId,
                clusterIdentifier: standbyDatabase.clusterIdentifier,
                secretArn: standbyDatabase.secretArn,
                clientSecurityGroupId: standbyDatabase.server.clientSecurityGroupId,
            },
        }),
        ...(backup && {
            backup: {
                planId: backup.planId,
                vaultArn: backup.vaultArn,
                copyVaultArn: backup.copyVaultArn,
                roleArn: backup.roleArn,
            },
        }),
        cache: cache && {
            primaryEndpoint: cache.primaryEndpoint,
            readerEndpoint: cache.readerEndpoint,
            configurationEndpoint: cache.configurationEndpoint,
            port: cache.port,
            authTokenEnabled: cache.authTokenEnabled,
            securityGroupId: cache.securityGroupId,
            clientSecurityGroupId: cache.clientSecurityGroupId,
            secretArn: cache.secretArn,
            kmsKeyId: cache.kmsKeyId,
            logGroupNames: cache.logGroupNames,
            springConfiguration: cache.springConfiguration,
            healthCheckCommand: cache.healthCheckCommand,
            debuggingCommands: cache.debuggingCommands,
        },
        ...(standbyCache && {
            standbyCache: {
                primaryEndpoint: standbyCache.primaryEndpoint,
                replicationGroupId: standbyCache.replicationGroupId,
                secretArn: standbyCache.secretArn,
                clientSecurityGroupId: standbyCache.clientSecurityGroupId,
                debuggingCommands: standbyCache.debuggingCommands,
            },
        }),
        cacheUrl: cache?.url,
        cacheEnvironment: cache?.containerEnvironment,
        cluster: cluster && {
            name: cluster.clusterName,
            version: cluster.version,
            endpoint: cluster.endpoint,
            oidcIssuer: cluster.oidcIssuer,
            nodeRoleArn: cluster.nodeRoleArn,
            securityGroupId: cluster.securityGroupId,
            nodeSecurityGroupId: cluster.nodeSecurityGroupId,
        },
        kubeconfig: cluster?.kubeconfig,
        repositoryUrls: registry?.repositoryUrls,
        queues: Object.fromEntries(
            Object.entries(queues).map(([name, queue]) => [
                name,
                {
                    queueUrl: queue.queueUrl,
                    queueArn: queue.queueArn,
                    deadLetterQueueUrl: queue.deadLetterQueueUrl,
                    deadLetterQueueArn: queue.deadLetterQueueArn,
                },
            ]),
        ),
        // The names that charts of others are told.
        workloads: application && {
            namespace: application.namespace,
            configMapName: application.configMapName,
            secretNames: application.secretNames,
            secretReaders: application.secretReaders,
            migrationJobName: application.migrationJobName,
            roleArns: services && roleArnsOf(services),
        },
        ingress: services && ingressOf(services),
    };
}

/** The role of each service that has one. */
function roleArnsOf({ workloads }: Services) {
    const roles = Object.entries(workloads).flatMap(
        ([
            name,
            {
                nodes: { role },
            },
        ]) => (role ? [[name, role.arn] as const] : []),
    );
    return Object.fromEntries(roles);
}

/** Where the platform is reached from the internet, or why it isn't. */
function ingressOf({ ingress }: Services) {
    if (!ingress)
        return "none: the platform is not reached from the internet until plinth:workloads.ingress names a host";
    return {
        url: ingress.url,
        loadBalancerHost: ingress.loadBalancerHost,
        certificateArn: ingress.certificateArn,
        webAclArn: ingress.webAclArn,
    };
}
