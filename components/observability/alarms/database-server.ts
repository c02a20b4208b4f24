import { dialectOf, isAurora } from "../../database/engines/engines";
import { connectionsCarried } from "../../database/parameters/parameters";
import type { DatabaseSpec } from "../../database/spec";
import { GiB, memoryOf, virtualCpusOf } from "../../instance-classes";
import { type AlarmPlan, type Limit, perMinute } from "../alarm";
import type { AlarmKindName } from "../kinds";
import type { Statistic } from "../metric";
import type { ObservabilitySpec } from "../spec";
import { isBurstable } from "./burstable";
import type { WatchedDatabase, WatchedServer } from "./database";

type Thresholds = ObservabilitySpec["database"];
type Timing = Pick<AlarmPlan, "periodSeconds" | "evaluationPeriods" | "datapointsToAlarm" | "missingData">;

const namespace = "AWS/RDS";
const MiB = 1024 ** 2;

/** A server that is up always reports, so silence is as bad as a breach. AWS recommends the same for these metrics. */
const breaching = (minutes: number): Timing => ({ ...perMinute(minutes), missingData: "breaching" });
/** For what a server reports only where it applies, or while it has work. */
const missing = (minutes: number): Timing => ({ ...perMinute(minutes), missingData: "missing" });

/** The alarms of one server of a database. */
export function serverAlarms(
    database: WatchedDatabase,
    server: WatchedServer,
    replica: boolean,
    limits: Thresholds,
): AlarmPlan[] {
    const { engine, serverlessCapacity } = database.spec;
    const watched: Server = {
        ...{ spec: database.spec, limits, replica },
        postgres: dialectOf(engine) === "postgres",
        alarm: (kind, [metric, statistic], [comparison, threshold, limit], timing) => ({
            ...{ kind, subject: `${database.name}-${server.part}`, comparison, threshold, limit },
            metrics: [{ namespace, name: metric, statistic, dimensions: { DBInstanceIdentifier: server.identifier } }],
            ...timing,
        }),
    };
    return [
        ...commonAlarms(watched),
        ...(serverlessCapacity ? serverlessAlarms(watched, serverlessCapacity.maximumAcu) : classAlarms(watched)),
        ...(isAurora(engine) ? auroraAlarms(watched) : instanceAlarms(watched)),
    ];
}

/** A server, and how its alarms are written: kind, metric, limit, timing. */
interface Server {
    spec: DatabaseSpec;
    limits: Thresholds;
    replica: boolean;
    postgres: boolean;
    alarm(kind: AlarmKindName, metric: [name: string, statistic: Statistic], limit: Limit, timing: Timing): AlarmPlan;
}

/** What every server has. */
function commonAlarms({ alarm, spec, limits, replica, postgres }: Server): AlarmPlan[] {
    const { cpuPercent, connectionsPercent, readLatencyMilliseconds, writeLatencyMilliseconds } = limits;
    const connections = connectionsOf(spec);
    const most = Math.floor((connections * connectionsPercent) / 100);
    const latency = (milliseconds: number): Limit => [
        "above",
        milliseconds / 1000,
        `${milliseconds} ms for one in ten`,
    ];
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
            ["above", most, `${connectionsPercent} % of ${connections} connections`],
            breaching(5),
        ),
        alarm("database-read-latency-high", ["ReadLatency", "p90"], latency(readLatencyMilliseconds), missing(5)),
        alarm("database-write-latency-high", ["WriteLatency", "p90"], latency(writeLatencyMilliseconds), missing(5)),
    ];
    if (!postgres || replica) return alarms;
    const half: Limit = ["above", 1_000_000_000, "1,000 million of 2,147 million"];
    return [
        ...alarms,
        alarm("database-transaction-ids-high", ["MaximumUsedTransactionIDs", "Average"], half, missing(1)),
    ];
}

/** Memory and virtual CPUs of a serverless server change with its capacity, so that is what is watched. */
function serverlessAlarms({ alarm }: Server, maximumAcu: number): AlarmPlan[] {
    const limit: Limit = ["above", 90, `90 % of ${maximumAcu} ACU`];
    return [alarm("database-capacity-high", ["ACUUtilization", "Average"], limit, missing(15))];
}

