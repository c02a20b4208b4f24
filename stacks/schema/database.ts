import type { DatabaseOrigin, DatabaseProxySpec, DatabaseSpec } from "@plinth/components";
import { z } from "zod";
import { type Fields, restored, word } from "./form";

const origin = z.strictObject({
    snapshot: z.string(),
    pointInTime: z.string(),
    source: z.string(),
} satisfies Fields<DatabaseOrigin>);

const proxy = z.strictObject({
    maxConnectionsPercent: z.number(),
    maxIdleConnectionsPercent: z.number(),
    connectionBorrowTimeoutSeconds: z.number(),
    idleClientTimeoutSeconds: z.number(),
    sessionPinningFilters: z.array(word(["EXCLUDE_VARIABLE_SETS"], "a filter of RDS Proxy's")),
    initQuery: z.string(),
    debugLogging: z.boolean(),
} satisfies Fields<DatabaseProxySpec>);

export const database = z.strictObject({
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
    proxy: proxy.partial(),
    /** A second database, restored, beside the living one. */
    restored: restored(origin.partial()),
} satisfies Fields<DatabaseSpec & { restored: unknown }>);
