import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auroraSpec, backupSpec, databaseSpec } from "../testing/specs";
import { windowsOverlap } from "../windows";
import { planBackups } from "./plan";
import { avoidedWindows, backupProblems } from "./rules";
import type { BackupSpec } from "./spec";

const dependencies = { region: "eu-west-1", avoided: avoidedWindows(databaseSpec) };
const textsOf = (change: Partial<BackupSpec>, around = dependencies) =>
    backupProblems("b", { ...backupSpec, ...change }, around).map((problem) => problem.text);

describe("planBackups", () => {
    it("begins all rules at once, each for as long as it is to be kept", () => {
        expect(planBackups({ ...backupSpec, startWindow: "22:30-00:15" })).toEqual({
            startWindowMinutes: 105,
            rules: [
                { name: "daily", schedule: "cron(30 22 * * ? *)", retentionDays: 35 },
                { name: "weekly", schedule: "cron(30 22 ? * SUN *)", retentionDays: 91 },
                { name: "monthly", schedule: "cron(30 22 1 * ? *)", retentionDays: 365 },
            ],
        });
    });

    it("has no rule for what is kept for no time", () => {
        const { rules } = planBackups({ ...backupSpec, dailyRetentionDays: 0, monthlyRetentionDays: 0 });
        expect(rules.map(({ name }) => name)).toEqual(["weekly"]);
    });

    it("keeps copies for as long as it is told to, or for as long as what they are copies of", () => {
        const kept = (copyTo: BackupSpec["copyTo"]) =>
            planBackups({ ...backupSpec, copyTo }).rules.map(({ copyRetentionDays }) => copyRetentionDays);
        expect(kept(undefined)).toEqual([undefined, undefined, undefined]);
        expect(kept({ region: "eu-central-1" })).toEqual([35, 91, 365]);
        expect(kept({ region: "eu-central-1", retentionDays: 14 })).toEqual([14, 14, 14]);
    });
});