/** What depends on the instance class. */
function classAlarms({ alarm, spec, limits: { freeMemoryPercent, cpuCredits } }: Server): AlarmPlan[] {
    const { instanceClass } = spec;
    const memory = memoryLimit(instanceClass, freeMemoryPercent);
    const cpus = loadLimit(spec);
    const alarms = [alarm("database-memory-low", ["FreeableMemory", "Average"], memory, breaching(15))];
    if (cpus !== undefined) {
        const limit = `${cpus} active sessions, as many as virtual CPUs`;
        alarms.push(alarm("database-load-high", ["DBLoad", "Average"], ["above", cpus, limit], missing(15)));
    }
    if (isBurstable(instanceClass)) {
        const limit = `${cpuCredits} credits`;
        alarms.push(
            alarm(
                "database-cpu-credits-low",
                ["CPUCreditBalance", "Minimum"],
                ["below", cpuCredits, limit],
                missing(15),
            ),
        );
    }
    return alarms;
}

/** What a server of an Aurora cluster has. */
function auroraAlarms({ alarm, limits, replica, postgres }: Server): AlarmPlan[] {
    const { replicaLagSeconds, selectMilliseconds } = limits;
    const alarms = [
        alarm("database-cache-hit-ratio-low", ["BufferCacheHitRatio", "Average"], ["below", 80, "80 %"], missing(10)),
        alarm("database-local-storage-low", ["FreeLocalStorage", "Average"], ["below", 5 * GiB, "5 GiB"], missing(5)),
    ];
    if (!postgres) {
        const slow: Limit = ["above", selectMilliseconds, `${selectMilliseconds} ms for one in twenty`];
        alarms.push(alarm("database-select-time-high", ["SelectLatency", "p95"], slow, missing(5)));
    }
    if (replica) {
        const lag: Limit = ["above", replicaLagSeconds * 1000, `${replicaLagSeconds} s`];
        alarms.push(alarm("database-replica-lag-high", ["AuroraReplicaLag", "Maximum"], lag, breaching(10)));
    } else if (!postgres) {
        const versions: Limit = ["above", 1_000_000, "1,000,000 row versions"];
        const oneASecond: Limit = ["above", 1, "one a second"];
        alarms.push(
            alarm(
                "database-history-list-long",
                ["RollbackSegmentHistoryListLength", "Average"],
                versions,
                breaching(5),
            ),
            alarm("database-blocked-transactions", ["BlockedTransactions", "Average"], oneASecond, {
                ...perMinute(5),
                missingData: "notBreaching",
            }),
        );
    }
    return alarms;
}

/** What an instance with its own storage has. */
function instanceAlarms({ alarm, spec, limits, replica }: Server): AlarmPlan[] {
    const { freeStoragePercent, replicaLagSeconds } = limits;
    const { allocatedStorageGiB = 0, storageType } = spec;
    const storage = Math.floor((allocatedStorageGiB * GiB * freeStoragePercent) / 100);
    const tenth: Limit = ["below", 10, "10 %"];
    const ebs = ([metric, of]: [metric: string, of: string]): AlarmPlan => {
        const plan = alarm("database-ebs-balance-low", [metric, "Average"], tenth, missing(3));
        // Both metrics of the burst share one kind, and two alarms of a kind need two subjects.
        return { ...plan, subject: `${plan.subject}-${of}` };
    };
    const alarms = [
        alarm(
            "database-storage-low",
            ["FreeStorageSpace", "Minimum"],
            ["below", storage, `${freeStoragePercent} % of ${allocatedStorageGiB} GiB`],
            breaching(5),
        ),
        ebs(["EBSByteBalance%", "bytes"]),
        ebs(["EBSIOBalance%", "io"]),
    ];
    if (storageType === "gp2") {
        alarms.push(alarm("database-burst-balance-low", ["BurstBalance", "Average"], tenth, missing(3)));
    }
    if (replica) {
        const lag: Limit = ["above", replicaLagSeconds, `${replicaLagSeconds} s`];
        alarms.push(alarm("database-replica-lag-high", ["ReplicaLag", "Maximum"], lag, breaching(10)));
    }
    return alarms;
}

/** The connections that a server lets in: what the stack asks for, but never more than the class carries. */
function connectionsOf(spec: DatabaseSpec): number {
    return Math.min(spec.maxConnections, connectionsCarried(spec) ?? spec.maxConnections);
}

/**
 * Active sessions from which on load is high: as many as virtual CPUs. Undefined where DBLoad is not published, without
 * Performance Insights, and where the number of CPUs is not known.
 */
export function loadLimit({ insights, serverlessCapacity, instanceClass }: DatabaseSpec): number | undefined {
    return insights === "off" || serverlessCapacity ? undefined : virtualCpusOf(instanceClass);
}

function memoryLimit(instanceClass: string, percent: number): Limit {
    const memory = memoryOf(instanceClass);
    if (memory === undefined) return ["below", 256 * MiB, "256 MiB"];
    return ["below", Math.floor((memory * percent) / 100), `${percent} % of ${memory / GiB} GiB`];
}
