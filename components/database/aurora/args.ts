import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { loadMonitoringArgs, systemMonitoringArgs } from "../monitoring/monitoring";
import type { DatabaseSpec } from "../spec";

/** The last tier of promotion, and the one that most readers share. */
const lastTier = 15;

/** What other resources give to a cluster. */
export interface ClusterDependencies {
    securityGroupId: pulumi.Input<string>;
    clusterParameterGroupName: pulumi.Input<string>;
    /** The group of each server. A major upgrade has to name it, for AWS would not leave the old one by itself. */
    parameterGroupName: pulumi.Input<string>;
    /** The key of storage and of what Performance Insights keeps. */
    keyArn: pulumi.Input<string>;
}

/** What follows from the spec for a cluster; names, credentials and placement are the component's. */
export function clusterArgs(spec: DatabaseSpec, dependencies: ClusterDependencies) {
    const { serverlessCapacity } = spec;
    return {
        ...loadMonitoringArgs(spec, dependencies.keyArn),
        engine: spec.engine,
        engineVersion: spec.engineVersion,
        allowMajorVersionUpgrade: spec.allowMajorVersionUpgrade,
        engineLifecycleSupport: spec.extendedSupport
            ? "open-source-rds-extended-support"
            : "open-source-rds-extended-support-disabled",
        serverlessv2ScalingConfiguration: serverlessCapacity && {
            minCapacity: serverlessCapacity.minimumAcu,
            maxCapacity: serverlessCapacity.maximumAcu,
        },
        databaseName: spec.databaseName,
        masterUsername: spec.masterUsername,
        port: spec.port,
        storageType: spec.storageType,
        storageEncrypted: true,
        kmsKeyId: dependencies.keyArn,
        iamDatabaseAuthenticationEnabled: spec.iamAuthentication,
        vpcSecurityGroupIds: [dependencies.securityGroupId],
        dbClusterParameterGroupName: dependencies.clusterParameterGroupName,
        dbInstanceParameterGroupName: dependencies.parameterGroupName,
        backupRetentionPeriod: spec.backupRetentionDays,
        preferredBackupWindow: spec.backupWindow,
        preferredMaintenanceWindow: spec.maintenanceWindow,
        copyTagsToSnapshot: true,
        skipFinalSnapshot: !spec.finalSnapshot,
        applyImmediately: spec.applyImmediately,
    } satisfies Partial<aws.rds.ClusterArgs>;
}

/**
 * What follows from the spec for a server of a cluster, the `order`-th, of which 0 is the writer. Version, storage, key and
 * network are the cluster's. The first reader is the first to take over, and grows with the writer where both are serverless.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-administration.html#aurora-serverless-v2-choosing-promotion-tier
 */
export function serverArgs(
    spec: DatabaseSpec,
    order: number,
    dependencies: { parameterGroupName: pulumi.Input<string>; monitoringRoleArn?: pulumi.Input<string> },
) {
    return {
        ...systemMonitoringArgs(spec, dependencies.monitoringRoleArn),
        engine: spec.engine,
        instanceClass: spec.instanceClass,
        dbParameterGroupName: dependencies.parameterGroupName,
        promotionTier: Math.min(order, lastTier),
        publiclyAccessible: false,
        preferredMaintenanceWindow: spec.maintenanceWindow,
        autoMinorVersionUpgrade: spec.autoMinorVersionUpgrade,
        applyImmediately: spec.applyImmediately,
    };
}
