import type {
    ApplicationSpec,
    BackupSpec,
    CacheEngine,
    CacheSpec,
    ClusterSpec,
    DatabaseEngine,
    DatabaseProxySpec,
    DatabaseSpec,
    Dialect,
    IngressSpec,
    MigrationSpec,
    NetworkSpec,
    QueueSpec,
    ReaderAutoscaling,
    RegistrySpec,
    ServerlessCapacity,
    WafSpec,
    WorkloadSpec,
} from "@plinth/components";

/** The sizes that a platform comes in. */
export const tierNames = ["dev", "staging", "prod"] as const;
export type TierName = (typeof tierNames)[number];

/** All that a tier decides. Every value but the guards can be overridden by the stack's configuration. */
export interface Tier {
    /** Whether what holds data is protected against deletion. */
    protect: boolean;
    network: NetworkSpec;
    database: Omit<DatabaseSpec, "engineVersion" | "port">;
    /** What an Aurora cluster has in the place of an instance's class, storage and standby. */
    aurora: Pick<DatabaseSpec, "instanceClass" | "storageType" | "readerAutoscaling">;
    /** Defaults of AWS Backup, where the stack wants it. */
    backup: BackupSpec;
    cache: Omit<CacheSpec, "engineVersion">;
    cluster: ClusterSpec;
    registry: RegistrySpec;
    /** Defaults of each queue. */
    queue: QueueSpec;
    /** What the workloads share. */
    application: Omit<ApplicationSpec, "migration" | "databaseClientImage">;
    /** Defaults of a migration, whose image and command the stack names. */
    migration: Omit<MigrationSpec, "image" | "command">;
    /** Defaults of each service. */
    workload: WorkloadSpec;
    /** Defaults of the way in from the internet, whose host and certificate the stack names. */
    ingress: Omit<IngressSpec, "host">;
    /** Defaults of a firewall, where the stack wants one. */
    waf: WafSpec;
    guards: {
        /** The fewest days of database backups that the tier puts up with. */
        minimumBackupRetentionDays: number;
    };
}

/** The version that each cache engine has unless the stack names one. */
export const cacheEngineVersions: Record<CacheEngine, string> = { redis: "7.1", valkey: "8.0" };

/** The version and port that each database engine has unless the stack names others. */
export const databaseEngines: Record<DatabaseEngine, Pick<DatabaseSpec, "engineVersion" | "port">> = {
    postgres: { engineVersion: "16", port: 5432 },
    mysql: { engineVersion: "8.4", port: 3306 },
    "aurora-postgresql": { engineVersion: "16", port: 5432 },
    "aurora-mysql": { engineVersion: "8.0", port: 3306 },
};

/** How far serverless servers grow and shrink where a stack has them. */
export const serverlessCapacity: ServerlessCapacity = { minimumAcu: 0.5, maximumAcu: 8 };

/** How readers come and go where a stack or its tier wants them to. */
export const readerAutoscaling: ReaderAutoscaling = { maximumReaders: 5, targetCpuPercent: 70 };

/**
 * How a proxy pools connections where a stack has one: of prod's two hundred it opens a hundred at most and keeps half of
 * those open, and clients wait as long as with PgBouncer.
 */
export const databaseProxy: DatabaseProxySpec = {
    maxConnectionsPercent: 50,
    maxIdleConnectionsPercent: 25,
    connectionBorrowTimeoutSeconds: 120,
    idleClientTimeoutSeconds: 1800,
    sessionPinningFilters: [],
    debugLogging: false,
};

/** What a restored data store is unless the stack says otherwise: one to look at, beside the living one. */
export const restoredDefaults = { inService: false, original: "keep" } as const;

/**
 * The image with each database engine's client that makes its users: the official ones, in the mirror of AWS's that asks for
 * no account.
 * @see https://gallery.ecr.aws/docker/library/postgres
 * @see https://gallery.ecr.aws/docker/library/mysql
 */
export const databaseClientImages: Record<Dialect, string> = {
    postgres: "public.ecr.aws/docker/library/postgres:17.6-alpine3.22",
    mysql: "public.ecr.aws/docker/library/mysql:8.4.6",
};

/** What nodes and functions call all day. */
const everydayEndpoints = ["secretsmanager", "sts", "ecr.api", "ecr.dkr", "logs"];

const network = { cidr: "10.0.0.0/16", additionalSubnets: {}, flowLogTraffic: "all" } as const;

const database = {
    engine: "postgres",
    databaseName: "app",
    masterUsername: "platform_admin",
    parameters: {},
    exportLogs: true,
    allowMajorVersionUpgrade: false,
    extendedSupport: false,
    blueGreenUpdates: false,
    masterPassword: "generated",
    backupWindow: "03:00-04:00",
    maintenanceWindow: "sun:04:00-sun:05:00",
} as const;

const backup = { startWindow: "06:00-07:00", completionWindowMinutes: 480 };

