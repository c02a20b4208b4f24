import {
    type AdditionalSubnetsSpec,
    type ApplicationSpec,
    type BackupCopySpec,
    type BackupSpec,
    type CacheOrigin,
    type CacheSpec,
    type ClusterAccess,
    type ClusterSpec,
    capacityTypes,
    clusterAccessPolicies,
    type DatabaseOrigin,
    type DatabaseProxySpec,
    type DatabaseSpec,
    type ExistingNetworkSpec,
    flowLogTraffics,
    type MigrationSpec,
    type NetworkSpec,
    type QueueSpec,
    type RegistrySpec,
    type RestoredSpec,
    type VaultLockSpec,
} from "@plinth/components";
import { z } from "zod";
import { services } from "./services-schema";
import { tierNames } from "./tiers";

/** An existing VPC. */
const existing = z.strictObject({
    vpcId: z.string(),
    cidr: z.string(),
    zones: z.array(z.string()),
    publicSubnetIds: z.array(z.string()),
    privateSubnetIds: z.array(z.string()),
    isolatedSubnetIds: z.array(z.string()),
} satisfies Fields<ExistingNetworkSpec>);

/**
 * The form of what a stack's configuration may say: which settings there are, and of which type. What they mean and what
 * they are when left out stands with the components' specs; whether a value makes sense is for the components' rules.
 */
const network = z.strictObject({
    cidr: z.string(),
    availabilityZones: z.number(),
    zones: z.array(z.string()),
    natGateways: word(["none", "single", "per-zone"], "a way to place NAT gateways"),
    subnets: z
        .strictObject({ public: z.array(z.string()), private: z.array(z.string()), isolated: z.array(z.string()) })
        .partial(),
    additionalSubnets: z.record(
        z.string(),
        z.strictObject({
            routes: word(["private", "isolated"], "a kind of routes"),
            slot: z.number(),
        } satisfies Fields<AdditionalSubnetsSpec>),
    ),
    interfaceEndpoints: z.array(z.string()),
    flowLogTraffic: word(flowLogTraffics, "traffic that can be recorded"),
    flowLogRetentionDays: z.number(),
    keyDeletionWindowDays: z.number(),
    /** A VPC that stands already, in the place of a new one. */
    existing: existing.partial(),
} satisfies Fields<NetworkSpec & { existing: unknown }>);

const databaseOrigin = z.strictObject({
    snapshot: z.string(),
    pointInTime: z.string(),
    source: z.string(),
} satisfies Fields<DatabaseOrigin>);

const databaseProxy = z.strictObject({
    maxConnectionsPercent: z.number(),
    maxIdleConnectionsPercent: z.number(),
    connectionBorrowTimeoutSeconds: z.number(),
    idleClientTimeoutSeconds: z.number(),
    sessionPinningFilters: z.array(word(["EXCLUDE_VARIABLE_SETS"], "a filter of RDS Proxy's")),
    initQuery: z.string(),
    debugLogging: z.boolean(),
} satisfies Fields<DatabaseProxySpec>);

