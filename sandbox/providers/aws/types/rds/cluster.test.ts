import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Properties } from "../../../../rpc/values";
import type { AwsProvider } from "../../provider";
import { checkFailures, providerInAccount } from "../../testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const cluster = {
    ...{ clusterIdentifier: "db", engine: "aurora-postgresql", engineVersion: "15", skipFinalSnapshot: true },
    ...{ masterUsername: "owner", masterPassword: "long enough".replace(" ", "-") },
};
const server = {
    ...{ identifier: "db-writer", clusterIdentifier: "db", engine: "aurora-postgresql" },
    instanceClass: "db.r6g.large",
};
const target = {
    ...{ serviceNamespace: "rds", scalableDimension: "rds:cluster:ReadReplicaCount", resourceId: "cluster:db" },
    ...{ minCapacity: 1, maxCapacity: 5 },
};
const policy = {
    ...{ serviceNamespace: "rds", scalableDimension: "rds:cluster:ReadReplicaCount", resourceId: "cluster:db" },
    ...{ name: "cpu", policyType: "TargetTrackingScaling" },
    targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "RDSReaderAverageCPUUtilization" },
        targetValue: 70,
    },
};
const types = {
    cluster: "aws:rds/cluster:Cluster",
    server: "aws:rds/clusterInstance:ClusterInstance",
    clusterGroup: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    group: "aws:rds/parameterGroup:ParameterGroup",
    target: "aws:appautoscaling/target:Target",
    policy: "aws:appautoscaling/policy:Policy",
};

describe("what AWS refuses by the inputs", () => {
    const capacity = (minCapacity: number, maxCapacity: number) => ({
        ...cluster,
        serverlessv2ScalingConfiguration: { minCapacity, maxCapacity },
    });

    it.each<[string, Properties, string]>([
        [types.cluster, { ...cluster, engineVersion: "10" }, "Cannot find version 10 for aurora-postgresql"],
        [types.cluster, { ...cluster, engine: "postgres" }, "InvalidParameterValue: engine must be one of"],
        [types.cluster, { ...cluster, masterPassword: "short" }, "not a valid password"],
        [types.cluster, { ...cluster, masterUsername: "rdsadmin" }, "reserved word"],
        [types.cluster, { ...cluster, backupRetentionPeriod: 0 }, "Member must have value greater than or equal to 1"],
        [types.cluster, { ...cluster, storageType: "gp3" }, "storageType must be one of"],
        [types.cluster, { ...cluster, preferredBackupWindow: "3:00-4:00" }, "InvalidParameterValue"],
        [
            types.cluster,
            {
                ...cluster,
                preferredBackupWindow: "23:30-00:30",
                preferredMaintenanceWindow: "mon:00:15-mon:01:15",
            },
            "The backup window and maintenance window must not overlap.",
        ],
        [types.cluster, { ...cluster, skipFinalSnapshot: false }, "final_snapshot_identifier is required"],
        [types.cluster, { ...cluster, monitoringInterval: 60 }, "A MonitoringRoleARN value is required"],
        [
            types.cluster,
            { ...cluster, performanceInsightsEnabled: true, databaseInsightsMode: "advanced" },
            "at least 465 days",
        ],
        [
            types.cluster,
            { ...cluster, enabledCloudwatchLogsExports: ["slowquery"] },
            "You cannot use the log types 'slowquery'",
        ],
        [types.cluster, capacity(0.3, 4), "Serverless v2 capacity 0.3 to 4 isn't valid"],
        [types.cluster, capacity(0.5, 0.5), "Serverless v2 capacity 0.5 to 0.5 isn't valid"],
        [types.cluster, capacity(8, 4), "Serverless v2 capacity 8 to 4 isn't valid"],
        [types.cluster, capacity(1, 257), "Serverless v2 capacity 1 to 257 isn't valid"],
        [
            types.server,
            { ...server, instanceClass: "db.t3.micro" },
            "InvalidParameterCombination: RDS does not support creating a DB instance with the following combination: DBInstanceClass=db.t3.micro, Engine=aurora-postgresql",
        ],
        [types.server, { ...server, promotionTier: 16 }, "Member must have value less than or equal to 15"],
        [types.clusterGroup, { name: "g", family: "postgres16" }, "family must be one of aurora-postgresql11"],
        [
            types.group,
            {
                name: "g",
                family: "aurora-postgresql16",
                parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" }],
            },
            "Could not find parameter with name: rds.force_ssl",
        ],
        [
            types.group,
            {
                name: "g",
                family: "aurora-mysql8.0",
                parameters: [{ name: "max_connections", value: "16001", applyMethod: "pending-reboot" }],
            },
            "Invalid parameter value: 16001 for: max_connections allowed values are: 1-16000",
        ],
        [types.target, { ...target, maxCapacity: 16 }, "maxCapacity must be between 0 and 15"],
        [types.target, { ...target, minCapacity: 6 }, "Maximum capacity cannot be less than minimum capacity"],
        [
            types.target,
            { ...target, scalableDimension: "rds:cluster:Readers" },
            "Member must satisfy enum value set: [appstream",
        ],
        [
            types.policy,
            { ...policy, targetTrackingScalingPolicyConfiguration: undefined },
            "Target tracking policy configuration is required",
        ],
        [
            types.policy,
            {
                ...policy,
                targetTrackingScalingPolicyConfiguration: {
                    predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
                    targetValue: 70,
                },
            },
            "The predefined metrics of rds are",
        ],
    ])("%s %j", (type, inputs, reason) => {
        expect(checkFailures(type, inputs)).toEqual([expect.stringContaining(reason)]);
    });

    it.each<[string, Properties]>([
        [types.cluster, cluster],
        [types.cluster, capacity(0, 1)],
        [
            types.cluster,
            { ...cluster, preferredBackupWindow: "03:00-04:00", preferredMaintenanceWindow: "sun:04:00-sun:05:00" },
        ],
        [types.server, { ...server, instanceClass: "db.serverless" }],
        [types.target, target],
        [types.policy, policy],
    ])("but not %s %j", (type, inputs) => {
        expect(checkFailures(type, inputs)).toEqual([]);
    });
});

