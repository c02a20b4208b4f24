import {
    avoidedWindows,
    Backup,
    type BackupDependencies,
    type BackupSpec,
    backupProblems,
    type Database,
    type Problem,
    problemAt,
} from "@plinth/components";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./schema";
import { settingName } from "./settings";
import type { PlatformSpec } from "./spec";
import type { Tier } from "./tiers";

/** What a stack asks of AWS Backup, over its tier's; a copy without a region is wrong, and named so. */
export function backupOf({ backup }: Settings, tier: Tier): BackupSpec | undefined {
    if (!backup) return undefined;
    const { copyTo, ...own } = backup;
    return { ...tier.backup, ...own, ...(copyTo && { copyTo: { region: "", ...copyTo } }) };
}

export function backupSettingProblems({ backup, database, region }: PlatformSpec): Problem[] {
    if (!backup) return [];
    const at = settingName(["backup"]);
    if (!database) return [problemAt(at, "has nothing to back up, plinth:database being false; leave one of them out")];
    return backupProblems(at, backup, { region, avoided: avoidedWindows(database) });
}

/** Makes the backups that a stack asks for, of the database in service. */
export function createBackup(
    { backup, platform, region, accountId, database: databaseSpec }: PlatformSpec,
    database: Database | undefined,
    options: pulumi.ComponentResourceOptions,
): Backup | undefined {
    if (!backup || !database || !databaseSpec) return undefined;
    const { copyTo } = backup;
    const copyProvider =
        copyTo &&
        new aws.Provider(`aws-${copyTo.region}`, {
            region: copyTo.region as aws.Region,
            allowedAccountIds: accountId ? [accountId] : undefined,
        });
    const dependencies: BackupDependencies = { region, avoided: avoidedWindows(databaseSpec) };
    return new Backup("backup", { ...backup, ...dependencies, platform, database, copyProvider }, options);
}
