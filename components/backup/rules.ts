import { type DatabaseSpec, isAurora } from "../database";
import { keyDeletionWindow } from "../encryption";
import { isRegion, partitionOf } from "../region";
import { type Problem, type Rule, range, violations } from "../validation";
import { isDaily, windowMinutes, windowsOverlap } from "../windows";
import { type PlannedRule, planBackups } from "./plan";
import type { BackupSpec, VaultLockSpec } from "./spec";

/** What the rules look at besides the spec. */
export interface BackupDependencies {
    /** The region of what is backed up. */
    region: string;
    /** The database's own windows, where AWS Backup has to keep away from them. */
    avoided?: { backupWindow: string; maintenanceWindow: string };
}

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html */
const shortestWindow = 60;
/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html */
const longestRetention = 36_500;
/** @see https://repost.aws/knowledge-center/backup-coordinates-pitr */
const minutesFromWindows = 60;

type Asked = BackupSpec & { dependencies: BackupDependencies };

/** A retention that is 0, for none, or long enough to last until the next backup of its kind. */
function retention(
    field: "dailyRetentionDays" | "weeklyRetentionDays" | "monthlyRetentionDays",
    from: number,
): Rule<Asked> {
    const { when, say } = range(field, {
        from,
        to: longestRetention,
        of: from === 1 ? "AWS Backup" : "its own period",
    });
    return {
        at: field,
        when: (spec) => spec[field] !== 0 && when(spec),
        say: (spec) => `${say(spec)}, or 0 for none`,
    };
}

function tooClose(window: "backupWindow" | "maintenanceWindow"): Rule<Asked> {
    const windowOf = ({ dependencies }: Asked) => dependencies.avoided?.[window] ?? "";
    return {
        at: "startWindow",
        when: (spec) => windowsOverlap(spec.startWindow, windowOf(spec), minutesFromWindows),
        say: (spec) =>
            `${spec.startWindow} is within an hour of the database's ${window} ${windowOf(spec)}, in which RDS turns AWS Backup away; move one of them`,
    };
}