const database = z.strictObject({
    engine: word(["postgres", "mysql", "aurora-postgresql", "aurora-mysql"], "an engine"),
    engineVersion: z.string(),
    instanceClass: z.string(),
    allocatedStorageGiB: z.number(),
    maxAllocatedStorageGiB: z.number(),
    serverlessCapacity: z.strictObject({ minimumAcu: z.number(), maximumAcu: z.number() }).partial(),
    storageType: word(["gp2", "gp3", "io1", "io2", "aurora", "aurora-iopt1"], "a storage type"),
    iops: z.number(),
    databaseName: z.string(),
    masterUsername: z.string(),
    port: z.number(),
    maxConnections: z.number(),
    parameters: z.record(z.string(), z.string()),
    clusterParameters: z.record(z.string(), z.string()),
    multiAz: z.boolean(),
    readReplicas: z.number(),
    readerAutoscaling: z.strictObject({ maximumReaders: z.number(), targetCpuPercent: z.number() }).partial(),
    backupRetentionDays: z.number(),
    backupWindow: z.string(),
    maintenanceWindow: z.string(),
    autoMinorVersionUpgrade: z.boolean(),
    allowMajorVersionUpgrade: z.boolean(),
    extendedSupport: z.boolean(),
    blueGreenUpdates: z.boolean(),
    iamAuthentication: z.boolean(),
    applyImmediately: z.boolean(),
    finalSnapshot: z.boolean(),
    monitoringIntervalSeconds: z.number(),
    insights: word(["off", "standard", "advanced"], "a mode of Database Insights"),
    exportLogs: z.boolean(),
    logRetentionDays: z.number(),
    keyDeletionWindowDays: z.number(),
    secretRecoveryWindowDays: z.number(),
    masterPassword: word(["generated", "managed"], "a way to keep a password"),
    rotationDays: z.number(),
    /** A pool of connections before it. */
    proxy: databaseProxy.partial(),
    /** A second database, restored, beside the living one. */
    restored: restored(databaseOrigin.partial()),
} satisfies Fields<DatabaseSpec & { restored: unknown }>);

const backup = z.strictObject({
    startWindow: z.string(),
    completionWindowMinutes: z.number(),
    dailyRetentionDays: z.number(),
    weeklyRetentionDays: z.number(),
    monthlyRetentionDays: z.number(),
    copyTo: z
        .strictObject({ region: z.string(), retentionDays: z.number() } satisfies Fields<BackupCopySpec>)
        .partial(),
    vaultLock: z
        .strictObject({
            minRetentionDays: z.number(),
            maxRetentionDays: z.number(),
            changeableForDays: z.number(),
        } satisfies Fields<VaultLockSpec>)
        .partial(),
    forceDestroy: z.boolean(),
    keyDeletionWindowDays: z.number(),
} satisfies Fields<BackupSpec>);
const cacheOrigin = z.strictObject({ snapshot: z.string() } satisfies Fields<CacheOrigin>);

const cache = z.strictObject({
    engine: word(["redis", "valkey"], "an engine"),
    engineVersion: z.string(),
    nodeType: z.string(),
    shards: z.number(),
    clusterModeMigration: word(["compatible", "enabled"], "a step"),
    replicasPerShard: z.number(),
    port: z.number(),
    parameters: z.record(z.string(), z.string()),
    authentication: word(["token", "user-group"], "a way to authenticate"),
    authToken: z.string(),
    authTokenVersion: z.number(),
    authTokenUpdateStrategy: word(["ROTATE", "SET"], "a strategy"),
    notificationTopicArn: z.string(),
    logs: z.array(word(["slow-log", "engine-log"], "a log of ElastiCache's")),
    logRetentionDays: z.number(),
    snapshotRetentionDays: z.number(),
    snapshotWindow: z.string(),
    maintenanceWindow: z.string(),
    autoMinorVersionUpgrade: z.boolean(),
    applyImmediately: z.boolean(),
    finalSnapshot: z.boolean(),
    keyDeletionWindowDays: z.number(),
    secretRecoveryWindowDays: z.number(),
    /** A second cache, restored, beside the living one. */
    restored: restored(cacheOrigin.partial()),
} satisfies Fields<CacheSpec & { restored: unknown }>);

const queue = z.strictObject({
    fifo: z.boolean(),
    contentBasedDeduplication: z.boolean(),
    deduplicationScope: word(["queue", "messageGroup"], "a scope"),
    fifoThroughputLimit: word(["perQueue", "perMessageGroupId"], "a limit"),
    visibilityTimeoutSeconds: z.number(),
    receiveWaitTimeSeconds: z.number(),
    delaySeconds: z.number(),
    maximumMessageBytes: z.number(),
    retentionSeconds: z.number(),
    deadLetterRetentionSeconds: z.number(),
    maxReceiveCount: z.number(),
    redriveAllowPolicy: z.boolean(),
    encryption: word(["kms", "sqs"], "a kind of encryption"),
    kmsDataKeyReuseSeconds: z.number(),
    keyDeletionWindowDays: z.number(),
} satisfies Fields<QueueSpec>);