describe("a cluster in the account", () => {
    let aws: AwsProvider;
    const make = (type: string, inputs: Properties) =>
        aws.create(
            { type, name: String(inputs.identifier ?? inputs.clusterIdentifier ?? inputs.name), stack: "dev" },
            inputs,
            false,
        );
    const change = (type: string, old: { id: string; outputs: Properties }, from: Properties, to: Properties) =>
        aws.update({ type, name: "it", stack: "dev" }, { ...old, inputs: from }, to, false);
    const remove = (type: string, made: { id: string; outputs: Properties }, inputs: Properties) =>
        aws.delete({ type, name: "it", stack: "dev" }, { ...made, inputs });

    beforeEach(() => {
        aws = providerInAccount();
    });

    it("has its first server for a writer, and can't go before its servers", () => {
        const made = make(types.cluster, cluster);
        const writer = make(types.server, server);
        const reader = make(types.server, { ...server, identifier: "db-reader-1" });
        expect([writer.outputs.writer, reader.outputs.writer]).toEqual([true, false]);
        expect(String(writer.outputs.endpoint).split(".").slice(1)).toEqual(
            String(made.outputs.endpoint).replace("cluster-", "").split(".").slice(1),
        );
        expect(() => remove(types.cluster, made, cluster)).toThrow(/db is in use by db-/);
    });

    it.each([
        ["storage", { storageEncrypted: true, kmsKeyId: "lost" }],
        ["what Performance Insights keeps", { performanceInsightsEnabled: true, performanceInsightsKmsKeyId: "lost" }],
        ["its master's secret", { manageMasterUserPassword: true, masterUserSecretKmsKeyId: "lost" }],
    ])("is refused a key for %s that is not there", (_, more) => {
        expect(() => make(types.cluster, { ...cluster, ...more })).toThrow(/KMSKeyNotAccessibleFault/);
    });

    it("refuses servers that do not fit it", () => {
        make(types.cluster, { ...cluster, performanceInsightsEnabled: true });
        make(types.group, { name: "of-16", family: "aurora-postgresql16" });
        const wrong = (more: Properties) => () => make(types.server, { ...server, ...more });
        expect(wrong({ engine: "aurora-mysql" })).toThrow("doesn't match the engine name of your DB cluster");
        expect(wrong({ instanceClass: "db.serverless" })).toThrow("Set the Serverless v2 scaling configuration");
        expect(wrong({ dbParameterGroupName: "of-16" })).toThrow(
            "Use a parameter group with DBParameterGroupFamily aurora-postgresql15",
        );
        expect(wrong({ clusterIdentifier: "other" })).toThrow("there is no such aws:rds/cluster:Cluster");
    });

    it("upgrades over majors with leave to, and with a group for its servers where theirs is no default", () => {
        make(types.group, { name: "of-15", family: "aurora-postgresql15" });
        make(types.group, { name: "of-16", family: "aurora-postgresql16" });
        make(types.clusterGroup, { name: "of-15", family: "aurora-postgresql15" });
        const from = { ...cluster, dbClusterParameterGroupName: "of-15", dbInstanceParameterGroupName: "of-15" };
        const made = make(types.cluster, from);
        make(types.server, { ...server, dbParameterGroupName: "of-15" });
        const to = (more: Properties) => () =>
            change(types.cluster, made, from, { ...from, engineVersion: "16", ...more });
        expect(to({})).toThrow("The AllowMajorVersionUpgrade flag must be present");
        expect(to({ allowMajorVersionUpgrade: true })).toThrow(
            "The current DB instance parameter group of-15 is custom",
        );
        const grouped = { allowMajorVersionUpgrade: true, dbInstanceParameterGroupName: "of-16" };
        expect(to(grouped)).toThrow("Use a parameter group with DBParameterGroupFamily aurora-postgresql16");
        make(types.clusterGroup, { name: "of-16", family: "aurora-postgresql16" });
        expect(to({ ...grouped, dbClusterParameterGroupName: "of-16" })()).toMatchObject({
            engineVersionActual: "16.9",
        });
        expect(to({ engineVersion: "14" })).toThrow("Cannot upgrade aurora-postgresql from 15 to 14");
    });

    it("is protected, and leaves its final snapshot once it is not", () => {
        const guarded = { ...cluster, deletionProtection: true };
        const made = make(types.cluster, guarded);
        expect(() => remove(types.cluster, made, guarded)).toThrow("Cannot delete protected Cluster");
        const { skipFinalSnapshot, ...open } = cluster;
        const kept = { ...open, finalSnapshotIdentifier: "db-final" };
        const other = make(types.cluster, { ...kept, clusterIdentifier: "other" });
        remove(types.cluster, other, kept);
        const again = make(types.cluster, { ...kept, clusterIdentifier: "other" });
        expect(() => remove(types.cluster, again, kept)).toThrow("db-final already exists");
    });

    it("is there before its readers are scaled, and its target before the policy", () => {
        expect(() => make(types.target, target)).toThrow("DB cluster doesn't exist: cluster:db");
        make(types.cluster, cluster);
        expect(() => make(types.policy, policy)).toThrow("there is no such aws:appautoscaling/target:Target");
        expect(make(types.target, target).id).toBe("cluster:db");
        expect(make(types.policy, policy).outputs.alarmArns).toHaveLength(2);
    });
});
