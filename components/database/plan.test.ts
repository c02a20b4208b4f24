import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databaseSpec } from "../testing/specs";
import { chosenIops } from "./instances/storage";
import { databaseProblems, planDatabase } from "./plan";
import type { DatabaseSpec } from "./spec";

const textsOf = (change: Partial<DatabaseSpec>) =>
    databaseProblems("d", { ...databaseSpec, ...change }).map((problem) => problem.text);

describe("what is refused", () => {
    it.each<[Partial<DatabaseSpec>, string]>([
        [
            { authorities: "rds-ca" },
            "d.authorities: holds no certificate; give certificates in PEM, each from -----BEGIN CERTIFICATE----- on",
        ],
        [
            { engineVersion: "16.4" },
            'd.engineVersion: "16.4" names a minor version, which AWS chooses and one day withdraws; give "16"',
        ],
        [
            { engineVersion: "12" },
            'd.engineVersion: "12" is not a major version of PostgreSQL that RDS supports; give 14, 15, 16, 17 or 18',
        ],
        [
            { engineVersion: "12.1" },
            'd.engineVersion: "12.1" is not a major version of PostgreSQL that RDS supports; give 14, 15, 16, 17 or 18',
        ],
        [
            { instanceClass: "r6g.large" },
            'd.instanceClass: "r6g.large" is not an instance class; give one like db.r6g.large',
        ],
        [
            { instanceClass: "db.t2.micro" },
            'd.instanceClass: "db.t2.micro" can\'t encrypt its storage; give a newer one like db.t3.micro',
        ],
        [{ allocatedStorageGiB: 99 }, "d.allocatedStorageGiB: 99 is too small for io1; give 100 to 65536 GiB"],
        [
            { storageType: "gp3", iops: undefined, allocatedStorageGiB: 19 },
            "d.allocatedStorageGiB: 19 is out of range; give 20 to 65536",
        ],
        [
            { maxAllocatedStorageGiB: 549 },
            "d.maxAllocatedStorageGiB: 549 leaves RDS no room to grow from 500 GiB; give 550 to 65536, or 0 for no growth",
        ],
        [{ iops: undefined }, "d.iops: io1 needs it; give 1000 or more"],
        [{ iops: 999 }, "d.iops: 999 is not what RDS takes for io1; give 1000 to 256000"],
        [
            { iops: 25_001 },
            "d.iops: 25001 on 500 GiB is over io1's 50 per GiB; give 25000 or less, or at least 501 GiB",
        ],
        [{ storageType: "gp2" }, "d.iops: 3000 can't be chosen with gp2; leave it out, or use gp3, io1 or io2"],
        [
            { storageType: "gp3", allocatedStorageGiB: 399 },
            "d.iops: 3000 can't be chosen for 399 GiB of gp3; leave it out, or give 400 GiB or more",
        ],
        [{ storageType: "gp3" }, "d.iops: 3000 is not what RDS takes for gp3; give 12000 to 64000"],
        [
            { databaseName: "my-app" },
            'd.databaseName: "my-app" is not the name of a database; give up to 63 letters, digits and underscores, a letter first',
        ],
        [
            { masterUsername: "1st" },
            'd.masterUsername: "1st" is not the name of a user; give letters, digits and underscores, a letter first',
        ],
        [
            { masterUsername: "a".repeat(64) },
            `d.masterUsername: "${"a".repeat(64)}" is too long for PostgreSQL; give 63 characters at most`,
        ],
        [
            { engine: "mysql", engineVersion: "8.0" },
            'd.engineVersion: "8.0" has left standard support and costs extra by the virtual CPU; give 8.4, or set extendedSupport to true',
        ],
        [
            { engine: "mysql", engineVersion: "8.4.7" },
            'd.engineVersion: "8.4.7" names a minor version, which AWS chooses and one day withdraws; give "8.4"',
        ],
        [
            { engine: "mysql", engineVersion: "8.4", masterUsername: "platform_administrator" },
            'd.masterUsername: "platform_administrator" is too long for MySQL; give 16 characters at most',
        ],
        [
            { engine: "mysql", engineVersion: "8.4", masterUsername: "root" },
            'd.masterUsername: "root" is reserved by RDS or MySQL; give another',
        ],
        [
            { engine: "mysql", engineVersion: "8.4", instanceClass: "db.t4g.small" },
            "d.insights: advanced is not for MySQL on db.t4g.small; give off, or a larger instanceClass",
        ],
        [
            { engine: "mysql", engineVersion: "8.4", parameters: { require_secure_transport: "0" } },
            "d.parameters: require_secure_transport is not yours to set, for TLS is always forced; leave it out",
        ],
        [{ masterUsername: "rdsadmin" }, 'd.masterUsername: "rdsadmin" is reserved by RDS or PostgreSQL; give another'],
        [{ port: 80 }, "d.port: 80 is out of range; give 1150 to 65535"],
        [
            { maxConnections: 1_803 },
            "d.maxConnections: 1803 is more than the 1802 that db.r6g.large carries; give 1802 or less, or a larger instanceClass",
        ],
        [{ maxConnections: 5 }, "d.maxConnections: 5 is out of range; give 6 to 65535"],
        [
            { parameters: { "rds.force_ssl": "0" } },
            "d.parameters: rds.force_ssl is not yours to set, for TLS is always forced; leave it out",
        ],
        [
            { parameters: { max_connections: "9" } },
            "d.parameters: max_connections is made from maxConnections; set that instead",
        ],
        [
            { parameters: { shared_buffers: "256MB", idle_session_timeout: "5 min" } },
            'd.parameters: shared_buffers is "256MB" and idle_session_timeout is "5 min", and RDS takes no units; give a number in the parameter\'s own unit, such as 8 KiB pages, KiB or milliseconds',
        ],
        [
            { parameters: { work_mem: "" } },
            "d.parameters: work_mem is empty; give a value, or leave it out for the engine's default",
        ],
        [{ readReplicas: 16 }, "d.readReplicas: 16 is out of range; give 0 to 15"],
        [{ backupRetentionDays: 99 }, "d.backupRetentionDays: 99 is out of range; give 0 to 35"],
        [
            { backupRetentionDays: 0 },
            "d.backupRetentionDays: 0 turns backups off, which 2 read replicas need; give 1 to 35, or readReplicas: 0",
        ],
        [
            { backupWindow: "03:00-03:29" },
            'd.backupWindow: "03:00-03:29" is not a daily window in UTC of 30 minutes or more; give one like 03:00-04:00',
        ],
        [
            { maintenanceWindow: "04:00-05:00" },
            'd.maintenanceWindow: "04:00-05:00" is not a weekly window in UTC of 30 minutes or more; give one like sun:04:00-sun:05:00',
        ],
        [
            { maintenanceWindow: "sun:03:30-sun:04:30" },
            "d.maintenanceWindow: sun:03:30-sun:04:30 overlaps the backup window 03:00-04:00, which RDS refuses; move one of them",
        ],
        [
            { monitoringIntervalSeconds: 20 },
            "d.monitoringIntervalSeconds: 20 is not an interval that RDS has; give 0, 1, 5, 10, 15, 30 or 60",
        ],
        [
            { logRetentionDays: 8 },
            "d.logRetentionDays: 8 is not a retention that CloudWatch offers; give 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653",
        ],
        [
            { blueGreenUpdates: true },
            "d.blueGreenUpdates: true is not for a database with 2 read replicas; give false, or readReplicas: 0",
        ],
        [
            { blueGreenUpdates: true, readReplicas: 0, backupRetentionDays: 0 },
            "d.blueGreenUpdates: true needs backups, which are off; give false, or backupRetentionDays of 1 or more",
        ],
        [{ keyDeletionWindowDays: 3 }, "d.keyDeletionWindowDays: 3 is out of range; give 7 to 30"],
        [
            { secretRecoveryWindowDays: 5 },
            "d.secretRecoveryWindowDays: 5 is not a recovery window that Secrets Manager has; give 7 to 30, or 0 for none",
        ],
        [{ rotationDays: 1_001 }, "d.rotationDays: 1001 is out of range; give 0 to 1000"],
        [
            { masterPassword: "managed" },
            "d.masterPassword: managed is not for a database with 2 read replicas; give generated, or readReplicas: 0",
        ],
        [
            { masterPassword: "managed", readReplicas: 0, blueGreenUpdates: true },
            "d.masterPassword: managed is not for blue/green updates; give generated, or blueGreenUpdates: false",
        ],
    ])("%j", (change, text) => {
        expect(textsOf(change)).toContain(text);
    });

    it.each<Partial<DatabaseSpec>>([
        { iops: 25_000 },
        { storageType: "io2", iops: 256_000 },
        { storageType: "gp3", iops: 12_000, allocatedStorageGiB: 400 },
        { storageType: "gp3", iops: undefined, allocatedStorageGiB: 20, maxAllocatedStorageGiB: 22 },
        { maxAllocatedStorageGiB: 0 },
        { backupRetentionDays: 0, readReplicas: 0 },
        { secretRecoveryWindowDays: 0 },
        { rotationDays: 1_000 },
        { masterPassword: "managed", readReplicas: 0, rotationDays: 30 },
        { maxConnections: 1_802 },
        { engine: "mysql", engineVersion: "8.4", port: 3306, maxConnections: 1_365 },
        { maxConnections: 9_999, instanceClass: "db.x2g.large" },
        { parameters: { shared_buffers: "{DBInstanceClassMemory/65536}", work_mem: "8192" } },
    ])("but not %j", (change) => {
        expect(textsOf(change)).toEqual([]);
    });

    it("is refused all at once, under the component's name", () => {
        const wrong = { ...databaseSpec, backupRetentionDays: 99, port: 1, iops: 30_000 };
        expect(() => planDatabase("orders", wrong, 3)).toThrow(
            /Database "orders" has 3 problems:\n {2}- orders\.port: .*\n {2}- orders\.backupRetentionDays: .*\n {2}- orders\.iops: /,
        );
    });

    it("is a network with a single zone", () => {
        expect(() => planDatabase("d", databaseSpec, 1)).toThrow("d.network: 1 isolated subnets are too few for RDS");
    });

    it("is rotation without a subnet for what rotates", () => {
        const rotated = { ...databaseSpec, rotationDays: 30 };
        expect(() => planDatabase("d", rotated, 3, 0)).toThrow("d.rotationDays: needs private subnets");
        expect(() => planDatabase("d", databaseSpec, 3, 0)).not.toThrow();
    });
});

