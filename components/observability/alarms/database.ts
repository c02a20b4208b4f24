import type * as pulumi from "@pulumi/pulumi";
import { isAurora } from "../../database/engines/engines";
import { isBurstable, memoryOf, virtualCpusOf } from "../../database/engines/instance-classes";
import { connectionsCarried } from "../../database/parameters/parameters";
import type { DatabaseSpec } from "../../database/spec";
import { type AlarmPlan, type Comparison, type CompositePlan, perMinute } from "../alarm";
import type { AlarmKindName } from "../kinds";
import type { Statistic } from "../metric";
import type { ObservabilitySpec } from "../spec";

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
type Timing = Pick<AlarmPlan, "periodSeconds" | "evaluationPeriods" | "datapointsToAlarm" | "missingData">;

const namespace = "AWS/RDS";
const GiB = 1024 ** 3;
const MiB = 1024 ** 2;

/** A server that is up always reports, so silence is as bad as a breach. AWS recommends the same for these metrics. */
const breaching = (minutes: number): Timing => ({ ...perMinute(minutes), missingData: "breaching" });
/** For what a server reports only where it applies, or while it has work. */
const missing = (minutes: number): Timing => ({ ...perMinute(minutes), missingData: "missing" });

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
        ...(watchesLoad(spec) ? (["database-load-high"] as const) : []),
    ];
    const slow: AlarmKindName[] = ["database-read-latency-high", "database-write-latency-high"];
    const allOf = [busy, slow].map((kinds) => kinds.map((kind) => `${subject}-${kind}`));
    return [{ kind: "database-saturated", subject: name, allOf }];
}

