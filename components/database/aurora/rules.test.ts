import { describe, expect, it } from "vitest";
import { auroraSpec, databaseSpec } from "../../testing/specs";
import { databaseProblems, planDatabase } from "../plan";
import type { DatabaseSpec } from "../spec";

const textsOf = (spec: DatabaseSpec) => databaseProblems("d", spec).map((problem) => problem.text);
const serverless = (minimumAcu: number, maximumAcu: number): Partial<DatabaseSpec> => ({
    instanceClass: "db.serverless",
    serverlessCapacity: { minimumAcu, maximumAcu },
});
const autoscaling = (maximumReaders: number, targetCpuPercent = 70): Partial<DatabaseSpec> => ({
    readerAutoscaling: { maximumReaders, targetCpuPercent },
});

describe("what Aurora is refused", () => {
    it.each<[Partial<DatabaseSpec>, string]>([
        [
            { allocatedStorageGiB: 100 },
            "d.allocatedStorageGiB: is not for Aurora PostgreSQL: its storage takes the size that it needs; leave it out",
        ],
        [
            { maxAllocatedStorageGiB: 0 },
            "d.maxAllocatedStorageGiB: is not for Aurora PostgreSQL: its storage takes the size that it needs; leave it out",
        ],
        [
            { iops: 3000 },
            "d.iops: is not for Aurora PostgreSQL: it reserves none; leave it out, or choose storageType: aurora-iopt1 for many requests",
        ],
        [
            { multiAz: false },
            "d.multiAz: is not for Aurora PostgreSQL: a reader takes over when the writer fails; leave it out, and give readReplicas of 1 or more",
        ],
        [
            { blueGreenUpdates: true },
            "d.blueGreenUpdates: is not for Aurora PostgreSQL: Pulumi makes no blue/green deployments of a cluster; leave it out",
        ],
        [
            { storageType: "io1" },
            'd.storageType: "io1" is not a storage type of Aurora PostgreSQL; give aurora or aurora-iopt1',
        ],
        [
            { instanceClass: "db.t3.micro", maxConnections: 100 },
            'd.instanceClass: "db.t3.micro" is not an instance class that Aurora PostgreSQL has; give one like db.t3.xlarge, db.t3.small or db.t3.medium, or allowUnlisted: true if AWS has it by now',
        ],
        [
            { instanceClass: "db.m6g.large" },
            'd.instanceClass: "db.m6g.large" is not an instance class that Aurora PostgreSQL has; give one like db.r6g.large, db.x2g.large or db.t4g.large, or allowUnlisted: true if AWS has it by now',
        ],
        [
            { instanceClass: "db.serverless" },
            "d.serverlessCapacity: is needed with db.serverless; give minimumAcu and maximumAcu",
        ],
        [
            { ...serverless(0.5, 4), instanceClass: "db.r6g.large" },
            'd.instanceClass: "db.r6g.large" is not serverless; give db.serverless, or leave serverlessCapacity out',
        ],
        [serverless(0.3, 4), "d.serverlessCapacity.minimumAcu: 0.3 is not a multiple of 0.5; give 0 to 256"],
        [
            { ...serverless(0.5, 0.5), maxConnections: 100 },
            "d.serverlessCapacity.maximumAcu: 0.5 is out of range; give 1 to 256",
        ],
        [serverless(1, 257), "d.serverlessCapacity.maximumAcu: 257 is out of range; give 1 to 256"],
        [serverless(8, 4), "d.serverlessCapacity.maximumAcu: 4 is under the least, 8; give that or more"],
        [
            { readReplicas: 0 },
            "d.readerAutoscaling: needs a reader to begin with; give readReplicas of 1 or more, or leave it out",
        ],
        [
            autoscaling(1),
            "d.readerAutoscaling.maximumReaders: 1 is out of range; it must be between 2 (readReplicas) and 15",
        ],
        [autoscaling(16), "d.readerAutoscaling.maximumReaders: 16 is out of range; give 1 to 15"],
        [autoscaling(5, 101), "d.readerAutoscaling.targetCpuPercent: 101 is out of range; give 1 to 100"],
        [
            { backupRetentionDays: 0 },
            "d.backupRetentionDays: 0 turns backups off, which Aurora PostgreSQL does not allow; give 1 to 35",
        ],
        [
            { engineVersion: "13" },
            'd.engineVersion: "13" has left standard support and costs extra by the virtual CPU; give 14, 15, 16, 17 or 18, or set extendedSupport to true',
        ],
        [
            { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.08.2" },
            'd.engineVersion: "8.0.mysql_aurora.3.08.2" names a minor version, which AWS chooses and one day withdraws; give "8.0"',
        ],
        [
            { engine: "aurora-mysql", engineVersion: "8.0", instanceClass: "db.t3.medium", maxConnections: 90 },
            "d.insights: advanced is not for Aurora MySQL on db.t3.medium; give off, or a larger instanceClass",
        ],
        [
            { engine: "aurora-mysql", engineVersion: "8.0", maxConnections: 1_001 },
            "d.maxConnections: 1001 is more than the 1000 that db.r6g.large carries; give 1000 or less, or a larger instanceClass",
        ],
        [
            { ...serverless(0.5, 64), maxConnections: 2_001 },
            "d.maxConnections: 2001 is more than the 2000 that db.serverless carries; give 2000 or less, or more serverlessCapacity",
        ],
        [
            { clusterParameters: { "rds.force_ssl": "0" } },
            "d.clusterParameters: rds.force_ssl is not yours to set, for TLS is always forced; leave it out",
        ],
        [
            { parameters: { "rds.force_ssl": "0" } },
            "d.parameters: rds.force_ssl is not yours to set, for TLS is always forced; leave it out",
        ],
        [
            { clusterParameters: { log_statement: "ddl" } },
            "d.clusterParameters: log_statement is each instance's own, where Plinth sets it; put it in parameters instead",
        ],
        [
            { clusterParameters: { max_connections: "9" } },
            "d.clusterParameters: max_connections is made from maxConnections; set that instead",
        ],
    ])("%j, once and in so many words", (change, text) => {
        expect(textsOf({ ...auroraSpec, ...change })).toEqual([text]);
    });

    it.each<Partial<DatabaseSpec>>([
        {},
        serverless(0, 1),
        serverless(2.5, 256),
        { ...serverless(1, 64), maxConnections: 5_000 },
        { storageType: "aurora-iopt1" },
        { readReplicas: 0, readerAutoscaling: undefined },
        autoscaling(2),
        { engine: "aurora-mysql", engineVersion: "8.4", port: 3306, maxConnections: 1_000 },
        { clusterParameters: { "rds.logical_replication": "1" }, parameters: { log_statement: "ddl" } },
        { instanceClass: "db.t4g.medium" },
    ])("but not %j", (change) => {
        expect(textsOf({ ...auroraSpec, ...change })).toEqual([]);
    });
});

describe("what only Aurora has", () => {
    it.each<[Partial<DatabaseSpec>, string]>([
        [
            { serverlessCapacity: { minimumAcu: 1, maximumAcu: 2 }, instanceClass: "db.serverless" },
            "d.serverlessCapacity: is not for PostgreSQL: instances have one size; leave it out, and choose an instanceClass",
        ],
        [
            { instanceClass: "db.serverless" },
            'd.instanceClass: "db.serverless" is not a class that PostgreSQL has; give one like db.t3.micro, or engine: aurora-postgresql or aurora-mysql',
        ],
        [
            autoscaling(5),
            "d.readerAutoscaling: is not for PostgreSQL: read replicas of an instance don't come and go; leave it out, and choose readReplicas",
        ],
        [
            { clusterParameters: {} },
            "d.clusterParameters: is not for PostgreSQL: there is no cluster; leave it out, and use parameters",
        ],
        [
            { storageType: "aurora", iops: undefined },
            'd.storageType: "aurora" is not a storage type of PostgreSQL; give gp2, gp3, io1 or io2',
        ],
        [{ allocatedStorageGiB: undefined }, "d.allocatedStorageGiB: is missing; give 100 to 65536 GiB"],
    ])("is refused for an instance: %j", (change, text) => {
        expect(textsOf({ ...databaseSpec, ...change })).toContain(text);
    });
});

describe("a cluster's plan", () => {
    it("has a group for the cluster, which forces TLS, and one for its instances, with connections and logs", () => {
        const plan = planDatabase("d", { ...auroraSpec, clusterParameters: { "rds.logical_replication": "1" } }, 3);
        expect(plan.parameterFamily).toBe("aurora-postgresql16");
        expect(plan.clusterParameters).toEqual([
            { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
            { name: "rds.logical_replication", value: "1", applyMethod: "pending-reboot" },
        ]);
        expect(Object.fromEntries(plan.parameters.map(({ name, value }) => [name, value]))).toEqual({
            shared_preload_libraries: "pg_stat_statements,auto_explain",
            max_connections: "LEAST({DBInstanceClassMemory/9531392},200)",
            default_statistics_target: "100",
            log_statement: "mod",
            log_min_duration_statement: "1000",
            "auto_explain.log_min_duration": "1000",
        });
    });

    it("is the same for Aurora MySQL in its own words", () => {
        const plan = planDatabase("d", { ...auroraSpec, engine: "aurora-mysql", engineVersion: "8.0", port: 3306 }, 3);
        expect(plan.parameterFamily).toBe("aurora-mysql8.0");
        expect(plan.clusterParameters).toEqual([
            { name: "require_secure_transport", value: "1", applyMethod: "pending-reboot" },
        ]);
        expect(Object.fromEntries(plan.parameters.map(({ name, value }) => [name, value]))).toEqual({
            max_connections: "200",
            slow_query_log: "1",
            long_query_time: "1",
            log_output: "FILE",
        });
    });

    it("calls its readers so", () => {
        expect(planDatabase("d", auroraSpec, 3).replicas.map(({ part }) => part)).toEqual(["reader-1", "reader-2"]);
    });
});