describe("what is refused", () => {
    it.each<[Partial<BackupSpec>, string]>([
        [
            { startWindow: "06:00" },
            'b.startWindow: "06:00" is not a daily window in UTC of 60 minutes or more; give one like 06:00-07:00',
        ],
        [
            { startWindow: "06:00-06:59" },
            'b.startWindow: "06:00-06:59" is not a daily window in UTC of 60 minutes or more; give one like 06:00-07:00',
        ],
        [
            { startWindow: "01:01-02:01" },
            "b.startWindow: 01:01-02:01 is within an hour of the database's backupWindow 03:00-04:00, in which RDS turns AWS Backup away; move one of them",
        ],
        [
            { startWindow: "05:59-06:59" },
            "b.startWindow: 05:59-06:59 is within an hour of the database's maintenanceWindow sun:04:00-sun:05:00, in which RDS turns AWS Backup away; move one of them",
        ],
        [
            { completionWindowMinutes: 119 },
            "b.completionWindowMinutes: 119 leaves a backup that starts last no hour to end in; give 120 or more",
        ],
        [{ dailyRetentionDays: 36_501 }, "b.dailyRetentionDays: 36501 is out of range; give 0 to 36500"],
        [
            { weeklyRetentionDays: 6 },
            "b.weeklyRetentionDays: 6 is not long enough to last until the next one; give 7 to 36500, or 0 for none",
        ],
        [{ monthlyRetentionDays: 30.5 }, "b.monthlyRetentionDays: 30.5 is not a whole number; give 0 to 36500"],
        [
            { dailyRetentionDays: 0, weeklyRetentionDays: 0, monthlyRetentionDays: 0 },
            "b.dailyRetentionDays: 0 leaves no backup at all, weekly and monthly being 0 too; give 1 or more, or leave backup out",
        ],
        [
            { copyTo: { region: "europe" } },
            'b.copyTo.region: "europe" is not a region of AWS; give one like eu-central-1',
        ],
        [{ copyTo: { region: "eu-west-1" } }, "b.copyTo.region: eu-west-1 is the stack's own region; give another"],
        [
            { copyTo: { region: "cn-north-1" } },
            "b.copyTo.region: cn-north-1 is in another partition of AWS than eu-west-1, and nothing is copied between them; give another",
        ],
        [
            { copyTo: { region: "eu-central-1", retentionDays: 0 } },
            "b.copyTo.retentionDays: 0 is out of range; give 1 to 36500",
        ],
        [{ vaultLock: { minRetentionDays: 0 } }, "b.vaultLock.minRetentionDays: 0 is out of range; give 1 to 36500"],
        [{ vaultLock: { changeableForDays: 2 } }, "b.vaultLock.changeableForDays: 2 is out of range; give 3 to 36500"],
        [
            { vaultLock: { minRetentionDays: 36 } },
            "b.vaultLock: daily backups of 35 days would fail, being kept for fewer or more days than it allows; change the one or the other",
        ],
        [
            { vaultLock: { maxRetentionDays: 100 }, copyTo: { region: "eu-central-1", retentionDays: 7 } },
            "b.vaultLock: monthly backups of 365 days would fail, being kept for fewer or more days than it allows; change the one or the other",
        ],
        [
            {
                vaultLock: { minRetentionDays: 14 },
                copyTo: { region: "eu-central-1", retentionDays: 7 },
                ...{ weeklyRetentionDays: 0, monthlyRetentionDays: 0 },
            },
            "b.vaultLock: their copies of 7 days would fail, being kept for fewer or more days than it allows; change the one or the other",
        ],
        [
            { vaultLock: { changeableForDays: 3 }, forceDestroy: true },
            "b.forceDestroy: true is not for vaults that are locked for good (vaultLock.changeableForDays); give false",
        ],
        [{ keyDeletionWindowDays: 6 }, "b.keyDeletionWindowDays: 6 is out of range; give 7 to 30"],
    ])("%j", (change, text) => {
        expect(textsOf(change)).toEqual([text]);
    });

    it("is a lock's shortest time that is over its longest, whatever the backups", () => {
        expect(textsOf({ vaultLock: { minRetentionDays: 400, maxRetentionDays: 300 } })[0]).toBe(
            "b.vaultLock.minRetentionDays: 400 is over the maxRetentionDays 300; give that or less",
        );
    });

    it.each<Partial<BackupSpec>>([
        { startWindow: "05:00-06:00", copyTo: undefined },
        { startWindow: "23:30-00:30" },
        { dailyRetentionDays: 0 },
        { copyTo: { region: "ap-southeast-2", retentionDays: 36_500 } },
        { vaultLock: {} },
        { vaultLock: { minRetentionDays: 35, maxRetentionDays: 365, changeableForDays: 3 } },
        { forceDestroy: true, vaultLock: { minRetentionDays: 1 } },
    ])("but not %j", (change) => {
        const quiet = {
            ...dependencies,
            avoided: { backupWindow: "03:00-04:00", maintenanceWindow: "sun:02:00-sun:03:00" },
        };
        expect(textsOf(change, quiet)).toEqual([]);
    });

    it("leaves Aurora's windows alone, in which AWS Backup is let in", () => {
        expect(
            textsOf({ startWindow: "03:00-05:00" }, { region: "eu-west-1", avoided: avoidedWindows(auroraSpec) }),
        ).toEqual([]);
    });

    it("copies within a partition, whichever that is", () => {
        const copies = (region: string, to: string) =>
            textsOf({ copyTo: { region: to } }, { region, avoided: undefined });
        expect(copies("us-gov-west-1", "us-gov-east-1")).toEqual([]);
        expect(copies("cn-north-1", "cn-northwest-1")).toEqual([]);
        expect(copies("us-gov-west-1", "us-west-1")).toHaveLength(1);
    });
});

it("plans nothing in a window of the database's, where it complains of nothing", () => {
    const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
        const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15];
        return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
    });
    fc.assert(
        fc.property(time, time, (from, to) => {
            const startWindow = `${from}-${to}`;
            if (textsOf({ startWindow, completionWindowMinutes: 10_000 }).length > 0) return;
            expect(windowsOverlap(startWindow, databaseSpec.backupWindow)).toBe(false);
            expect(windowsOverlap(startWindow, databaseSpec.maintenanceWindow)).toBe(false);
            expect(planBackups({ ...backupSpec, startWindow }).startWindowMinutes).toBeGreaterThanOrEqual(60);
        }),
        { numRuns: 300 },
    );
});
