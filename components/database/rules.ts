import { keyDeletionWindow, secretRecoveryWindow } from "../encryption";
import { listed, oneOf, pattern, type Rule, range } from "../validation";
import { isDaily, isWeekly, windowMinutes, windowsOverlap } from "../windows";
import { monitoringRules } from "./monitoring-rules";
import { parameterRules } from "./parameter-rules";
import { connectionsCarried } from "./parameters";
import type { DatabaseSpec, DatabaseStorageType } from "./spec";

/** Major versions of PostgreSQL that RDS makes and supports without extra charge. */
const postgresVersions = ["14", "15", "16", "17", "18"];

/**
 * What RDS for PostgreSQL takes, by storage type. gp2 has no settings, and gp3 only where RDS stripes the storage.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 */
const storageLimits: Record<DatabaseStorageType, { least: number; iops?: IopsLimits }> = {
    gp2: { least: 20 },
    gp3: { least: 20, iops: { from: 12_000, to: 64_000, fromGiB: 400 } },
    io1: { least: 100, iops: { from: 1_000, to: 256_000, fromGiB: 100, mostPerGiB: 50 } },
    io2: { least: 100, iops: { from: 1_000, to: 256_000, fromGiB: 100, mostPerGiB: 1_000 } },
};
const mostStorage = 65_536;

interface IopsLimits {
    from: number;
    to: number;
    /** The storage from which IOPS can be chosen. */
    fromGiB: number;
    mostPerGiB?: number;
}

const shortestWindow = 30;

/**
 * Old classes that can't encrypt their storage.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
 */
const withoutEncryption = /^db\.((t1|m1|m2)\.|t2\.micro$)/;

/** Names that RDS keeps for itself. */
const reservedUsernames = ["admin", "rdsadmin", "rdsrepladmin", "rds_superuser"];

