import type { z } from "zod";
import { regionFault } from "../region";
import { accepted, byDefault, byTier, flag, settings, whole } from "../settings";
import { dailyWindow, keyDeletionWindowDays } from "../settings/common";

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html */
const maximumRetention = 36_500;
const retentionDays = whole(1, maximumRetention);

/** A retention that is long enough to last until the next backup of its kind; 0 for no such backups. */
function retentionOrNone(minimum: number) {
    return whole(0, maximumRetention)
        .refine((days) => days === 0 || days >= minimum, { error: "long enough" })
        .meta({
            expected: "long enough to last until the next one",
            allowed: `${minimum} to ${maximumRetention}, or 0 for none`,
        });
}

/** Where backups are copied to. */
const copyTo = settings({
    /**
     * Another region of the same partition. The account has to have it enabled.
     * @remarks A change makes a vault there and deletes the old one, which AWS refuses while anything is in it; see
     * `forceDestroy`.
     */
    region: accepted((name) => regionFault(name) === undefined, "a region of AWS", "eu-central-1"),
    /**
     * Days that a copy is kept. Left out, it is kept as long as what it is a copy of.
     * @remarks Applies to copies that are made from then on.
     */
    retentionDays: retentionDays.optional(),
});

/**
 * AWS Backup Vault Lock, on every vault: nobody deletes a backup before its time, or shortens that time.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
const vaultLock = settings({
    /** The fewest days that a backup is kept. AWS fails a backup that is to be kept for less. */
    minRetentionDays: retentionDays.optional(),
    /** The most days that a backup is kept. AWS fails a backup that is to be kept for longer. */
    maxRetentionDays: retentionDays.optional(),
    /**
     * Days after which nobody, AWS included, can change the lock or take it off. Nothing that is in a vault then goes before
     * its time, whatever it costs, and neither does the vault. Left out, whoever has the right to may take the lock off.
     */
    changeableForDays: whole(3, maximumRetention).optional(),
});

/** What AWS Backup does for the database. */
export const backupSettings = settings({
    /**
     * When backups start: a window of every day, in UTC. RDS has precedence over AWS Backup, so for an instance it keeps an
     * hour away from `database.backupWindow` and `database.maintenanceWindow`.
     * @remarks Updated in place.
     * @see https://repost.aws/knowledge-center/backup-coordinates-pitr
     */
    startWindow: dailyWindow(60, "06:00-07:00").meta(byDefault("06:00-07:00")),
    /**
     * Minutes after which a backup that has not ended is given up: an hour more than the start window at least, so that one
     * that starts last has the time.
     * @remarks Updated in place.
     */
    completionWindowMinutes: whole(1).meta(byDefault(480)),
    /**
     * Days that the backup of every day is kept; 0 for none. Where more than one of daily, weekly and monthly falls on a day,
     * AWS makes the one that is kept longest.
     * @remarks Updated in place; applies to backups that are made from then on.
     * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
     */
    dailyRetentionDays: retentionOrNone(1).meta(byTier(7, 14, 35)),
    /**
     * Days that the backup of every Sunday is kept; 0 for none.
     * @remarks Updated in place; applies to backups that are made from then on.
     */
    weeklyRetentionDays: retentionOrNone(7).meta(byTier(0, 35, 91)),
    /**
     * Days that the backup of the first of every month is kept; 0 for none.
     * @remarks Updated in place; applies to backups that are made from then on.
     */
    monthlyRetentionDays: retentionOrNone(31).meta(byTier(0, 0, 365)),
    /**
     * Copies of every backup in another region, in a vault and under a key of their own there.
     * @remarks Taken away, it deletes that vault, which AWS refuses while anything is in it; see `forceDestroy`.
     */
    copyTo: copyTo.optional(),
    /**
     * Locks the vaults.
     * @remarks A change takes the lock off and puts the new one on.
     */
    vaultLock: vaultLock.optional(),
    /**
     * Whether a vault that is deleted takes what is in it along. AWS keeps a vault that is not empty, so without it the
     * first backup keeps the stack from being destroyed.
     * @remarks Updated in place: bring it up before the vault is to go.
     */
    forceDestroy: flag().meta(byTier(true, true, false)),
    /**
     * Days between asking AWS to delete one of the vaults' keys and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
});

export type BackupSpec = z.output<typeof backupSettings>;
export type BackupCopySpec = z.output<typeof copyTo>;
export type VaultLockSpec = z.output<typeof vaultLock>;