const cache = {
    engine: "redis",
    port: 6379,
    parameters: {},
    authentication: "token",
    authTokenVersion: 1,
    authTokenUpdateStrategy: "ROTATE",
    logs: ["slow-log", "engine-log"],
    autoMinorVersionUpgrade: true,
    snapshotWindow: "02:00-03:00",
    maintenanceWindow: "sun:05:00-sun:06:00",
} as const;

const queue = {
    fifo: false,
    contentBasedDeduplication: false,
    deduplicationScope: "queue",
    fifoThroughputLimit: "perQueue",
    visibilityTimeoutSeconds: 300,
    receiveWaitTimeSeconds: 20,
    delaySeconds: 0,
    maximumMessageBytes: 1_048_576,
    retentionSeconds: 4 * 86_400,
    deadLetterRetentionSeconds: 14 * 86_400,
    maxReceiveCount: 3,
    redriveAllowPolicy: true,
    encryption: "kms",
    kmsDataKeyReuseSeconds: 300,
} as const;

const cluster = {
    version: "1.35",
    extendedSupport: false,
    publicAccessCidrs: [],
    access: {},
    capacityType: "on-demand",
    nodeVolumeGiB: 50,
    addonVersions: {},
} satisfies Partial<ClusterSpec>;

const registry = { names: ["backend", "frontend"], keptImages: 10 };

const application = { namespace: "app", configuration: {}, secretRefreshSeconds: 300, jwtSecretVersion: 1 } as const;

const migration = { timeoutSeconds: 600, retries: 2, run: 1 } as const;

const workload: WorkloadSpec = {
    // A page on port 8080, from a mirror that asks for no account.
    image: "public.ecr.aws/nginx/nginx-unprivileged:1.29.8-alpine",
    replicas: { minimum: 2, maximum: 10 },
    scaling: { cpuPercent: 70, memoryPercent: 80 },
    resources: { cpuRequest: "250m", cpuLimit: "500m", memoryRequest: "256Mi", memoryLimit: "512Mi" },
    environment: {},
    secrets: {},
    secretFiles: {},
    probes: { path: "/", startupSeconds: 60, periodSeconds: 10 },
    runAsUser: 101,
    drainSeconds: 15,
    terminationGraceSeconds: 60,
    reaches: { database: false, cache: false, queues: { send: [], consume: [] }, services: [], internet: false },
    identity: false,
};

const ingress = {
    tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    inboundCidrs: ["0.0.0.0/0"],
    idleTimeoutSeconds: 60,
};

const waf = {
    ruleGroups: [
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
    ],
    requestsPerFiveMinutes: 2000,
};

/** How soon changes reach what holds data, and what is left of it when it is deleted. */
const disposable = { applyImmediately: true, finalSnapshot: false } as const;
const careful = { applyImmediately: false, finalSnapshot: true } as const;

