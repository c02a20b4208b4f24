import { listed, type Rule } from "../../validation";
import type { AuroraStorageType, DatabaseSpec } from "../spec";
import { engines, isAurora } from "./engines";

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

const auroraStorage: AuroraStorageType[] = ["aurora", "aurora-iopt1"];
const serverlessClass = "db.serverless";

/**
 * Instance classes that Aurora has: burstable ones from medium on, and memory-optimised ones.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Types.html
 */
const auroraClass = /^db\.(serverless|(t3|t4g)\.(medium|large)|(r\d[a-z]*|x2g)\..+)$/;

/** The rules on what an engine can't make use of. */
export const engineRules: Rule<DatabaseSpec>[] = [
    ...refused(notForAurora, (spec) => isAurora(spec.engine)),
    ...refused(onlyForAurora, (spec) => !isAurora(spec.engine)),
    {
        at: "storageType",
        when: ({ engine, storageType }) => isAurora(engine) && !isAuroraStorage(storageType),
        say: ({ engine, storageType }) =>
            `"${storageType}" is not a storage type of ${engines[engine].label}; give ${listed(auroraStorage)}`,
    },
    {
        at: "instanceClass",
        when: ({ engine, instanceClass }) => isAurora(engine) && !auroraClass.test(instanceClass),
        say: ({ engine, instanceClass }) =>
            `"${instanceClass}" is not a class that ${engines[engine].label} has; give one like db.t4g.medium or db.r6g.large`,
    },
    {
        at: "instanceClass",
        when: ({ engine, instanceClass }) => !isAurora(engine) && instanceClass === serverlessClass,
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

function isAuroraStorage(type: string): boolean {
    return auroraStorage.some((known) => known === type);
}
