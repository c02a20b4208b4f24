import {
    Cache,
    type CacheOrigin,
    cacheOriginSettings,
    cacheProblems,
    cacheSettings,
    DeletedCache,
    restoredCacheProblems,
    restoredSettings,
} from "@plinth/components";
import { createDataStores, restoredName } from "../data-stores";
import { optionalPart } from "../part";
import { clientsPart } from "./clients";
import { networkPart } from "./network";

/** The cache, and a restored one beside it. */
export const cachePart = optionalPart({
    key: "cache",
    keepsSecrets: true,
    presence: "by default",
    needs: { network: networkPart, clients: clientsPart },
    settings: cacheSettings.extend({
        /** A second cache, restored, beside the living one. */
        restored: restoredSettings(cacheOriginSettings).optional(),
    }),
    sizing: ["nodeType", "shards", "replicasPerShard", "snapshotRetentionDays"],
    problems: ({ restored, ...cache }, where, { stack }) => [
        ...cacheProblems(where, cache, stack.region),
        ...(restored ? restoredCacheProblems(`${where}.restored`, restored, cache) : []),
    ],
    derivedNames: ({ restored }) => restoredName("cache", restored),
    dataPorts: ({ port }) => [port],
    create: ({ restored: asked, ...cache }, { platform, made, specs, options }) => {
        const args = { ...cache, platform, network: made.network };
        const { serving, standby } = createDataStores<Cache, CacheOrigin>("cache", asked, {
            create: (name, restored) => new Cache(name, { ...args, restored }, options),
            createTombstone: (name) => new DeletedCache(name, args, options),
        });
        for (const [name, { securityGroupId }] of Object.entries(specs.clients)) {
            serving.allowFrom({ name, securityGroupId });
        }
        return { serving, standby };
    },
    outputs: ({ serving, standby }) => ({
        cache: {
            primaryEndpoint: serving.primaryEndpoint,
            readerEndpoint: serving.readerEndpoint,
            configurationEndpoint: serving.configurationEndpoint,
            replicationGroupId: serving.replicationGroupId,
            port: serving.port,
            authTokenEnabled: serving.authTokenEnabled,
            securityGroupId: serving.securityGroupId,
            clientSecurityGroupId: serving.clientSecurityGroupId,
            secretArn: serving.secretArn,
            kmsKeyId: serving.kmsKeyId,
            logGroupNames: serving.logGroupNames,
            springConfiguration: serving.springConfiguration,
            healthCheckCommand: serving.healthCheckCommand,
            debuggingCommands: serving.debuggingCommands,
        },
        ...(standby && {
            standbyCache: {
                primaryEndpoint: standby.primaryEndpoint,
                replicationGroupId: standby.replicationGroupId,
                secretArn: standby.secretArn,
                clientSecurityGroupId: standby.clientSecurityGroupId,
                debuggingCommands: standby.debuggingCommands,
            },
        }),
        // Secrets stand by themselves, so that the others can be read without asking for secrets.
        cacheUrl: serving.url,
        cacheEnvironment: serving.containerEnvironment,
    }),
});
