import type { BackupCopySpec, BackupSpec, VaultLockSpec } from "@plinth/components";
import { z } from "zod";
import type { Fields } from "./form";

export const backup = z.strictObject({
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
