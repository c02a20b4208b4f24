import type * as pulumi from "@pulumi/pulumi";
import type { DatabaseSpec } from "../../database/spec";
import { GiB } from "../../instance-classes";
import { type AlarmPlan, alarmPart, type CompositePlan, perMinute } from "../alarm";
import type { AlarmKindName } from "../kinds";
import type { ObservabilitySpec } from "../spec";
import { loadLimit, serverAlarms } from "./database-server";

/** A database to watch. */
export interface WatchedDatabase {
    /** Its name in alarms: `database`. */
    name: string;
    spec: DatabaseSpec;
    /** Its servers, the writer first. */
    servers: WatchedServer[];
    /** Of Aurora. */
    clusterIdentifier?: pulumi.Input<string>;
    /** The function that rotates its passwords, where one does. */
    rotationFunctionName?: string;
}

/** One server of a database. */
export interface WatchedServer {
    /** Its part of names: `primary`, `replica-1`. */
    part: string;
    identifier: pulumi.Input<string>;
}

type Thresholds = ObservabilitySpec["database"];

const namespace = "AWS/RDS";

/** The alarms of a database: of each of its servers, and of an Aurora cluster as a whole. */
export function databaseAlarms(database: WatchedDatabase, thresholds: Thresholds): AlarmPlan[] {
    return [
        ...database.servers.flatMap((server, index) => serverAlarms(database, server, index > 0, thresholds)),
        ...clusterAlarms(database),
        ...rotationAlarms(database),
    ];
}

/** What is worse together than each by itself: the writer's sessions wait, and its storage is slow. */
export function databaseComposites({ name, spec, servers: [writer] }: WatchedDatabase): CompositePlan[] {
    if (!writer) return [];
    const subject = `${name}-${writer.part}`;
    const busy: AlarmKindName[] = [
        "database-cpu-high",
        ...(loadLimit(spec) === undefined ? [] : (["database-load-high"] as const)),
    ];
    const slow: AlarmKindName[] = ["database-read-latency-high", "database-write-latency-high"];
    const allOf = [busy, slow].map((kinds) => kinds.map((kind) => alarmPart({ subject, kind })));
    return [{ kind: "database-saturated", subject: name, allOf }];
}

/** An Aurora volume grows by itself, so that only its largest size is to be watched. */
function clusterAlarms({ name, spec, clusterIdentifier }: WatchedDatabase): AlarmPlan[] {
    if (clusterIdentifier === undefined) return [];
    const uptime: AlarmPlan = {
        kind: "database-down",
        subject: name,
        metrics: [
            {
                ...{ namespace, name: "EngineUptime", statistic: "Average" },
                dimensions: { DBClusterIdentifier: clusterIdentifier, Role: "WRITER" },
            },
        ],
        ...{ comparison: "at or below", threshold: 0, limit: "0 s of uptime" },
        // A cluster that scales to 0 ACU reports nothing while it is stopped, which is not a failure.
        ...perMinute(2),
        missingData: spec.serverlessCapacity?.minimumAcu === 0 ? "notBreaching" : "breaching",
    };
    if (spec.engine !== "aurora-mysql") return [uptime];
    return [
        uptime,
        {
            kind: "database-volume-low",
            subject: name,
            metrics: [
                {
                    ...{ namespace, name: "AuroraVolumeBytesLeftTotal", statistic: "Average" },
                    dimensions: { DBClusterIdentifier: clusterIdentifier },
                },
            ],
            ...{ comparison: "below", threshold: 1024 * GiB, limit: "1 TiB" },
            ...{ ...perMinute(5), missingData: "breaching" },
        },
    ];
}

function rotationAlarms({ name, rotationFunctionName }: WatchedDatabase): AlarmPlan[] {
    if (rotationFunctionName === undefined) return [];
    return [
        {
            kind: "rotation-failed",
            subject: name,
            metrics: [
                {
                    ...{ namespace: "AWS/Lambda", name: "Errors", statistic: "Sum" },
                    dimensions: { FunctionName: rotationFunctionName },
                },
            ],
            // A function that is not called reports nothing, which is normal for a month.
            ...{ comparison: "above", threshold: 0, limit: "0 errors", missingData: "notBreaching" },
            ...perMinute(1),
        },
    ];
}
