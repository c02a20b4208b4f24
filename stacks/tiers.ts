import type {
    ApplicationSpec,
    BackupSpec,
    CacheSpec,
    ClusterSpec,
    DatabaseSpec,
    IngressSpec,
    MigrationSpec,
    NetworkSpec,
    QueueSpec,
    RegistrySpec,
    WafSpec,
    WorkloadSpec,
} from "@plinth/components";
import {
    application,
    backup,
    cache,
    careful,
    cluster,
    database,
    disposable,
    everydayEndpoints,
    ingress,
    migration,
    network,
    queue,
    readerAutoscaling,
    registry,
    waf,
    workload,
} from "./defaults";

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
