import type { Bound } from "@plinth/sandbox/providers/aws/published";

/** A bound of CloudFormation's that the service or the provider does not have, with the reason. */
export interface Exception {
    type: string;
    /** The input, with a dot before one that is in a block. */
    input: string;
    /** Bounds that are not taken. */
    drop?: (keyof Bound)[];
    /** Values that are listed besides. */
    accept?: string[];
    /** Values that are not taken. */
    refuse?: string[];
    reason: string;
}

export const exceptions: Exception[] = [
    {
        type: "aws:cloudwatch/logGroup:LogGroup",
        input: "retentionInDays",
        accept: ["0"],
        reason: "the provider's word for events that are kept for ever",
    },
    {
        type: "aws:eks/nodeGroup:NodeGroup",
        input: "capacityType",
        refuse: ["OnDemand"],
        reason: "EKS's own service model has ON_DEMAND only",
    },
    {
        type: "aws:elasticache/user:User",
        input: "userId",
        drop: ["pattern"],
        reason: "it asks for a lower-case letter somewhere, and refuses the upper-case ids that ElastiCache takes",
    },
    {
        type: "aws:elasticache/userGroup:UserGroup",
        input: "userGroupId",
        drop: ["pattern"],
        reason: "it asks for a lower-case letter somewhere, and refuses the upper-case ids that ElastiCache takes",
    },
    {
        type: "aws:rds/proxyTarget:ProxyTarget",
        input: "targetGroupName",
        drop: ["enum"],
        reason: "RDS answers that there is no such target group, as it does for any other name",
    },
];
