import { windowMinutes } from "../windows";
import type { BackupSpec } from "./spec";

/** One rule of a backup plan. */
export interface PlannedRule {
    name: "daily" | "weekly" | "monthly";
    /** When it begins, as AWS Backup takes it. */
    schedule: string;
    /** Days that what it makes is kept. */
    retentionDays: number;
    /** Days that a copy of that is kept; undefined where none is made. */
    copyRetentionDays?: number;
}

/** The rules of a backup plan, the most frequent first. */
export interface BackupRules {
    rules: PlannedRule[];
    /** Minutes that a backup may wait for its start. */
    startWindowMinutes: number;
}

/** On which days each rule comes round: day of the month, month, day of the week. */
const days = { daily: "* * ?", weekly: "? * SUN", monthly: "1 * ?" } as const;

/**
 * What `spec` asks of AWS Backup. All rules begin at once, so that a day has one backup: where several rules overlap, AWS
 * makes that of the longest retention.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export function planBackups(spec: BackupSpec): BackupRules {
    const { dailyRetentionDays, weeklyRetentionDays, monthlyRetentionDays, copyTo, startWindow } = spec;
    const retentions = { daily: dailyRetentionDays, weekly: weeklyRetentionDays, monthly: monthlyRetentionDays };
    const [hour, minute] = startWindow.slice(0, 5).split(":").map(Number);
    const names = (["daily", "weekly", "monthly"] as const).filter((name) => retentions[name] > 0);
    return {
        startWindowMinutes: windowMinutes(startWindow) ?? 0,
        rules: names.map((name) => ({
            name,
            schedule: `cron(${minute} ${hour} ${days[name]} *)`,
            retentionDays: retentions[name],
            copyRetentionDays: copyTo && (copyTo.retentionDays ?? retentions[name]),
        })),
    };
}