export const databaseRules: Rule<DatabaseSpec>[] = [
    oneOf("engine", ["postgres"], "an engine"),
    {
        at: "engineVersion",
        when: ({ engineVersion }) => !postgresVersions.includes(engineVersion),
        say: ({ engineVersion }) => {
            const major = engineVersion.split(".")[0] ?? "";
            return engineVersion.includes(".") && postgresVersions.includes(major)
                ? `"${engineVersion}" names a minor version, which AWS chooses and one day withdraws; give "${major}"`
                : `"${engineVersion}" is not a major version of PostgreSQL that RDS supports; give ${listed(postgresVersions)}`;
        },
    },
    pattern("instanceClass", /^db\.[a-z0-9-]+\.[a-z0-9]+$/, "is not an instance class; give one like db.r6g.large"),
    {
        at: "instanceClass",
        when: ({ instanceClass }) => withoutEncryption.test(instanceClass),
        say: ({ instanceClass }) => `"${instanceClass}" can't encrypt its storage; give a newer one like db.t3.micro`,
    },
    oneOf("storageType", Object.keys(storageLimits), "a storage type"),
    {
        at: "allocatedStorageGiB",
        when: (spec) =>
            !whole(spec.allocatedStorageGiB) ||
            spec.allocatedStorageGiB < least(spec) ||
            spec.allocatedStorageGiB > mostStorage,
        say: (spec) =>
            `${spec.allocatedStorageGiB} is not a size that RDS has for ${spec.storageType}; give ${least(spec)} to ${mostStorage} GiB`,
    },
    {
        at: "maxAllocatedStorageGiB",
        when: ({ maxAllocatedStorageGiB: most, allocatedStorageGiB }) =>
            most !== 0 && (!whole(most) || most < leastGrowth(allocatedStorageGiB) || most > mostStorage),
        say: ({ maxAllocatedStorageGiB: most, allocatedStorageGiB }) =>
            `${most} leaves RDS no room to grow from ${allocatedStorageGiB} GiB; give ${leastGrowth(allocatedStorageGiB)} to ${mostStorage}, or 0 for no growth`,
    },
    {
        at: "iops",
        when: ({ iops, storageType }) => iops === undefined && needsIops(storageType),
        say: ({ storageType }) => `${storageType} needs it; give ${storageLimits[storageType].iops?.from} or more`,
    },
    {
        at: "iops",
        when: (spec) => spec.iops !== undefined && isStorageType(spec.storageType) && !takesIops(spec),
        say: ({ iops, storageType, allocatedStorageGiB }) => {
            const from = storageLimits[storageType].iops?.fromGiB;
            return from === undefined
                ? `${iops} can't be chosen with ${storageType}; leave it out, or use gp3, io1 or io2`
                : `${iops} can't be chosen for ${allocatedStorageGiB} GiB of ${storageType}; leave it out, or give ${from} GiB or more`;
        },
    },
    {
        at: "iops",
        when: (spec) => takesIops(spec) && outOfRange(spec),
        say: ({ iops, storageType }) => {
            const limits = storageLimits[storageType].iops;
            return `${iops} is not what RDS takes for ${storageType}; give ${limits?.from} to ${limits?.to}`;
        },
    },
    {
        at: "iops",
        when: (spec) => takesIops(spec) && !outOfRange(spec) && (spec.iops ?? 0) > mostIops(spec),
        say: (spec) => {
            const perGiB = storageLimits[spec.storageType].iops?.mostPerGiB ?? 1;
            return `${spec.iops} on ${spec.allocatedStorageGiB} GiB is over ${spec.storageType}'s ${perGiB} per GiB; give ${mostIops(spec)} or less, or at least ${Math.ceil((spec.iops ?? 0) / perGiB)} GiB`;
        },
    },
    pattern(
        "databaseName",
        /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
        "is not a database name; give up to 63 letters, digits and underscores, no digit first",
    ),
    pattern(
        "masterUsername",
        /^[A-Za-z][A-Za-z0-9_]{0,62}$/,
        "is not a user name; give up to 63 letters, digits and underscores, a letter first",
    ),
    {
        at: "masterUsername",
        when: ({ masterUsername }) =>
            reservedUsernames.includes(masterUsername.toLowerCase()) || /^pg_/i.test(masterUsername),
        say: ({ masterUsername }) => `"${masterUsername}" is reserved by RDS or PostgreSQL; give another`,
    },
    range("port", { from: 1_150, to: 65_535, of: "RDS" }),
    range("maxConnections", { from: 6, to: 65_535, of: "RDS" }),
    {
        at: "maxConnections",
        when: (spec) => spec.maxConnections > (connectionsCarried(spec) ?? Number.POSITIVE_INFINITY),
        say: (spec) =>
            `${spec.maxConnections} is more than the ${connectionsCarried(spec)} that ${spec.instanceClass} carries; give ${connectionsCarried(spec)} or less, or a larger instanceClass`,
    },
    ...parameterRules,
    range("readReplicas", { from: 0, to: 15, of: "RDS" }),
    range("backupRetentionDays", { from: 0, to: 35, of: "RDS" }),
    {
        at: "backupRetentionDays",
        when: ({ backupRetentionDays, readReplicas }) => backupRetentionDays === 0 && readReplicas > 0,
        say: ({ readReplicas }) =>
            `0 turns backups off, which ${readReplicas} read replicas need; give 1 to 35, or readReplicas: 0`,
    },
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
    keyDeletionWindow,
    secretRecoveryWindow,
];

function whole(value: number): boolean {
    return Number.isInteger(value);
}

function isStorageType(type: string): type is DatabaseStorageType {
    return type in storageLimits;
}

function least({ storageType }: DatabaseSpec): number {
    return isStorageType(storageType) ? storageLimits[storageType].least : 20;
}

/** RDS wants a tenth more than what is allocated. */
function leastGrowth(allocatedGiB: number): number {
    return Math.ceil((allocatedGiB * 11) / 10);
}

function needsIops(type: DatabaseStorageType): boolean {
    return type === "io1" || type === "io2";
}

function takesIops({ iops, storageType, allocatedStorageGiB }: DatabaseSpec): boolean {
    const limits = isStorageType(storageType) ? storageLimits[storageType].iops : undefined;
    // Too little storage for io1 or io2 is the storage's problem, not the IOPS'.
    return (
        iops !== undefined && limits !== undefined && (needsIops(storageType) || allocatedStorageGiB >= limits.fromGiB)
    );
}

function outOfRange({ iops = 0, storageType }: DatabaseSpec): boolean {
    const limits = storageLimits[storageType].iops;
    return limits !== undefined && (!whole(iops) || iops < limits.from || iops > limits.to);
}

function mostIops({ storageType, allocatedStorageGiB }: DatabaseSpec): number {
    return (storageLimits[storageType].iops?.mostPerGiB ?? Number.POSITIVE_INFINITY) * allocatedStorageGiB;
}

function tooShort(window: string): boolean {
    return (windowMinutes(window) ?? 0) < shortestWindow;
}
