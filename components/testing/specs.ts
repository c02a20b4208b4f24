import type { BackupSpec } from "../backup";
import type { CacheSpec } from "../cache";
import type { ClusterSpec } from "../cluster";
import type { PlatformContext } from "../component";
import type { DatabaseProxySpec, DatabaseSpec } from "../database";
import type { DataNetwork, NetworkSpec } from "../network";
import type { QueueSpec } from "../queue";
import type { RegistrySpec } from "../registry";

/** Sound arguments for each component, to be varied in tests. */
export const platform: PlatformContext = {
    namePrefix: "shop-test",
    tags: { Project: "shop", Stack: "test", Tier: "prod", Owner: "team", CostCentre: "4711" },
    protect: true,
};

export const networkSpec: NetworkSpec = {
    cidr: "10.0.0.0/16",
    availabilityZones: 3,
    natGateways: "per-zone",
    additionalSubnets: {},
    interfaceEndpoints: ["sts", "ecr.api"],
    flowLogTraffic: "all",
    flowLogRetentionDays: 365,
    keyDeletionWindowDays: 30,
};

/** A network that only exists in name. */
export const dataNetwork: DataNetwork = {
    vpcId: "vpc-1",
    isolatedSubnetIds: ["subnet-1", "subnet-2", "subnet-3"],
    availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
};

export const databaseSpec: DatabaseSpec = {
    engine: "postgres",
    engineVersion: "16",
    instanceClass: "db.r6g.large",
    allowUnlisted: false,
    allocatedStorageGiB: 500,
    maxAllocatedStorageGiB: 2000,
    storageType: "io1",
    iops: 3000,
    databaseName: "app",
    masterUsername: "platform_admin",
    users: { application: "application", readOnly: "read_only", madeByHand: false },
    port: 5432,
    maxConnections: 200,
    parameters: {},
    multiAz: true,
    readReplicas: 2,
    backupRetentionDays: 30,
    backupWindow: "03:00-04:00",
    maintenanceWindow: "sun:04:00-sun:05:00",
    autoMinorVersionUpgrade: false,
    allowMajorVersionUpgrade: false,
    extendedSupport: false,
    blueGreenUpdates: false,
    iamAuthentication: true,
    applyImmediately: false,
    finalSnapshot: true,
    monitoringIntervalSeconds: 60,
    insights: "advanced",
    exportLogs: true,
    logRetentionDays: 90,
    keyDeletionWindowDays: 30,
    secretRecoveryWindowDays: 30,
    masterPassword: "generated",
    rotationDays: 0,
};

const { allocatedStorageGiB, maxAllocatedStorageGiB, iops, multiAz, blueGreenUpdates, ...ofAnyEngine } = databaseSpec;

export const auroraSpec: DatabaseSpec = {
    ...ofAnyEngine,
    engine: "aurora-postgresql",
    storageType: "aurora",
    readerAutoscaling: { maximumReaders: 5, targetCpuPercent: 70 },
};

export const databaseProxySpec: DatabaseProxySpec = {
    maxConnectionsPercent: 50,
    maxIdleConnectionsPercent: 25,
    connectionBorrowTimeoutSeconds: 120,
    idleClientTimeoutSeconds: 1800,
    sessionPinningFilters: [],
    debugLogging: false,
};

export const backupSpec: BackupSpec = {
    startWindow: "06:00-07:00",
    completionWindowMinutes: 480,
    dailyRetentionDays: 35,
    weeklyRetentionDays: 91,
    monthlyRetentionDays: 365,
    forceDestroy: false,
    keyDeletionWindowDays: 30,
};

export const cacheSpec: CacheSpec = {
    engine: "redis",
    engineVersion: "7.1",
    nodeType: "cache.r6g.large",
    allowUnlisted: false,
    shards: 3,
    replicasPerShard: 2,
    port: 6379,
    parameters: {},
    authentication: "token",
    authTokenVersion: 1,
    authTokenUpdateStrategy: "ROTATE",
    logs: ["slow-log", "engine-log"],
    logRetentionDays: 30,
    snapshotRetentionDays: 7,
    snapshotWindow: "02:00-03:00",
    maintenanceWindow: "sun:05:00-sun:06:00",
    autoMinorVersionUpgrade: false,
    applyImmediately: false,
    finalSnapshot: true,
    keyDeletionWindowDays: 30,
    secretRecoveryWindowDays: 30,
};

export const clusterSpec: ClusterSpec = {
    version: "1.35",
    extendedSupport: false,
    publicAccessCidrs: [],
    access: { engineers: { principalArn: "arn:aws:iam::123456789012:role/engineers", policy: "view" } },
    sessionManager: false,
    zones: 3,
    instanceTypes: ["m6i.large"],
    allowUnlisted: false,
    capacityType: "on-demand",
    minNodes: 3,
    maxNodes: 10,
    nodeVolumeGiB: 50,
    addonVersions: {},
    controllerReplicas: 2,
    logRetentionDays: 365,
    keyDeletionWindowDays: 30,
};

export const registrySpec: RegistrySpec = {
    names: ["backend", "frontend"],
    keptImages: 10,
    keyDeletionWindowDays: 30,
};

export const queueSpec: QueueSpec = {
    fifo: false,
    contentBasedDeduplication: false,
    deduplicationScope: "queue",
    fifoThroughputLimit: "perQueue",
    visibilityTimeoutSeconds: 300,
    receiveWaitTimeSeconds: 20,
    delaySeconds: 0,
    maximumMessageBytes: 1_048_576,
    retentionSeconds: 345_600,
    deadLetterRetentionSeconds: 1_209_600,
    maxReceiveCount: 3,
    redriveAllowPolicy: true,
    encryption: "kms",
    kmsDataKeyReuseSeconds: 300,
    keyDeletionWindowDays: 30,
};
