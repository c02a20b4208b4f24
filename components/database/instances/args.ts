import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { monitoringArgs } from "../monitoring/monitoring";
import type { DatabaseSpec } from "../spec";
import { chosenIops } from "./storage";

/** What other resources give to an instance. */
export interface InstanceDependencies {
    securityGroupId: pulumi.Input<string>;
    parameterGroupName: pulumi.Input<string>;
    /** The key of storage and of what Performance Insights keeps. */
    keyArn: pulumi.Input<string>;
    /** The role of Enhanced Monitoring, where it is on. */
    monitoringRoleArn?: pulumi.Input<string>;
}

/** What follows from the spec for the primary; names, credentials and placement are the component's. */
export function primaryArgs(spec: DatabaseSpec, dependencies: InstanceDependencies) {
    return {
        ...commonArgs(spec, dependencies),
        engine: spec.engine,
        engineVersion: spec.engineVersion,
        allowMajorVersionUpgrade: spec.allowMajorVersionUpgrade,
        engineLifecycleSupport: spec.extendedSupport
            ? "open-source-rds-extended-support"
            : "open-source-rds-extended-support-disabled",
        blueGreenUpdate: spec.blueGreenUpdates ? { enabled: true } : undefined,
        allocatedStorage: spec.allocatedStorageGiB,
        dbName: spec.databaseName,
        username: spec.masterUsername,
        multiAz: spec.multiAz,
        backupRetentionPeriod: spec.backupRetentionDays,
        backupWindow: spec.backupWindow,
        skipFinalSnapshot: !spec.finalSnapshot,
    } satisfies Partial<aws.rds.InstanceArgs>;
}

/**
 * What follows from the spec for a replica. RDS takes engine, size, credentials, key and subnet group from the source,
 * and refuses key and subnet group here. A replica holds nothing of its own, so it is neither protected nor backed up.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
 */
export function replicaArgs(spec: DatabaseSpec, dependencies: InstanceDependencies) {
    return {
        ...commonArgs(spec, dependencies),
        multiAz: false,
        backupRetentionPeriod: 0,
        deletionProtection: false,
        skipFinalSnapshot: true,
    } satisfies Partial<aws.rds.InstanceArgs>;
}

function commonArgs(spec: DatabaseSpec, dependencies: InstanceDependencies) {
    const { securityGroupId, parameterGroupName, keyArn, monitoringRoleArn } = dependencies;
    return {
        ...monitoringArgs(spec, { roleArn: monitoringRoleArn, keyArn }),
        instanceClass: spec.instanceClass,
        maxAllocatedStorage: spec.maxAllocatedStorageGiB,
        storageType: spec.storageType,
        iops: chosenIops(spec),
        iamDatabaseAuthenticationEnabled: spec.iamAuthentication,
        storageEncrypted: true,
        port: spec.port,
        vpcSecurityGroupIds: [securityGroupId],
        publiclyAccessible: false,
        parameterGroupName,
        maintenanceWindow: spec.maintenanceWindow,
        copyTagsToSnapshot: true,
        autoMinorVersionUpgrade: spec.autoMinorVersionUpgrade,
        applyImmediately: spec.applyImmediately,
    };
}
