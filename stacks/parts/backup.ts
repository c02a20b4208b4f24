import { avoidedWindows, Backup, backupProblems, backupSettings } from "@plinth/components";
import * as aws from "@pulumi/aws";
import { optionalPart } from "../part";
import { databasePart } from "./database";

/** What AWS Backup does for the database in service. */
export const backupPart = optionalPart({
    key: "backup",
    presence: "on request",
    within: databasePart,
    needs: { database: databasePart },
    settings: backupSettings,
    sizing: ["dailyRetentionDays", "weeklyRetentionDays", "monthlyRetentionDays"],
    problems: (backup, where, { stack: { region }, specs: { database } }) =>
        backupProblems(where, backup, { region, avoided: database && avoidedWindows(database) }),
    create: (backup, { region, accountId, platform, made, specs, options }) => {
        if (!made.database || !specs.database) throw new Error("there is no database to back up");
        const { copyTo } = backup;
        const copyProvider =
            copyTo &&
            new aws.Provider(`aws-${copyTo.region}`, {
                region: copyTo.region as aws.Region,
                allowedAccountIds: accountId ? [accountId] : undefined,
            });
        const dependencies = { region, avoided: avoidedWindows(specs.database), database: made.database.serving };
        return new Backup("backup", { ...backup, ...dependencies, platform, copyProvider }, options);
    },
    outputs: ({ planId, vaultArn, copyVaultArn, roleArn }) => ({
        backup: { planId, vaultArn, copyVaultArn, roleArn },
    }),
});
