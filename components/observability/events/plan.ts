import type * as pulumi from "@pulumi/pulumi";
import type { WatchedCluster } from "../alarms/cluster";
import type { WatchedDatabase } from "../alarms/database";
import type { Watched } from "../plan";
import type { ObservabilitySpec } from "../spec";
import { accountRules } from "./account";
import type { EventPattern, EventRulePlan, EventSubscriptionPlan } from "./pattern";

/** AWS Backup's work on a database. */
export interface WatchedBackup {
    vaultArn: pulumi.Input<string>;
}

/** Repositories of images. */
export interface WatchedRegistry {
    repositoryNames: pulumi.Input<string>[];
}

/** Which operational events reach the topic. */
export interface EventsPlan {
    subscriptions: EventSubscriptionPlan[];
    rules: EventRulePlan[];
}

/**
 * The categories of events that somebody has to know of. Left out is what the stack itself brings about (creation, deletion,
 * configuration change, restoration) and what happens every day (backup).
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html
 */
const serverCategories = [
    ...["availability", "failover", "failure", "low storage", "maintenance", "notification"],
    ...["read replica", "recovery", "security patching"],
];
const clusterCategories = ["failover", "failure", "maintenance", "notification"];

/** Decides which operational events reach the topic, from what was built. */
export function planEvents(watched: Watched, { accountEvents }: ObservabilitySpec["events"]): EventsPlan {
    const { databases = [], cluster, backup, registry } = watched;
    return {
        subscriptions: databases.flatMap(subscriptionsTo),
        rules: [
            ...(backup ? [backupRule(backup)] : []),
            ...(cluster?.autoScalingGroupNames?.length ? [nodeRule(cluster.autoScalingGroupNames)] : []),
            ...(registry?.repositoryNames.length ? [imageRule(registry.repositoryNames)] : []),
            ...(accountEvents ? accountRules(watched) : []),
        ],
    };
}

function subscriptionsTo({ name, servers, clusterIdentifier }: WatchedDatabase): EventSubscriptionPlan[] {
    return [
        {
            part: `${name}-server-events`,
            sourceType: "db-instance",
            sourceIds: servers.map(({ identifier }) => identifier),
            categories: serverCategories,
        },
        ...(clusterIdentifier === undefined
            ? []
            : [
                  {
                      part: `${name}-cluster-events`,
                      sourceType: "db-cluster" as const,
                      sourceIds: [clusterIdentifier],
                      categories: clusterCategories,
                  },
              ]),
    ];
}

/**
 * Backups, and copies of them to another region, that did not come about.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
function backupRule({ vaultArn }: WatchedBackup): EventRulePlan {
    const failed: EventPattern = { state: ["FAILED", "EXPIRED", "ABORTED"] };
    return {
        part: "backup-job-failed",
        meaning: "A backup of the database, or its copy to another region, failed",
        pattern: {
            source: ["aws.backup"],
            "detail-type": ["Backup Job State Change", "Copy Job State Change"],
            detail: { ...failed, $or: [{ backupVaultArn: [vaultArn] }, { sourceBackupVaultArn: [vaultArn] }] },
        },
        values: {
            job: "$.detail-type",
            state: "$.detail.state",
            resource: "$.detail.resourceArn",
            reason: "$.detail.statusMessage",
        },
        text: "<job> of <resource>: <state>. <reason>",
    };
}

/**
 * Nodes that EKS could not get, for want of capacity, addresses or a quota.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
 */
function nodeRule(groups: NonNullable<WatchedCluster["autoScalingGroupNames"]>): EventRulePlan {
    return {
        part: "node-launch-failed",
        meaning: "A node of the cluster could not be started",
        pattern: {
            source: ["aws.autoscaling"],
            "detail-type": ["EC2 Instance Launch Unsuccessful"],
            detail: { AutoScalingGroupName: groups },
        },
        values: { group: "$.detail.AutoScalingGroupName", reason: "$.detail.StatusMessage" },
        text: "Group <group>: <reason>",
    };
}

/**
 * Critical findings in an image that was pushed. Those of lesser severity are on ECR's page of the image.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 */
function imageRule(repositoryNames: pulumi.Input<string>[]): EventRulePlan {
    return {
        part: "image-vulnerable",
        meaning: "The scan of an image that was pushed has critical findings",
        pattern: {
            source: ["aws.ecr"],
            "detail-type": ["ECR Image Scan"],
            detail: {
                "repository-name": repositoryNames,
                "finding-severity-counts": { CRITICAL: [{ numeric: [">", 0] }] },
            },
        },
        values: {
            repository: "$.detail.repository-name",
            digest: "$.detail.image-digest",
            count: "$.detail.finding-severity-counts.CRITICAL",
        },
        text: "<repository>, image <digest>: <count> critical findings",
    };
}
