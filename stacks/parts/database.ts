import {
    connectionsCarried,
    Database,
    type DatabaseOrigin,
    DeletedDatabase,
    databaseOriginSettings,
    databasePorts,
    databaseProblems,
    databaseSettings,
    defaultsOf,
    type Given,
    hasInsights,
    isAurora,
    type Problem,
    pointInTimeOf,
    problemAt,
    restoredDatabaseProblems,
    restoredSettings,
    type TierName,
} from "@plinth/components";
import type { z } from "zod";
import { createDataStores, fromOriginal, restoredName } from "../data-stores";
import { optionalPart, type SpecContext } from "../part";
import { clientsPart } from "./clients";
import { type NetworkPartSpec, networkPart } from "./network";

const databasePartSettings = databaseSettings.extend({
    /** A second database, restored, beside the living one. */
    restored: restoredSettings(databaseOriginSettings).optional(),
});

export type DatabasePartSpec = z.output<typeof databasePartSettings>;
type GivenDatabase = Given<typeof databasePartSettings>;
type DeriveContext = SpecContext<GivenDatabase, unknown>;

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
    derive,
    problems: ({ restored, ...database }, where, { specs, stack }) => [
        ...databaseProblems(where, database),
        ...retentionProblems(where, database.backupRetentionDays, stack.tier),
        ...rotationProblems(where, database.rotationDays, specs.network),
        ...(restored ? restoredDatabaseProblems(`${where}.restored`, restored, database.engine) : []),
    ],
    derivedNames: ({ restored }) => restoredName("database", restored),
    dataPorts: databasePorts,
    create: ({ restored: asked, ...database }, { platform, made, specs, options }) => {
        const args = { ...database, platform, network: made.network };
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

/** What depends on the engine, the class and the other settings. */
function derive(spec: DatabasePartSpec, { given, stack }: DeriveContext): DatabasePartSpec {
    const sized = isAurora(spec.engine) ? aurora(spec, given) : instance(spec, given, stack.tier);
    // Of the tier's connections and insights, an instance class gets what it has room for.
    const most = connectionsCarried(sized) ?? sized.maxConnections;
    return {
        ...sized,
        maxConnections: given.maxConnections ?? Math.min(sized.maxConnections, most),
        insights: given.insights ?? (hasInsights(sized) ? sized.insights : "off"),
        restored: sized.restored && withPlainTime(sized.restored),
    };
}

/** Another kind of storage than the tier's has none of the tier's IOPS. */
function instance(spec: DatabasePartSpec, given: GivenDatabase, tier: TierName): DatabasePartSpec {
    const { storageType } = defaultsOf(databaseSettings, { tier });
    const keepsIops = given.iops !== undefined || spec.storageType === storageType;
    return keepsIops ? spec : { ...spec, iops: undefined };
}

/** A serverless capacity brings its class; and readers get of the tier's autoscaling what their number leaves room for. */
function aurora(spec: DatabasePartSpec, given: GivenDatabase): DatabasePartSpec {
    const { readReplicas, readerAutoscaling } = spec;
    const room = readReplicas > 0 && readReplicas < (readerAutoscaling?.maximumReaders ?? 0);
    return {
        ...spec,
        instanceClass: given.instanceClass ?? (spec.serverlessCapacity ? "db.serverless" : spec.instanceClass),
        readerAutoscaling: given.readerAutoscaling || room ? readerAutoscaling : undefined,
    };
}

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
    const reached = network.natGateways !== "none" || network.interfaceEndpoints.includes("secretsmanager");
    if (days === 0 || network.existing || reached) return [];
    return [
        problemAt(
            `${where}.rotationDays`,
            `${days} needs a route to Secrets Manager from private subnets; give plinth:network.natGateways other than none, secretsmanager among plinth:network.interfaceEndpoints, or 0`,
        ),
    ];
}
