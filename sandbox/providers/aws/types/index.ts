import type { ResourceType } from "../resource-type";
import { cloudwatch } from "./cloudwatch";
import { ec2 } from "./ec2";
import { elasticache } from "./elasticache";
import { iam } from "./iam";
import { kms } from "./kms";
import { rds } from "./rds";
import { secretsmanager } from "./secretsmanager";
import { securityGroups } from "./security-groups";
import { sqs } from "./sqs";

/** Every resource type that the sandbox emulates, by token. */
export const resourceTypes: Record<string, ResourceType> = {
    ...ec2,
    ...securityGroups,
    ...kms,
    ...iam,
    ...rds,
    ...secretsmanager,
    ...elasticache,
    ...sqs,
    ...cloudwatch,
};
