import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CachePlan } from "./plan";
import type { CacheSpec } from "./spec";

/** What a replication group refers to. */
export interface Dependencies {
    keyArn: pulumi.Input<string>;
    subnetGroupName: pulumi.Input<string>;
    securityGroupId: pulumi.Input<string>;
    parameterGroupName: pulumi.Input<string>;
    /** The log group of each log that is kept. */
    logGroupNames: Record<string, string>;
}

/** The arguments of the replication group, but for its name, its tags, its final snapshot and who may use it. */
export function groupArgs(
    spec: CacheSpec,
    plan: CachePlan,
    made: Dependencies,
): Omit<aws.elasticache.ReplicationGroupArgs, "description"> {
    return {
        engine: spec.engine,
        engineVersion: spec.engineVersion,
        nodeType: spec.nodeType,
        ...plan.topology,
        clusterMode: spec.clusterModeMigration,
        port: spec.port,
        subnetGroupName: made.subnetGroupName,
        securityGroupIds: [made.securityGroupId],
        parameterGroupName: made.parameterGroupName,
        atRestEncryptionEnabled: true,
        kmsKeyId: made.keyArn,
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        logDeliveryConfigurations: logDelivery(made),
        notificationTopicArn: spec.notificationTopicArn,
        snapshotRetentionLimit: spec.snapshotRetentionDays,
        snapshotWindow: spec.snapshotWindow,
        maintenanceWindow: spec.maintenanceWindow,
        autoMinorVersionUpgrade: spec.autoMinorVersionUpgrade,
        applyImmediately: spec.applyImmediately,
    };
}

function logDelivery({ logGroupNames }: Dependencies) {
    return Object.entries(logGroupNames).map(([logType, destination]) => ({
        logType,
        destination,
        destinationType: "cloudwatch-logs",
        logFormat: "json",
    }));
}
