import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Restored, RestoredSpec } from "../../restored";
import { restoredProblems } from "../../restored";
import { accepted, arn, matching, settings, specProblems } from "../../settings";
import { type Problem, type Rule, violations } from "../../validation";
import { engines, isAurora } from "../engines/engines";
import type { DatabaseEngine } from "../spec";

/** What a database is restored from: a snapshot, or the backups of another database. */
export const databaseOriginSettings = settings({
    /**
     * The identifier of a snapshot, or its ARN where another account shares it: for Aurora a cluster's, else an instance's.
     * An instance's has to be encrypted, as RDS restores it under the snapshot's own key, or none. Copy any other under a key
     * first (`aws rds copy-db-snapshot --kms-key-id`). Aurora's is restored under the restored database's own key, encrypted
     * or not.
     */
    snapshot: arn(
        /^((rds:|awsbackup:)?[A-Za-z](?!.*--)[A-Za-z0-9-]{0,254}(?<!-)|arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:(cluster-)?snapshot:\S+)$/,
        "region",
        "the identifier or ARN of a snapshot",
        "rds:shop-prod-database-2026-11-20-03-12",
    ).optional(),
    /** A moment in UTC within the source's backup retention; or `latest`. */
    pointInTime: accepted(isPointInTime, "a moment in UTC, or latest", "2026-11-20T03:12:00Z").optional(),
    /**
     * The identifier of the instance, or for Aurora the cluster, whose backups are used, with `pointInTime`. Left out, it is the
     * living database.
     */
    source: matching(
        /^[A-Za-z](?!.*--)[A-Za-z0-9-]*(?<!-)$/,
        "the identifier of a database",
        "shop-prod-database",
    ).optional(),
});

/** What a database is restored from. A component accepts a `source` that another resource gives. */
export type DatabaseOrigin<Source = string> = Omit<z.output<typeof databaseOriginSettings>, "source"> & {
    source?: Source;
};

const originRules: Rule<DatabaseOrigin>[] = [
    {
        at: "snapshot",
        when: ({ snapshot, pointInTime }) => (snapshot === undefined) === (pointInTime === undefined),
        say: ({ snapshot }) =>
            snapshot === undefined
                ? "is missing; give a snapshot, or a pointInTime such as latest"
                : "is not for a restore to a point in time; leave one of the two out",
    },
    {
        at: "source",
        when: ({ source, pointInTime }) => source !== undefined && pointInTime === undefined,
        say: () => "is for a restore to a point in time; leave it out beside a snapshot",
    },
];

/** Pulumi reads a moment in YAML as a time, quoted or not, and returns it in Go's format. */
const goTime = /^(\S+) (\S+) \+0000 UTC$/;

/** A moment as RDS expects it, whatever Pulumi has made of it. */
export function pointInTimeOf(text: string): string {
    return text.replace(goTime, "$1T$2Z");
}

function isPointInTime(text: string): boolean {
    if (text === "latest") return true;
    const moment = pointInTimeOf(text);
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(moment) && !Number.isNaN(Date.parse(moment));
}

/** An ARN says what was taken a snapshot of. A name that is no ARN is taken for one of the engine's own kind. */
const snapshotArn = { instance: /^arn:[^:]+:rds:[^:]+:\d{12}:snapshot:/, cluster: /:cluster-snapshot:/ };

function kindRule(engine: DatabaseEngine): Rule<DatabaseOrigin> {
    const [own, other] = isAurora(engine) ? (["cluster", "instance"] as const) : (["instance", "cluster"] as const);
    return {
        at: "snapshot",
        when: ({ snapshot }) => snapshot !== undefined && snapshotArn[other].test(snapshot),
        say: ({ snapshot }) =>
            `"${snapshot}" is of ${withArticle[other]}, and ${engines[engine].label} is restored from that of ${withArticle[own]}; give one of those`,
    };
}

const withArticle = { instance: "an instance", cluster: "a cluster" };

/** All that is wrong with what a database is restored from; `where` stands in front of the names of fields. */
export function originProblems(
    where: string,
    origin: DatabaseOrigin<pulumi.Input<string>> | undefined,
    engine: DatabaseEngine,
): Problem[] {
    if (!origin) return [];
    const { source } = origin;
    // A source that another resource gives is right by itself.
    const plain = { ...origin, source: typeof source === "string" ? source : undefined };
    return specProblems(where, databaseOriginSettings, plain, [...originRules, kindRule(engine)]);
}

/** All that is wrong with a restored database; `where` stands in front of the names of fields. */
export function restoredDatabaseProblems(
    where: string,
    spec: RestoredSpec<DatabaseOrigin>,
    engine: DatabaseEngine,
): Problem[] {
    const { restoreFrom, original } = spec;
    const fromDeleted: Rule<DatabaseOrigin> = {
        at: "pointInTime",
        when: ({ pointInTime, source }) => pointInTime !== undefined && source === undefined && original === "delete",
        say: () => "restores from the original, which goes; take restoreFrom away once the restored one stands",
    };
    return [
        ...restoredProblems(where, spec),
        ...originProblems(`${where}.restoreFrom`, restoreFrom, engine),
        ...(restoreFrom ? violations(`${where}.restoreFrom`, restoreFrom, [fromDeleted]) : []),
    ];
}

/** What RDS takes from the origin for good, so that it is neither said of a restored instance nor changed in it. */
const decidedByOrigin = { dbName: undefined, username: undefined, kmsKeyId: undefined } as const;

/**
 * The same of a cluster, which can be restored under a key of its own, from an unencrypted snapshot too.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html#Overview.Encryption.Limitations
 */
const decidedByOriginOfCluster = { databaseName: undefined, masterUsername: undefined } as const;

/** Arguments that only say what a database was made from. The provider would replace a living one that changes in them. */
const originArgs = ["snapshotIdentifier", "restoreToPointInTime"];

/** What a database is told of its past. */
type Past = Restored<DatabaseOrigin<pulumi.Input<string>>> | undefined;

/** What is different in the arguments of an instance that is restored. */
export function restoredInstanceArgs(
    restored: Past,
    snapshotIdentifier: pulumi.Input<string> | undefined,
): Partial<aws.rds.InstanceArgs> {
    if (!restored) return {};
    const { pointInTime, source } = restored.restoreFrom ?? {};
    return {
        ...decidedByOrigin,
        snapshotIdentifier,
        restoreToPointInTime: pointInTime
            ? { ...momentOf(pointInTime, "restoreTime"), sourceDbInstanceIdentifier: source }
            : undefined,
    };
}

/**
 * What is different in the arguments of a cluster that is restored. All of it is copied: a clone would share its storage
 * with the origin, and knows no other moment than now.
 */
export function restoredClusterArgs(restored: Past): Partial<aws.rds.ClusterArgs> {
    if (!restored) return {};
    const { snapshot, pointInTime, source } = restored.restoreFrom ?? {};
    return {
        ...decidedByOriginOfCluster,
        snapshotIdentifier: snapshot,
        restoreToPointInTime: pointInTime
            ? {
                  ...momentOf(pointInTime, "restoreToTime"),
                  restoreType: "full-copy",
                  sourceClusterIdentifier: source,
              }
            : undefined,
    };
}

/** What a restored database keeps whatever the program says from when it stands. */
export function keptOfRestored(restored: Restored<unknown> | undefined): string[] {
    return restored ? originArgs : [];
}

function momentOf<Name extends string>(at: string, name: Name) {
    return at === "latest" ? { useLatestRestorableTime: true } : ({ [name]: at } as Record<Name, string>);
}
