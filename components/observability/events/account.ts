import type { Watched } from "../plan";
import type { EventRulePlan } from "./pattern";

/** What AWS Health calls the services that a part of the platform is made of. */
const services: { [Part in keyof Watched]?: readonly string[] } = {
    databases: ["RDS", "SECRETSMANAGER"],
    caches: ["ELASTICACHE"],
    queues: ["SQS"],
    cluster: ["EKS", "EC2", "AUTOSCALING", "ELASTICLOADBALANCING"],
    registry: ["ECR"],
    network: ["VPC", "NATGATEWAY"],
    backup: ["BACKUP"],
    address: ["ACM"],
    topic: ["SNS"],
};

/**
 * The rules on events that do not say which stack they are of, so that they are those of the whole account in the region.
 */
export function accountRules(watched: Watched): EventRulePlan[] {
    return [
        ...(watched.cluster ? [addonRule] : []),
        ...(watched.backup ? [restoreRule] : []),
        healthRule(healthServices(watched)),
    ];
}

/** The services that the account's AWS Health is asked about. */
export function healthServices(watched: Watched): string[] {
    const parts = Object.entries(watched).filter(([, part]) => (Array.isArray(part) ? part.length > 0 : part));
    return ["KMS", ...parts.flatMap(([part]) => services[part as keyof Watched] ?? [])].sort();
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-eks.html */
const addonRule: EventRulePlan = {
    part: "cluster-addon-failed",
    meaning: "An add-on of an EKS cluster failed or is not healthy",
    pattern: {
        source: ["aws.eks"],
        "detail-type": ["Creation Failed", "Update Failed", "Deletion Failed", "Health Degraded"].map(
            (what) => `EKS Addon ${what}`,
        ),
    },
    values: { what: "$.detail-type", addon: "$.resources" },
    text: "<what>: <addon>",
};

/** A restore has no vault, and reports a status where a backup reports a state. */
const restoreRule: EventRulePlan = {
    part: "restore-job-failed",
    meaning: "AWS Backup could not restore a database",
    pattern: {
        source: ["aws.backup"],
        "detail-type": ["Restore Job State Change"],
        detail: { status: ["FAILED", "ABORTED"], resourceType: ["RDS", "Aurora"] },
    },
    values: { job: "$.detail.restoreJobId", status: "$.detail.status", reason: "$.detail.statusMessage" },
    text: "Restore job <job>: <status>. <reason>",
};

/**
 * What AWS says of its own faults and of maintenance that it plans. For the nodes of a cache it is all that EventBridge has.
 * @see https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 */
function healthRule(affected: string[]): EventRulePlan {
    return {
        part: "aws-health",
        meaning: "AWS Health reports a fault or planned maintenance of a service that the platform uses",
        pattern: {
            source: ["aws.health"],
            "detail-type": ["AWS Health Event"],
            detail: { service: affected, eventTypeCategory: ["issue", "scheduledChange"] },
        },
        values: {
            service: "$.detail.service",
            event: "$.detail.eventTypeCode",
            category: "$.detail.eventTypeCategory",
            start: "$.detail.startTime",
            affected: "$.resources",
        },
        text: "<service>, <category>, from <start>: <event> <affected>",
    };
}
