import { type TierName, tierNames } from "@plinth/components";
import { describe, expect, it } from "vitest";
import { parseConfig } from "./config";

function parsed(settings: Record<string, unknown>) {
    const raw = Object.entries(settings).map(([key, value]) => [
        `plinth:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return parseConfig({ "aws:region": "eu-west-1", ...Object.fromEntries(raw) }, "live", "shop");
}

function backupOf(settings: Record<string, unknown>) {
    const read = parsed(settings);
    if ("problems" in read) throw new Error(read.problems.map(({ text }) => text).join("\n"));
    return read.spec.backup;
}

function problemsOf(settings: Record<string, unknown>): string[] {
    const read = parsed(settings);
    return "problems" in read ? read.problems.map(({ text }) => text) : [];
}

describe("backups by AWS Backup", () => {
    it.each(tierNames)("are not there in %s unless they are asked for", (tier) => {
        expect(backupOf({ tier })).toBeUndefined();
        expect(backupOf({ tier, backup: false })).toBeUndefined();
    });

    it.each<[TierName, number[], boolean]>([
        ["dev", [7, 0, 0], true],
        ["staging", [14, 35, 0], true],
        ["prod", [35, 91, 365], false],
    ])("are in %s what its table says, of instances and of Aurora", (tier, kept, forceDestroy) => {
        for (const engine of ["postgres", "aurora-postgresql"]) {
            const backup = backupOf({ tier, database: { engine }, backup: {} });
            expect([backup?.dailyRetentionDays, backup?.weeklyRetentionDays, backup?.monthlyRetentionDays]).toEqual(
                kept,
            );
            expect(backup).toMatchObject({ startWindow: "06:00-07:00", forceDestroy });
            expect(backup?.copyTo).toBeUndefined();
        }
    });

    it("are copied where that is wanted", () => {
        const copyTo = { region: "eu-central-1" };
        expect(backupOf({ tier: "prod", backup: { copyTo } })).toMatchObject({ copyTo, dailyRetentionDays: 35 });
    });

    it.each<[string, Record<string, unknown>, string]>([
        [
            "without a database",
            { database: false, backup: {} },
            "plinth:backup: needs the database; leave it out, or do not set plinth:database to false",
        ],
        [
            "with a copy that goes nowhere",
            { backup: { copyTo: {} } },
            "plinth:backup.copyTo.region: is missing; give a region of AWS, like eu-central-1",
        ],
        [
            "with a copy in the stack's own region",
            { backup: { copyTo: { region: "eu-west-1" } } },
            "plinth:backup.copyTo.region: eu-west-1 is the stack's own region; give another",
        ],
        [
            "in a window that the database's own backups were moved to",
            { database: { backupWindow: "06:30-07:00" }, backup: {} },
            "plinth:backup.startWindow: 06:00-07:00 is within an hour of the database's backupWindow 06:30-07:00, in which RDS turns AWS Backup away; move one of them",
        ],
        [
            "by a misspelt setting",
            { backup: { copyTO: {} } },
            "plinth:backup.copyTO is not known; did you mean plinth:backup.copyTo?",
        ],
        [
            "as a queue's name",
            { queues: { backup: {} } },
            'plinth:queues.backup: "backup" is the name of another component of the platform; give another, such as backup-1',
        ],
    ])("are refused %s", (_, settings, text) => {
        expect(problemsOf({ tier: "prod", ...settings })).toEqual([text]);
    });
});