describe("planDatabase", () => {
    it("forces TLS in a group of the version's own", () => {
        const plan = planDatabase("d", { ...databaseSpec, engineVersion: "17" }, 3);
        expect(plan.parameterFamily).toBe("postgres17");
        expect(plan.parameters).toContainEqual({ name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" });
    });

    it("forces TLS in MySQL by MySQL's own parameter, and logs slow queries to a file that can be exported", () => {
        const plan = planDatabase("d", { ...databaseSpec, engine: "mysql", engineVersion: "8.4", port: 3306 }, 3);
        expect(plan.parameterFamily).toBe("mysql8.4");
        expect(Object.fromEntries(plan.parameters.map(({ name, value }) => [name, value]))).toEqual({
            require_secure_transport: "1",
            max_connections: "LEAST({DBInstanceClassMemory/12582880},200)",
            slow_query_log: "1",
            long_query_time: "1",
            log_output: "FILE",
        });
    });

    it("lets the copy of a blue/green upgrade follow, and asks for that nowhere else", () => {
        const named = (change: Partial<DatabaseSpec>) =>
            planDatabase("d", { ...databaseSpec, readReplicas: 0, ...change }, 3).parameters.filter(
                ({ name }) => name === "rds.logical_replication",
            );
        expect(named({ blueGreenUpdates: true, allowMajorVersionUpgrade: true })).toEqual([
            { name: "rds.logical_replication", value: "1", applyMethod: "pending-reboot" },
        ]);
        expect(named({ blueGreenUpdates: true })).toEqual([]);
        expect(named({ allowMajorVersionUpgrade: true })).toEqual([]);
    });

    it("asks for the least IOPS that gp3 has where RDS stripes the storage, and else for what was chosen", () => {
        const gp3 = { ...databaseSpec, storageType: "gp3", iops: undefined } as const;
        expect(chosenIops(gp3)).toBe(12_000);
        expect(chosenIops({ ...gp3, allocatedStorageGiB: 399 })).toBeUndefined();
        expect(chosenIops({ ...gp3, iops: 20_000 })).toBe(20_000);
        expect(chosenIops(databaseSpec)).toBe(3_000);
    });

    it("puts the user's parameters over its own, and lets what it does not know wait for a restart", () => {
        const parameters = { log_statement: "ddl", work_mem: "8192" };
        const planned = planDatabase("d", { ...databaseSpec, parameters }, 3).parameters;
        expect(planned.filter(({ name }) => name in parameters)).toEqual([
            { name: "log_statement", value: "ddl", applyMethod: "immediate" },
            { name: "work_mem", value: "8192", applyMethod: "pending-reboot" },
        ]);
        expect(new Set(planned.map(({ name }) => name)).size).toBe(planned.length);
    });

    it("places replicas by turns, the first outside the first zone, and moves none when more are added", () => {
        const replicas = fc.integer({ min: 0, max: 15 });
        fc.assert(
            fc.property(replicas, replicas, fc.integer({ min: 2, max: 8 }), (one, other, zones) => {
                const [few, many] = [Math.min(one, other), Math.max(one, other)];
                const before = planDatabase("d", { ...databaseSpec, readReplicas: few }, zones).replicas;
                const after = planDatabase("d", { ...databaseSpec, readReplicas: many }, zones).replicas;
                expect(after.slice(0, few)).toEqual(before);
                expect(new Set(after.map(({ zone }) => zone)).size).toBe(Math.min(many, zones));
                expect(after[0]?.zone ?? 1).toBe(1);
            }),
        );
    });
});
