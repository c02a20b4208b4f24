import { oneOf, type Rule } from "../../validation";
import type { DatabaseSpec, DatabaseStorageType, InstanceStorageType } from "../spec";

/**
 * What RDS takes, by storage type. gp2 has no settings, and gp3 only where RDS stripes the storage.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 */
const storageLimits: Record<InstanceStorageType, { least: number; iops?: IopsLimits }> = {
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

/** The rules on an instance's storage and its I/O operations. */
export const storageRules: Rule<DatabaseSpec>[] = [
    oneOf("storageType", Object.keys(storageLimits), "a storage type"),
    {
        at: "allocatedStorageGiB",
        when: (spec) => !whole(size(spec)) || size(spec) < least(spec) || size(spec) > mostStorage,
        say: (spec) =>
            `${spec.allocatedStorageGiB} is not a size that RDS has for ${spec.storageType}; give ${least(spec)} to ${mostStorage} GiB`,
    },
    {
        at: "maxAllocatedStorageGiB",
        when: (spec) => {
            const most = spec.maxAllocatedStorageGiB ?? 0;
            return most !== 0 && (!whole(most) || most < leastGrowth(size(spec)) || most > mostStorage);
        },
        say: (spec) =>
            `${spec.maxAllocatedStorageGiB} leaves RDS no room to grow from ${spec.allocatedStorageGiB} GiB; give ${leastGrowth(size(spec))} to ${mostStorage}, or 0 for no growth`,
    },
    {
        at: "iops",
        when: ({ iops, storageType }) => iops === undefined && needsIops(storageType),
        say: ({ storageType }) => `${storageType} needs it; give ${iopsOf(storageType)?.from} or more`,
    },
    {
        at: "iops",
        when: (spec) => spec.iops !== undefined && isStorageType(spec.storageType) && !takesIops(spec),
        say: ({ iops, storageType, allocatedStorageGiB }) => {
            const from = iopsOf(storageType)?.fromGiB;
            return from === undefined
                ? `${iops} can't be chosen with ${storageType}; leave it out, or use gp3, io1 or io2`
                : `${iops} can't be chosen for ${allocatedStorageGiB} GiB of ${storageType}; leave it out, or give ${from} GiB or more`;
        },
    },
    {
        at: "iops",
        when: (spec) => takesIops(spec) && outOfRange(spec),
        say: ({ iops, storageType }) => {
            const limits = iopsOf(storageType);
            return `${iops} is not what RDS takes for ${storageType}; give ${limits?.from} to ${limits?.to}`;
        },
    },
    {
        at: "iops",
        when: (spec) => takesIops(spec) && !outOfRange(spec) && (spec.iops ?? 0) > mostIops(spec),
        say: (spec) => {
            const perGiB = iopsOf(spec.storageType)?.mostPerGiB ?? 1;
            return `${spec.iops} on ${spec.allocatedStorageGiB} GiB is over ${spec.storageType}'s ${perGiB} per GiB; give ${mostIops(spec)} or less, or at least ${Math.ceil((spec.iops ?? 0) / perGiB)} GiB`;
        },
    },
];

/**
 * The IOPS to ask for. gp3 states the least it has where RDS stripes the storage: left out, a database that comes from io1
 * would be asked to keep its old figure, which gp3 refuses.
 */
export function chosenIops(spec: DatabaseSpec): number | undefined {
    const { fromGiB = 0, from } = iopsOf(spec.storageType) ?? {};
    return spec.iops ?? (spec.storageType === "gp3" && size(spec) >= fromGiB ? from : undefined);
}

/** The storage of an instance; no number where it was left out, which no rule on numbers takes for one. */
function size({ allocatedStorageGiB = Number.NaN }: DatabaseSpec): number {
    return allocatedStorageGiB;
}

function iopsOf(type: DatabaseStorageType): IopsLimits | undefined {
    return isStorageType(type) ? storageLimits[type].iops : undefined;
}

function whole(value: number): boolean {
    return Number.isInteger(value);
}

function isStorageType(type: string): type is InstanceStorageType {
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

function takesIops(spec: DatabaseSpec): boolean {
    const limits = iopsOf(spec.storageType);
    // Too little storage for io1 or io2 is the storage's problem, not the IOPS'.
    return (
        spec.iops !== undefined && limits !== undefined && (needsIops(spec.storageType) || size(spec) >= limits.fromGiB)
    );
}

function outOfRange({ iops = 0, storageType }: DatabaseSpec): boolean {
    const limits = iopsOf(storageType);
    return limits !== undefined && (!whole(iops) || iops < limits.from || iops > limits.to);
}

function mostIops(spec: DatabaseSpec): number {
    return (iopsOf(spec.storageType)?.mostPerGiB ?? Number.POSITIVE_INFINITY) * size(spec);
}
