import type { CacheOrigin, CacheSpec } from "@plinth/components";
import { z } from "zod";
import { type Fields, restored, word } from "./form";

const origin = z.strictObject({ snapshot: z.string() } satisfies Fields<CacheOrigin>);

export const cache = z.strictObject({
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
    restored: restored(origin.partial()),
} satisfies Fields<CacheSpec & { restored: unknown }>);