const rules: Rule<Asked>[] = [
    {
        at: "startWindow",
        when: ({ startWindow }) => !isDaily(startWindow) || (windowMinutes(startWindow) ?? 0) < shortestWindow,
        say: ({ startWindow }) => `"${startWindow}" is not a daily hour or more in UTC; give one like 06:00-07:00`,
    },
    tooClose("backupWindow"),
    tooClose("maintenanceWindow"),
    {
        at: "completionWindowMinutes",
        when: (spec) => !Number.isInteger(spec.completionWindowMinutes) || spec.completionWindowMinutes < least(spec),
        say: (spec) =>
            `${spec.completionWindowMinutes} leaves a backup that starts last no hour to end in; give ${least(spec)} or more`,
    },
    retention("dailyRetentionDays", 1),
    retention("weeklyRetentionDays", 7),
    retention("monthlyRetentionDays", 31),
    {
        at: "dailyRetentionDays",
        when: (spec) => planBackups(spec).rules.length === 0,
        say: () => "0 leaves no backup at all, weekly and monthly being 0 too; give 1 or more, or leave backup out",
    },
    {
        at: "copyTo.region",
        when: ({ copyTo }) => copyTo !== undefined && !isRegion(copyTo.region),
        say: ({ copyTo }) => `"${copyTo?.region}" is not a region; give one like eu-central-1`,
    },
    {
        at: "copyTo.region",
        when: ({ copyTo, dependencies }) => copyTo?.region === dependencies.region,
        say: ({ copyTo }) => `${copyTo?.region} is the stack's own region; give another`,
    },
    {
        at: "copyTo.region",
        when: ({ copyTo, dependencies }) =>
            copyTo !== undefined &&
            isRegion(copyTo.region) &&
            partitionOf(copyTo.region) !== partitionOf(dependencies.region),
        say: ({ copyTo, dependencies }) =>
            `${copyTo?.region} is in another partition of AWS than ${dependencies.region}, and nothing is copied between them; give another`,
    },
    {
        at: "copyTo.retentionDays",
        when: ({ copyTo }) => copyTo?.retentionDays !== undefined && !isRetention(copyTo.retentionDays),
        say: ({ copyTo }) => `${copyTo?.retentionDays} is not a number of days that AWS Backup takes; give 1 to 36500`,
    },
    ...(["minRetentionDays", "maxRetentionDays"] as const).map(
        (field): Rule<Asked> => ({
            at: `vaultLock.${field}`,
            when: ({ vaultLock }) => vaultLock?.[field] !== undefined && !isRetention(vaultLock[field]),
            say: ({ vaultLock }) =>
                `${vaultLock?.[field]} is not a number of days that AWS Backup takes; give 1 to 36500`,
        }),
    ),
    {
        at: "vaultLock.minRetentionDays",
        when: ({ vaultLock }) => isOver(vaultLock?.minRetentionDays, vaultLock?.maxRetentionDays),
        say: ({ vaultLock }) =>
            `${vaultLock?.minRetentionDays} is over the maxRetentionDays ${vaultLock?.maxRetentionDays}; give that or less`,
    },
    {
        at: "vaultLock.changeableForDays",
        when: ({ vaultLock: { changeableForDays: days } = {} }) =>
            days !== undefined && (!isRetention(days) || days < 3),
        say: ({ vaultLock }) =>
            `${vaultLock?.changeableForDays} is not a number of days that AWS Backup takes; give 3 to 36500, or leave it out for a lock that can be taken off`,
    },
    {
        at: "vaultLock",
        when: (spec) => refused(spec).length > 0,
        say: (spec) =>
            `${refused(spec).join(" and ")} would fail, being kept for fewer or more days than it allows; change the one or the other`,
    },
    {
        at: "forceDestroy",
        when: ({ forceDestroy, vaultLock }) => forceDestroy && vaultLock?.changeableForDays !== undefined,
        say: () => "true is not for vaults that are locked for good (vaultLock.changeableForDays); give false",
    },
    keyDeletionWindow,
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function backupProblems(where: string, spec: BackupSpec, dependencies: BackupDependencies): Problem[] {
    return violations(where, { ...spec, dependencies }, rules);
}

/**
 * The windows of a database that AWS Backup has to keep away from: an instance's, since Aurora is backed up at any time.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export function avoidedWindows(database: DatabaseSpec): BackupDependencies["avoided"] {
    const { engine, backupWindow, maintenanceWindow } = database;
    return isAurora(engine) ? undefined : { backupWindow, maintenanceWindow };
}

/** The fewest minutes that leave an hour after the start window. */
function least({ startWindow }: BackupSpec): number {
    return (windowMinutes(startWindow) ?? shortestWindow) + 60;
}

/** What the lock would keep from being made, as people call it. */
function refused(spec: BackupSpec): string[] {
    const { vaultLock } = spec;
    if (!vaultLock) return [];
    return planBackups(spec).rules.flatMap(({ name, retentionDays, copyRetentionDays }: PlannedRule) => [
        ...(allows(vaultLock, retentionDays) ? [] : [`${name} backups of ${retentionDays} days`]),
        ...(copyRetentionDays === undefined || allows(vaultLock, copyRetentionDays)
            ? []
            : [`their copies of ${copyRetentionDays} days`]),
    ]);
}

function allows({ minRetentionDays, maxRetentionDays }: VaultLockSpec, days: number): boolean {
    return !isOver(minRetentionDays, days) && !isOver(days, maxRetentionDays);
}

function isOver(days: number | undefined, most: number | undefined): boolean {
    return days !== undefined && most !== undefined && days > most;
}

function isRetention(days: number): boolean {
    return Number.isInteger(days) && days >= 1 && days <= longestRetention;
}
