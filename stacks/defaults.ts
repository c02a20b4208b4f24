import type {
    CacheEngine,
    ClusterSpec,
    DatabaseEngine,
    DatabaseProxySpec,
    DatabaseSpec,
    Dialect,
    ReaderAutoscaling,
    ServerlessCapacity,
    WorkloadSpec,
} from "@plinth/components";

/* What a platform is in every tier, and what an optional part is where a stack has it. */

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
export const everydayEndpoints = ["secretsmanager", "sts", "ecr.api", "ecr.dkr", "logs"];

export const network = { cidr: "10.0.0.0/16", additionalSubnets: {}, flowLogTraffic: "all" } as const;

export const database = {
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

export const backup = { startWindow: "06:00-07:00", completionWindowMinutes: 480 };

export const cache = {
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

export const queue = {
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

export const cluster = {
    version: "1.35",
    extendedSupport: false,
    publicAccessCidrs: [],
    access: {},
    capacityType: "on-demand",
    nodeVolumeGiB: 50,
    addonVersions: {},
} satisfies Partial<ClusterSpec>;

export const registry = { names: ["backend", "frontend"], keptImages: 10 };

export const application = {
    namespace: "app",
    configuration: {},
    secretRefreshSeconds: 300,
    jwtSecretVersion: 1,
} as const;

export const migration = { timeoutSeconds: 600, retries: 2, run: 1 } as const;

export const workload: WorkloadSpec = {
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

export const ingress = {
    tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    inboundCidrs: ["0.0.0.0/0"],
    idleTimeoutSeconds: 60,
};

export const waf = {
    ruleGroups: [
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
    ],
    requestsPerFiveMinutes: 2000,
};

/** How soon changes reach what holds data, and what is left of it when it is deleted. */
export const disposable = { applyImmediately: true, finalSnapshot: false } as const;
export const careful = { applyImmediately: false, finalSnapshot: true } as const;