/** Someone who may use the cluster. */
const access = z
    .strictObject({
        principalArn: z.string(),
        policy: word(clusterAccessPolicies, "an access policy"),
        namespaces: z.array(z.string()),
        groups: z.array(z.string()),
    } satisfies Fields<ClusterAccess>)
    .partial();

const registries = z.strictObject({
    names: z.array(z.string()),
    keptImages: z.number(),
    keyDeletionWindowDays: z.number(),
} satisfies Fields<RegistrySpec>);

const cluster = z.strictObject({
    version: z.string(),
    extendedSupport: z.boolean(),
    publicAccessCidrs: z.array(z.string()),
    access: z.record(z.string(), access),
    zones: z.number(),
    instanceTypes: z.array(z.string()),
    capacityType: word(capacityTypes, "a kind of capacity"),
    minNodes: z.number(),
    maxNodes: z.number(),
    nodeVolumeGiB: z.number(),
    addonVersions: z.record(z.string(), z.string()),
    controllerReplicas: z.number(),
    logRetentionDays: z.number(),
    keyDeletionWindowDays: z.number(),
    /** The repositories of its images. */
    registries: registries.partial(),
} satisfies Fields<ClusterSpec & { registries: unknown }>);

const migration = z.strictObject({
    image: z.string(),
    command: z.array(z.string()),
    userId: z.number(),
    timeoutSeconds: z.number(),
    retries: z.number(),
    run: z.number(),
} satisfies Fields<MigrationSpec>);

/** What the workloads share. */
const application = {
    namespace: z.string(),
    configuration: z.record(z.string(), z.string()),
    migration: migration.partial(),
    databaseClientImage: z.string(),
    databaseAuthorities: z.string(),
    secretRefreshSeconds: z.number(),
    jwtSecretVersion: z.number(),
    keyDeletionWindowDays: z.number(),
    secretRecoveryWindowDays: z.number(),
} satisfies Fields<ApplicationSpec>;

/** What stands under `plinth:` in a stack's configuration. */
export const settingsSchema = z
    .strictObject({
        /** How large all is unless said otherwise. */
        tier: word(tierNames, "a tier"),
        /** Whether what holds data is protected against deletion. By tier: false / false / true. */
        protect: z.boolean(),
        /** The one account that the stack may be made in: twelve digits, in quotes. */
        account: z.strictObject({ id: z.string() }).partial(),
        /** `owner`, `costCentre` (each the project's name unless given), and any others to put on every resource. */
        tags: z.record(z.string(), z.string()),
        network: network.partial(),
        /** What may connect to database and cache, by name. */
        clients: z.record(z.string(), z.strictObject({ securityGroupId: z.string() }).partial()),
        /** Or `false` for a platform without a database. */
        database: database.partial(),
        /** What AWS Backup does for the database; nothing unless given. */
        backup: backup.partial(),
        /** Or `false` for a platform without a cache. */
        cache: cache.partial(),
        /** Or `false` for a platform without a cluster and without repositories. */
        cluster: cluster.partial(),
        /** Queues by name. */
        queues: z.record(z.string(), queue.partial()),
        /** What runs in the cluster. */
        workloads: z.strictObject({ ...application, ...services }).partial(),
    })
    .partial();

export type Settings = z.infer<typeof settingsSchema>;

/** A setting for every field of a spec, so that none is forgotten here. */
type Fields<Spec> = Record<keyof Spec, z.ZodType>;

/** A restored data store beside the living one. */
function restored<Origin extends z.ZodType>(restoreFrom: Origin) {
    return z
        .strictObject({
            name: z.string(),
            restoreFrom,
            inService: z.boolean(),
            original: word(["keep", "delete"], "what can become of it"),
        } satisfies Fields<RestoredSpec<unknown>>)
        .partial();
}

/** One of a few words; `what` says what another word is not. */
function word<const Words extends readonly string[]>(words: Words, what: string) {
    return z.enum(words, { error: what });
}
