/** Where backups are copied to. */
export interface BackupCopySpec {
    /**
     * Another region of the same partition, such as `eu-central-1`. The account has to have it enabled.
     * @remarks A change makes a vault there and deletes the one that was, which AWS refuses while anything is in it; see
     * `forceDestroy`.
     */
    region: string;
    /**
     * Days that a copy is kept, 1 to 36500.
     * @default as long as what it is a copy of
     * @remarks Counts for copies that are made from then on.
     */
    retentionDays?: number;
}

/**
 * AWS Backup Vault Lock, on every vault: nobody deletes a backup before its time, or shortens that time.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export interface VaultLockSpec {
    /**
     * The fewest days that a backup is kept, 1 to 36500. AWS fails a backup that is to be kept for less.
     * @default none
     */
    minRetentionDays?: number;
    /**
     * The most days that a backup is kept, 1 to 36500. AWS fails a backup that is to be kept for longer.
     * @default none
     */
    maxRetentionDays?: number;
    /**
     * Days after which the lock can't be changed or taken off any more by anyone, AWS included: 3 to 36500. Nothing
     * that is in a vault then goes before its time, whatever it costs, and neither does the vault.
     * @default none: whoever has the right to may change the lock or take it off
     */
    changeableForDays?: number;
}

/** What AWS Backup does for the database, in plain values. */
export interface BackupSpec {
    /**
     * When backups start: a window of an hour or more of every day, in UTC. RDS has precedence over AWS Backup, so for an
     * instance it keeps an hour away from `database.backupWindow` and `database.maintenanceWindow`.
     * @default 06:00-07:00
     * @remarks Updated in place.
     * @see https://repost.aws/knowledge-center/backup-coordinates-pitr
     */
    startWindow: string;
    /**
     * Minutes after which a backup that has not ended is given up: an hour more than the start window at least, so that one
     * that starts last has the time.
     * @default 480
     * @remarks Updated in place.
     */
    completionWindowMinutes: number;
    /**
     * Days that the backup of every day is kept, 1 to 36500; 0 for none. Where more than one of daily, weekly and monthly
     * falls on a day, AWS makes the one that is kept longest.
     * @default by tier: 7 / 14 / 35
     * @remarks Updated in place; counts for backups that are made from then on.
     * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
     */
    dailyRetentionDays: number;
    /**
     * Days that the backup of every Sunday is kept, 7 to 36500; 0 for none.
     * @default by tier: 0 / 35 / 91
     * @remarks Updated in place; counts for backups that are made from then on.
     */
    weeklyRetentionDays: number;
    /**
     * Days that the backup of the first of every month is kept, 31 to 36500; 0 for none.
     * @default by tier: 0 / 0 / 365
     * @remarks Updated in place; counts for backups that are made from then on.
     */
    monthlyRetentionDays: number;
    /**
     * Copies of every backup in another region, in a vault and under a key of their own there.
     * @default none
     * @remarks Taken away, it deletes that vault, which AWS refuses while anything is in it; see `forceDestroy`.
     */
    copyTo?: BackupCopySpec;
    /**
     * Locks the vaults.
     * @default none
     * @remarks A change takes the lock off and puts the new one on.
     */
    vaultLock?: VaultLockSpec;
    /**
     * Whether a vault that is deleted takes what is in it along. AWS keeps a vault that is not empty, so without it the
     * first backup keeps the stack from being destroyed.
     * @default by tier: true / true / false
     * @remarks Updated in place: bring it up before the vault is to go.
     */
    forceDestroy: boolean;
    /**
     * Days before a deleted encryption key is gone, 7 to 30.
     * @default by tier: 7 / 7 / 30
     */
    keyDeletionWindowDays: number;
}
