import { databaseClasses } from "@plinth/facts";
import { isAwsToJudge, isRefused, mend, type OfferContext, type OfferKind, whyRefused } from "../../offers";
import { listed, type Rule } from "../../validation";
import { auroraStorageTypes, type DatabaseSpec, instanceStorageTypes } from "../spec";
import { engines, isAurora, majorVersions } from "./engines";

/** What Aurora decides itself, and why it can't be asked for. */
const notForAurora = {
    allocatedStorageGiB: "its storage takes the size that it needs; leave it out",
    maxAllocatedStorageGiB: "its storage takes the size that it needs; leave it out",
    iops: "it reserves none; leave it out, or choose storageType: aurora-iopt1 for many requests",
    multiAz: "a reader takes over when the writer fails; leave it out, and give readReplicas of 1 or more",
    blueGreenUpdates: "Pulumi makes no blue/green deployments of a cluster; leave it out",
} as const;

/** What only a cluster has, and what to do for an instance. */
const onlyForAurora = {
    serverlessCapacity: "instances have one size; leave it out, and choose an instanceClass",
    readerAutoscaling: "read replicas of an instance don't come and go; leave it out, and choose readReplicas",
    clusterParameters: "there is no cluster; leave it out, and use parameters",
} as const;

const serverlessClass = "db.serverless";

/** A database, and the region that it is for, where it is known. */
export type PlacedDatabase = DatabaseSpec & OfferContext;

/** The instance classes that an engine has. */
export function classesOf(engine: DatabaseSpec["engine"]): OfferKind {
    return {
        offer: databaseClasses(engine),
        file: "databases",
        label: `an instance class that ${engines[engine].label} has`,
    };
}

/** The major versions that a database may have. */
function accepted({ engine, extendedSupport }: DatabaseSpec): string[] {
    return [...(extendedSupport ? majorVersions(engine, "extended") : []), ...majorVersions(engine, "standard")];
}

/** A version that is newer than all that are known. */
export function isNewer({ engine, engineVersion }: DatabaseSpec): boolean {
    const newest = Number(majorVersions(engine, "standard").at(-1));
    return /^\d+(\.\d+)?$/.test(engineVersion) && Number(engineVersion) > newest;
}

const versionRule: Rule<PlacedDatabase> = {
    at: "engineVersion",
    when: (spec) => !accepted(spec).includes(spec.engineVersion) && !(isNewer(spec) && isAwsToJudge("databases", spec)),
    say: (spec) => {
        const { engine, engineVersion } = spec;
        const { label } = engines[engine];
        const [standard, extended] = [majorVersions(engine, "standard"), majorVersions(engine, "extended")];
        if (extended.includes(engineVersion))
            return `"${engineVersion}" has left standard support and costs extra by the virtual CPU; give ${listed(standard)}, or set extendedSupport to true`;
        const major = [...extended, ...standard].find((version) => engineVersion.startsWith(`${version}.`));
        if (major)
            return `"${engineVersion}" names a minor version, which AWS chooses and one day withdraws; give "${major}"`;
        return `"${engineVersion}" is not a major version of ${label} that RDS supports; give ${listed(accepted(spec))}${isNewer(spec) ? `, or ${mend}` : ""}`;
    },
};

/** The rules on what an engine can't make use of. */
export const engineRules: Rule<PlacedDatabase>[] = [
    versionRule,
    ...refused(notForAurora, (spec) => isAurora(spec.engine)),
    ...refused(onlyForAurora, (spec) => !isAurora(spec.engine)),
    {
        at: "storageType",
        when: ({ engine, storageType }) => isAurora(engine) && !isAuroraStorage(storageType),
        say: ({ engine, storageType }) =>
            `"${storageType}" is not a storage type of ${engines[engine].label}; give ${listed(auroraStorageTypes)}`,
    },
    {
        at: "storageType",
        when: ({ engine, storageType }) => !isAurora(engine) && isAuroraStorage(storageType),
        say: ({ engine, storageType }) =>
            `"${storageType}" is not a storage type of ${engines[engine].label}; give ${listed(instanceStorageTypes)}`,
    },
    {
        at: "instanceClass",
        when: (spec) => !isServerlessInstance(spec) && isRefused(classesOf(spec.engine), spec.instanceClass, spec),
        say: (spec) => whyRefused(classesOf(spec.engine), spec.instanceClass, spec),
    },
    {
        at: "instanceClass",
        when: isServerlessInstance,
        say: ({ engine }) =>
            `"${serverlessClass}" is not a class that ${engines[engine].label} has; give one like db.t3.micro, or engine: aurora-postgresql or aurora-mysql`,
    },
    {
        at: "instanceClass",
        when: ({ engine, instanceClass, serverlessCapacity }) =>
            isAurora(engine) && serverlessCapacity !== undefined && instanceClass !== serverlessClass,
        say: ({ instanceClass }) =>
            `"${instanceClass}" is not serverless; give ${serverlessClass}, or leave serverlessCapacity out`,
    },
    {
        at: "serverlessCapacity",
        when: ({ engine, instanceClass, serverlessCapacity }) =>
            isAurora(engine) && instanceClass === serverlessClass && serverlessCapacity === undefined,
        say: () => `is needed with ${serverlessClass}; give minimumAcu and maximumAcu`,
    },
];

/** Limits a rule to databases that are no Aurora clusters. */
export function forInstances(rule: Rule<DatabaseSpec>): Rule<DatabaseSpec> {
    return { ...rule, when: (spec) => !isAurora(spec.engine) && rule.when(spec) };
}

/** Limits a rule to Aurora clusters. */
export function forClusters(rule: Rule<DatabaseSpec>): Rule<DatabaseSpec> {
    return { ...rule, when: (spec) => isAurora(spec.engine) && rule.when(spec) };
}

function refused(
    fields: Partial<Record<keyof DatabaseSpec, string>>,
    when: (spec: DatabaseSpec) => boolean,
): Rule<DatabaseSpec>[] {
    return Object.entries(fields).map(([field, why]) => ({
        at: field,
        when: (spec) => when(spec) && spec[field as keyof DatabaseSpec] !== undefined,
        say: ({ engine }) => `is not for ${engines[engine].label}: ${why}`,
    }));
}

function isServerlessInstance({ engine, instanceClass }: DatabaseSpec): boolean {
    return !isAurora(engine) && instanceClass === serverlessClass;
}

function isAuroraStorage(type: string): boolean {
    return auroraStorageTypes.some((known) => known === type);
}
