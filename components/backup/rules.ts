import { partitionOf } from "@plinth/facts";
import { type DatabaseSpec, isAurora } from "../database";
import { isRegion } from "../region";
import { specProblems } from "../settings";
import type { Problem, Rule } from "../validation";
import { windowMinutes, windowsOverlap } from "../windows";
import { type PlannedRule, planBackups } from "./plan";
import { type BackupSpec, backupSettings, type VaultLockSpec } from "./spec";

/** What the rules look at besides the spec. */
export interface BackupDependencies {
    /** The region of what is backed up. */
    region: string;
    /** The database's own windows, where AWS Backup has to keep away from them. */
    avoided?: { backupWindow: string; maintenanceWindow: string };
}

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html */
const shortestWindow = 60;
/** @see https://repost.aws/knowledge-center/backup-coordinates-pitr */
const minutesFromWindows = 60;

type Asked = BackupSpec & { surroundings: BackupDependencies };

function tooClose(window: "backupWindow" | "maintenanceWindow"): Rule<Asked> {
    const windowOf = ({ surroundings }: Asked) => surroundings.avoided?.[window] ?? "";
    return {
        at: "startWindow",
        when: (spec) => windowsOverlap(spec.startWindow, windowOf(spec), minutesFromWindows),
        say: (spec) =>
            `${spec.startWindow} is within an hour of the database's ${window} ${windowOf(spec)}, in which RDS turns AWS Backup away; move one of them`,
    };
}

const rules: Rule<Asked>[] = [
    tooClose("backupWindow"),
    tooClose("maintenanceWindow"),
    {
        at: "completionWindowMinutes",
        when: (spec) => !Number.isInteger(spec.completionWindowMinutes) || spec.completionWindowMinutes < least(spec),
        say: (spec) =>
            `${spec.completionWindowMinutes} leaves a backup that starts last no hour to end in; give ${least(spec)} or more`,
    },
    {
        at: "dailyRetentionDays",
        when: (spec) => planBackups(spec).rules.length === 0,
        say: () => "0 leaves no backup at all, weekly and monthly being 0 too; give 1 or more, or leave backup out",
    },
    {
        at: "copyTo.region",
        when: ({ copyTo, surroundings }) => copyTo?.region === surroundings.region,
        say: ({ copyTo }) => `${copyTo?.region} is the stack's own region; give another`,
    },
    {
        at: "copyTo.region",
        when: ({ copyTo, surroundings }) =>
            copyTo !== undefined &&
            isRegion(copyTo.region) &&
            partitionOf(copyTo.region).name !== partitionOf(surroundings.region).name,
        say: ({ copyTo, surroundings }) =>
            `${copyTo?.region} is in another partition of AWS than ${surroundings.region}, and nothing is copied between them; give another`,
    },
    {
        at: "vaultLock.minRetentionDays",
        when: ({ vaultLock }) => isOver(vaultLock?.minRetentionDays, vaultLock?.maxRetentionDays),
        say: ({ vaultLock }) =>
            `${vaultLock?.minRetentionDays} is over the maxRetentionDays ${vaultLock?.maxRetentionDays}; give that or less`,
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
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function backupProblems(where: string, spec: BackupSpec, surroundings: BackupDependencies): Problem[] {
    return [...specProblems(where, backupSettings, { ...spec, surroundings }, rules)];
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