function serverAlarms(
    { name, spec, clusterIdentifier }: WatchedDatabase,
    { part, identifier }: WatchedServer,
    replica: boolean,
    thresholds: Thresholds,
): AlarmPlan[] {
    const { instanceClass, serverlessCapacity, engine } = spec;
    const aurora = isAurora(engine);
    const postgres = engine.endsWith("postgres") || engine.endsWith("postgresql");
    const alarm = (
        kind: AlarmKindName,
        [metric, statistic]: [string, Statistic],
        [comparison, threshold, limit]: [Comparison, number, string],
        timing: Timing,
    ): AlarmPlan => ({
        ...{ kind, subject: `${name}-${part}`, comparison, threshold, limit },
        metrics: [{ namespace, name: metric, statistic, dimensions: { DBInstanceIdentifier: identifier } }],
        ...timing,
    });
    const connections = connectionsOf(spec);
    const memory = memoryThreshold(instanceClass, thresholds.freeMemoryPercent);
    const cpus = virtualCpusOf(instanceClass);
    const seconds = (milliseconds: number) => milliseconds / 1000;
    const { cpuPercent, cpuCredits, readLatencyMilliseconds, writeLatencyMilliseconds, replicaLagSeconds } = thresholds;

    const alarms = [
        alarm(
            "database-cpu-high",
            ["CPUUtilization", "Average"],
            ["above", cpuPercent, `${cpuPercent} %`],
            breaching(5),
        ),
        alarm(
            "database-connections-high",
            ["DatabaseConnections", "Average"],
            [
                "above",
                Math.floor((connections * thresholds.connectionsPercent) / 100),
                `${thresholds.connectionsPercent} % of ${connections} connections`,
            ],
            breaching(5),
        ),
        alarm(
            "database-read-latency-high",
            ["ReadLatency", "p90"],
            ["above", seconds(readLatencyMilliseconds), `${readLatencyMilliseconds} ms for one in ten`],
            missing(5),
        ),
        alarm(
            "database-write-latency-high",
            ["WriteLatency", "p90"],
            ["above", seconds(writeLatencyMilliseconds), `${writeLatencyMilliseconds} ms for one in ten`],
            missing(5),
        ),
    ];
    if (serverlessCapacity) {
        // Memory and virtual CPUs of a serverless server change with its capacity.
        const limit = `90 % of ${serverlessCapacity.maximumAcu} ACU`;
        alarms.push(alarm("database-capacity-high", ["ACUUtilization", "Average"], ["above", 90, limit], missing(15)));
    } else {
        alarms.push(alarm("database-memory-low", ["FreeableMemory", "Average"], ["below", ...memory], breaching(15)));
        if (watchesLoad(spec) && cpus) {
            const limit = `${cpus} active sessions, as many as virtual CPUs`;
            alarms.push(alarm("database-load-high", ["DBLoad", "Average"], ["above", cpus, limit], missing(15)));
        }
    }
    if (isBurstable(instanceClass)) {
        alarms.push(
            alarm(
                "database-cpu-credits-low",
                ["CPUCreditBalance", "Minimum"],
                ["below", cpuCredits, `${cpuCredits} credits`],
                { ...perMinute(15), missingData: "missing" },
            ),
        );
    }
    if (postgres && !replica) {
        alarms.push(
            alarm(
                "database-transaction-ids-high",
                ["MaximumUsedTransactionIDs", "Average"],
                ["above", 1_000_000_000, "1,000 million of 2,147 million"],
                missing(1),
            ),
        );
    }
    if (aurora) {
        alarms.push(
            alarm(
                "database-cache-hit-ratio-low",
                ["BufferCacheHitRatio", "Average"],
                ["below", 80, "80 %"],
                missing(10),
            ),
            alarm(
                "database-local-storage-low",
                ["FreeLocalStorage", "Average"],
                ["below", 5 * GiB, "5 GiB"],
                missing(5),
            ),
        );
        if (replica) {
            const limit = `${replicaLagSeconds} s`;
            alarms.push(
                alarm(
                    "database-replica-lag-high",
                    ["AuroraReplicaLag", "Maximum"],
                    ["above", replicaLagSeconds * 1000, limit],
                    breaching(10),
                ),
            );
        } else if (!postgres) {
            alarms.push(
                alarm(
                    "database-history-list-long",
                    ["RollbackSegmentHistoryListLength", "Average"],
                    ["above", 1_000_000, "1,000,000 row versions"],
                    breaching(5),
                ),
                alarm(
                    "database-blocked-transactions",
                    ["BlockedTransactions", "Average"],
                    ["above", 1, "one a second"],
                    { ...perMinute(5), missingData: "notBreaching" },
                ),
            );
        }
        return alarms;
    }
    if (clusterIdentifier) throw new Error(`${name} is no cluster`);
    const storage = (spec.allocatedStorageGiB ?? 0) * GiB * (thresholds.freeStoragePercent / 100);
    alarms.push(
        alarm(
            "database-storage-low",
            ["FreeStorageSpace", "Minimum"],
            [
                "below",
                Math.floor(storage),
                `${thresholds.freeStoragePercent} % of ${spec.allocatedStorageGiB ?? 0} GiB`,
            ],
            breaching(5),
        ),
    );
    // Both metrics of the burst share one kind, and two alarms of a kind need two subjects.
    for (const [metric, of] of [
        ["EBSByteBalance%", "bytes"],
        ["EBSIOBalance%", "io"],
    ] as const) {
        const plan = alarm("database-ebs-balance-low", [metric, "Average"], ["below", 10, "10 %"], missing(3));
        alarms.push({ ...plan, subject: `${plan.subject}-${of}` });
    }
    if (spec.storageType === "gp2") {
        alarms.push(
            alarm("database-burst-balance-low", ["BurstBalance", "Average"], ["below", 10, "10 %"], missing(3)),
        );
    }
    if (replica) {
        const limit = `${replicaLagSeconds} s`;
        alarms.push(
            alarm(
                "database-replica-lag-high",
                ["ReplicaLag", "Maximum"],
                ["above", replicaLagSeconds, limit],
                breaching(10),
            ),
        );
    }
    return alarms;
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
            ...breaching(5),
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

/** The connections that a server lets in: what the stack asks for, but never more than the class carries. */
function connectionsOf(spec: DatabaseSpec): number {
    return Math.min(spec.maxConnections, connectionsCarried(spec) ?? spec.maxConnections);
}

/** DBLoad is published where Performance Insights is on, and compared with a number of CPUs that has to be known. */
function watchesLoad({ insights, serverlessCapacity, instanceClass }: DatabaseSpec): boolean {
    return insights !== "off" && !serverlessCapacity && virtualCpusOf(instanceClass) !== undefined;
}

function memoryThreshold(instanceClass: string, percent: number): [number, string] {
    const memory = memoryOf(instanceClass);
    if (memory === undefined) return [256 * MiB, "256 MiB"];
    return [Math.floor((memory * percent) / 100), `${percent} % of ${memory / GiB} GiB`];
}
