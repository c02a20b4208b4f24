import {
    completeDatabase,
    Database,
    type DatabaseOrigin,
    DeletedDatabase,
    databaseOriginSettings,
    databasePorts,
    databaseProblems,
    databaseSettings,
    dialectOf,
    type Problem,
    pointInTimeOf,
    problemAt,
    restoredDatabaseProblems,
    restoredSettings,
    type TierName,
} from "@plinth/components";
import type { z } from "zod";
import { createDataStores, fromOriginal, restoredName } from "../data-stores";
import { optionalPart } from "../part";
import { clientsPart } from "./clients";
import { type NetworkPartSpec, networkPart, privateSubnetProblems } from "./network";

const databasePartSettings = databaseSettings.extend({
    /** A second database, restored, beside the living one. */
    restored: restoredSettings(databaseOriginSettings).optional(),
});

export type DatabasePartSpec = z.output<typeof databasePartSettings>;

/** The fewest days of backups in each tier, which no configuration can go below. */
const minimumBackupRetentionDays: Record<TierName, number> = { dev: 0, staging: 0, prod: 1 };

/** The database, and a restored one beside it. */
export const databasePart = optionalPart({
    key: "database",
    presence: "by default",
    needs: { network: networkPart, clients: clientsPart },
    settings: databasePartSettings,
    sizing: [
        "instanceClass",
        "allocatedStorageGiB",
        "storageType",
        "iops",
        "multiAz",
        "readReplicas",
        "readerAutoscaling",
        "backupRetentionDays",
        "rotationDays",
        "insights",
    ],
    derive: ({ restored, ...spec }, { given, stack }) => ({
        ...completeDatabase(spec, given, stack.tier),
        restored: restored && withPlainTime(restored),
    }),
    problems: ({ restored, ...database }, where, { specs, stack }) => [
        ...databaseProblems(where, database, stack.region),
        ...retentionProblems(where, database.backupRetentionDays, stack.tier),
        ...rotationProblems(where, database.rotationDays, specs.network),
        ...(restored ? restoredDatabaseProblems(`${where}.restored`, restored, database.engine) : []),
    ],
    derivedNames: ({ restored }) => restoredName("database", restored),
    dataPorts: databasePorts,
    create: ({ restored: asked, ...database }, { platform, made, specs, options, present }) => {
        const usersMissing = !present.has("cluster") && !database.users.madeByHand;
        const args = { ...database, platform, network: made.network, usersMissing };
        const { serving, standby } = createDataStores<Database, DatabaseOrigin>("database", asked, {
            create: (name, restored, original) => {
                const source = original?.clusterIdentifier ?? original?.instanceId;
                return new Database(name, { ...args, restored: fromOriginal(restored, source) }, options);
            },
            createTombstone: (name) => new DeletedDatabase(name, args, options),
        });
        for (const [name, { securityGroupId }] of Object.entries(specs.clients)) {
            serving.allowFrom({ name, securityGroupId });
        }
        return { serving, standby };
    },
    outputs: ({ serving, standby }) => ({
        database: {
            // For whoever speaks to it: Aurora speaks as PostgreSQL or MySQL does.
            engine: dialectOf(serving.engine),
            primaryEndpoint: serving.primaryEndpoint,
            primaryAddress: serving.primaryAddress,
            readerEndpoint: serving.readerEndpoint,
            replicaEndpoints: serving.replicaEndpoints,
            proxyEndpoint: serving.proxyEndpoint,
            proxyReaderEndpoint: serving.proxyReaderEndpoint,
            databaseName: serving.databaseName,
            port: serving.port,
            securityGroupId: serving.securityGroupId,
            clientSecurityGroupId: serving.clientSecurityGroupId,
            // Beside a proxy, for whoever is to reach the servers too.
            serverClientSecurityGroupId: serving.proxyEndpoint && serving.server.clientSecurityGroupId,
            secretArn: serving.secretArn,
            applicationSecretArn: serving.applicationSecretArn,
            readOnlySecretArn: serving.readOnlySecretArn,
            users: serving.users,
            kmsKeyId: serving.kmsKeyId,
            instanceId: serving.instanceId,
            clusterIdentifier: serving.clusterIdentifier,
            resourceId: serving.resourceId,
            poolSettings: serving.poolSettings,
        },
        // A secret stands by itself, so that the others can be read without asking for secrets.
        databaseUrl: serving.connectionUrl,
        // What it takes to look at it before it is put into service.
        ...(standby && {
            standbyDatabase: {
                primaryEndpoint: standby.primaryEndpoint,
                instanceId: standby.instanceId,
                clusterIdentifier: standby.clusterIdentifier,
                secretArn: standby.secretArn,
                clientSecurityGroupId: standby.server.clientSecurityGroupId,
            },
        }),
    }),
});

/** A moment in the configuration, as RDS expects it. */
function withPlainTime<Restored extends NonNullable<DatabasePartSpec["restored"]>>(restored: Restored): Restored {
    const { restoreFrom } = restored;
    if (!restoreFrom?.pointInTime) return restored;
    const pointInTime = pointInTimeOf(restoreFrom.pointInTime);
    return { ...restored, restoreFrom: { ...restoreFrom, pointInTime } };
}

function retentionProblems(where: string, days: number, tier: TierName): Problem[] {
    const minimum = minimumBackupRetentionDays[tier];
    if (days >= minimum) return [];
    return [problemAt(`${where}.backupRetentionDays`, `${days} is not allowed in ${tier}; give ${minimum} to 35`)];
}

/** What rotates passwords calls Secrets Manager from a private subnet. */
function rotationProblems(where: string, days: number, network: NetworkPartSpec): Problem[] {
    if (days === 0) return [];
    if (network.existing) return privateSubnetProblems(`${where}.rotationDays`, `${days}`, network, "or 0");
    if (network.natGateways !== "none" || network.interfaceEndpoints.includes("secretsmanager")) return [];
    return [
        problemAt(
            `${where}.rotationDays`,
            `${days} needs a route to Secrets Manager from private subnets; give plinth:network.natGateways other than none, secretsmanager among plinth:network.interfaceEndpoints, or 0`,
        ),
    ];
}