export const tiers: Record<TierName, Tier> = {
    dev: {
        protect: false,
        network: {
            ...network,
            availabilityZones: 2,
            natGateways: "single",
            interfaceEndpoints: [],
            flowLogRetentionDays: 30,
            keyDeletionWindowDays: 7,
        },
        database: {
            ...database,
            ...disposable,
            instanceClass: "db.t3.micro",
            maxConnections: 100,
            allocatedStorageGiB: 20,
            maxAllocatedStorageGiB: 100,
            storageType: "gp3",
            multiAz: false,
            autoMinorVersionUpgrade: true,
            readReplicas: 0,
            backupRetentionDays: 1,
            monitoringIntervalSeconds: 0,
            insights: "standard",
            iamAuthentication: false,
            rotationDays: 0,
            logRetentionDays: 7,
            keyDeletionWindowDays: 7,
            secretRecoveryWindowDays: 0,
        },
        aurora: { instanceClass: "db.t4g.medium", storageType: "aurora" },
        backup: {
            ...backup,
            dailyRetentionDays: 7,
            weeklyRetentionDays: 0,
            monthlyRetentionDays: 0,
            forceDestroy: true,
            keyDeletionWindowDays: 7,
        },
        cache: {
            ...cache,
            ...disposable,
            nodeType: "cache.t3.micro",
            shards: 0,
            replicasPerShard: 0,
            snapshotRetentionDays: 1,
            logRetentionDays: 7,
            keyDeletionWindowDays: 7,
            secretRecoveryWindowDays: 0,
        },
        cluster: {
            ...cluster,
            zones: 2,
            instanceTypes: ["t3.medium"],
            minNodes: 1,
            maxNodes: 4,
            controllerReplicas: 1,
            logRetentionDays: 30,
            keyDeletionWindowDays: 7,
        },
        registry: { ...registry, keyDeletionWindowDays: 7 },
        queue: { ...queue, keyDeletionWindowDays: 7 },
        application: { ...application, keyDeletionWindowDays: 7, secretRecoveryWindowDays: 0 },
        migration,
        workload,
        ingress,
        waf: { ...waf, logRetentionDays: 30, keyDeletionWindowDays: 7 },
        guards: { minimumBackupRetentionDays: 0 },
    },
    staging: {
        protect: false,
        network: {
            ...network,
            availabilityZones: 2,
            natGateways: "single",
            interfaceEndpoints: everydayEndpoints,
            flowLogRetentionDays: 90,
            keyDeletionWindowDays: 7,
        },
        database: {
            ...database,
            ...disposable,
            instanceClass: "db.t3.small",
            maxConnections: 100,
            allocatedStorageGiB: 100,
            maxAllocatedStorageGiB: 500,
            storageType: "gp3",
            multiAz: true,
            autoMinorVersionUpgrade: true,
            readReplicas: 1,
            backupRetentionDays: 7,
            monitoringIntervalSeconds: 60,
            insights: "standard",
            iamAuthentication: false,
            rotationDays: 0,
            logRetentionDays: 30,
            keyDeletionWindowDays: 7,
            secretRecoveryWindowDays: 7,
        },
        aurora: { instanceClass: "db.t4g.large", storageType: "aurora" },
        backup: {
            ...backup,
            dailyRetentionDays: 14,
            weeklyRetentionDays: 35,
            monthlyRetentionDays: 0,
            forceDestroy: true,
            keyDeletionWindowDays: 7,
        },
        cache: {
            ...cache,
            ...disposable,
            nodeType: "cache.t3.small",
            shards: 0,
            replicasPerShard: 1,
            snapshotRetentionDays: 5,
            logRetentionDays: 14,
            keyDeletionWindowDays: 7,
            secretRecoveryWindowDays: 7,
        },
        cluster: {
            ...cluster,
            zones: 2,
            instanceTypes: ["t3.large"],
            minNodes: 2,
            maxNodes: 4,
            controllerReplicas: 2,
            logRetentionDays: 90,
            keyDeletionWindowDays: 7,
        },
        registry: { ...registry, keyDeletionWindowDays: 7 },
        queue: { ...queue, keyDeletionWindowDays: 7 },
        application: { ...application, keyDeletionWindowDays: 7, secretRecoveryWindowDays: 7 },
        migration,
        workload,
        ingress,
        waf: { ...waf, logRetentionDays: 90, keyDeletionWindowDays: 7 },
        guards: { minimumBackupRetentionDays: 0 },
    },
    prod: {
        protect: true,
        network: {
            ...network,
            availabilityZones: 3,
            natGateways: "per-zone",
            interfaceEndpoints: [
                ...everydayEndpoints,
                ...["sqs", "kms", "ec2", "eks", "elasticloadbalancing", "autoscaling", "monitoring"],
            ],
            flowLogRetentionDays: 365,
            keyDeletionWindowDays: 30,
        },
        database: {
            ...database,
            ...careful,
            instanceClass: "db.r6g.large",
            maxConnections: 200,
            allocatedStorageGiB: 500,
            maxAllocatedStorageGiB: 2000,
            storageType: "io1",
            iops: 3000,
            multiAz: true,
            autoMinorVersionUpgrade: false,
            readReplicas: 2,
            backupRetentionDays: 30,
            monitoringIntervalSeconds: 60,
            insights: "advanced",
            iamAuthentication: true,
            rotationDays: 30,
            logRetentionDays: 90,
            keyDeletionWindowDays: 30,
            secretRecoveryWindowDays: 30,
        },
        aurora: { instanceClass: "db.r6g.large", storageType: "aurora", readerAutoscaling },
        backup: {
            ...backup,
            dailyRetentionDays: 35,
            weeklyRetentionDays: 91,
            monthlyRetentionDays: 365,
            forceDestroy: false,
            keyDeletionWindowDays: 30,
        },
        cache: {
            ...cache,
            ...careful,
            nodeType: "cache.r6g.large",
            shards: 3,
            replicasPerShard: 2,
            snapshotRetentionDays: 7,
            logRetentionDays: 30,
            keyDeletionWindowDays: 30,
            secretRecoveryWindowDays: 30,
        },
        cluster: {
            ...cluster,
            zones: 3,
            instanceTypes: ["m6i.large"],
            minNodes: 3,
            maxNodes: 10,
            controllerReplicas: 2,
            logRetentionDays: 365,
            keyDeletionWindowDays: 30,
        },
        registry: { ...registry, keyDeletionWindowDays: 30 },
        queue: { ...queue, keyDeletionWindowDays: 30 },
        application: { ...application, keyDeletionWindowDays: 30, secretRecoveryWindowDays: 30 },
        migration,
        workload,
        ingress,
        waf: { ...waf, logRetentionDays: 365, keyDeletionWindowDays: 30 },
        guards: { minimumBackupRetentionDays: 1 },
    },
};
