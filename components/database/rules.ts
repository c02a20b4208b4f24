import { keyDeletionWindow, secretRecoveryWindow } from "../encryption";
import { listed, oneOf, pattern, type Rule, range } from "../validation";
import { isDaily, isWeekly, windowMinutes, windowsOverlap } from "../windows";
import { auroraRules } from "./aurora/rules";
import { credentialRules } from "./credentials/rules";
import { engines } from "./engines/engines";
import { engineRules, forClusters, forInstances } from "./engines/rules";
import { storageRules } from "./instances/storage";
import { monitoringRules } from "./monitoring/rules";
import { connectionsCarried } from "./parameters/parameters";
import { parameterRules } from "./parameters/rules";
import { proxyRules } from "./proxy/rules";
import type { DatabaseSpec } from "./spec";

const shortestWindow = 30;

/**
 * Old classes that can't encrypt their storage.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
 */
const withoutEncryption = /^db\.((t1|m1|m2)\.|t2\.micro$)/;

/** The rules on what an instance's read replicas and its copies need. */
const replicaRules: Rule<DatabaseSpec>[] = [
    {
        at: "backupRetentionDays",
        when: ({ backupRetentionDays, readReplicas }) => backupRetentionDays === 0 && readReplicas > 0,
        say: ({ readReplicas }) =>
            `0 turns backups off, which ${readReplicas} read replicas need; give 1 to 35, or readReplicas: 0`,
    },
    {
        at: "blueGreenUpdates",
        when: ({ blueGreenUpdates, readReplicas }) => blueGreenUpdates === true && readReplicas > 0,
        say: ({ readReplicas }) =>
            `true is not for a database with ${readReplicas} read replicas; give false, or readReplicas: 0`,
    },
    {
        at: "blueGreenUpdates",
        when: ({ blueGreenUpdates, backupRetentionDays }) => blueGreenUpdates === true && backupRetentionDays === 0,
        say: () => "true needs backups, which are off; give false, or backupRetentionDays of 1 or more",
    },
];

export const databaseRules: Rule<DatabaseSpec>[] = [
    oneOf("engine", Object.keys(engines), "an engine"),
    {
        at: "engineVersion",
        when: ({ engine, engineVersion }) => !engines[engine].versions.includes(engineVersion),
        say: ({ engine, engineVersion }) => {
            const { label, versions } = engines[engine];
            const major = versions.find((version) => engineVersion.startsWith(`${version}.`));
            return major
                ? `"${engineVersion}" names a minor version, which AWS chooses and one day withdraws; give "${major}"`
                : `"${engineVersion}" is not a major version of ${label} that RDS supports; give ${listed(versions)}`;
        },
    },
    forInstances(
        pattern(
            "instanceClass",
            /^db\.(serverless|[a-z0-9-]+\.[a-z0-9]+)$/,
            "is not an instance class; give one like db.r6g.large",
        ),
    ),
    {
        at: "instanceClass",
        when: ({ instanceClass }) => withoutEncryption.test(instanceClass),
        say: ({ instanceClass }) => `"${instanceClass}" can't encrypt its storage; give a newer one like db.t3.micro`,
    },
    ...engineRules,
    ...storageRules.map(forInstances),
    ...auroraRules.map(forClusters),
    pattern(
        "databaseName",
        /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
        "is not a database name; give up to 63 letters, digits and underscores, no digit first",
    ),
    pattern(
        "masterUsername",
        /^[A-Za-z][A-Za-z0-9_]*$/,
        "is not a user name; give letters, digits and underscores, a letter first",
    ),
    {
        at: "masterUsername",
        when: ({ engine, masterUsername }) => masterUsername.length > engines[engine].longestUser,
        say: ({ engine, masterUsername }) =>
            `"${masterUsername}" is too long for ${engines[engine].label}; give ${engines[engine].longestUser} characters at most`,
    },
    {
        at: "masterUsername",
        when: ({ engine, masterUsername }) => engines[engine].reservedUsers.test(masterUsername),
        say: ({ engine, masterUsername }) =>
            `"${masterUsername}" is reserved by RDS or ${engines[engine].label}; give another`,
    },
    range("port", { from: 1_150, to: 65_535, of: "RDS" }),
    range("maxConnections", { from: 6, to: 65_535, of: "RDS" }),
    {
        at: "maxConnections",
        when: (spec) => spec.maxConnections > (connectionsCarried(spec) ?? Number.POSITIVE_INFINITY),
        say: (spec) =>
            `${spec.maxConnections} is more than the ${connectionsCarried(spec)} that ${spec.instanceClass} carries; give ${connectionsCarried(spec)} or less, or ${spec.serverlessCapacity ? "more serverlessCapacity" : "a larger instanceClass"}`,
    },
    ...parameterRules,
    range("readReplicas", { from: 0, to: 15, of: "RDS" }),
    range("backupRetentionDays", { from: 0, to: 35, of: "RDS" }),
    ...replicaRules.map(forInstances),
    {
        at: "backupWindow",
        when: ({ backupWindow }) => !isDaily(backupWindow) || tooShort(backupWindow),
        say: ({ backupWindow }) =>
            `"${backupWindow}" is not a daily half hour or more in UTC; give one like 03:00-04:00`,
    },
    {
        at: "maintenanceWindow",
        when: ({ maintenanceWindow }) => !isWeekly(maintenanceWindow) || tooShort(maintenanceWindow),
        say: ({ maintenanceWindow }) =>
            `"${maintenanceWindow}" is not a weekly half hour or more in UTC; give one like sun:04:00-sun:05:00`,
    },
    {
        at: "maintenanceWindow",
        when: ({ maintenanceWindow, backupWindow }) => windowsOverlap(maintenanceWindow, backupWindow),
        say: ({ maintenanceWindow, backupWindow }) =>
            `${maintenanceWindow} overlaps the backup window ${backupWindow}, which RDS refuses; move one of them`,
    },
    ...monitoringRules,
    ...credentialRules,
    ...proxyRules,
    keyDeletionWindow,
    secretRecoveryWindow,
];

function tooShort(window: string): boolean {
    return (windowMinutes(window) ?? 0) < shortestWindow;
}
