import type { ResourceType } from "../resource-type";
import { cloudwatch } from "./cloudwatch";
import { ec2 } from "./ec2";
import { elasticache } from "./elasticache";
import { elasticacheUsers } from "./elasticache-users";
import { flowLogs } from "./flow-logs";
import { iam } from "./iam";
import { kms } from "./kms";
import { networkAcls } from "./network-acls";
import { rds } from "./rds";
import { rdsSnapshots } from "./rds-snapshots";
import { secretsmanager } from "./secretsmanager";
import { securityGroups } from "./security-groups";
import { sqs } from "./sqs";
import { vpcEndpoints } from "./vpc-endpoints";

/** Every resource type that the sandbox emulates, by token. */
export const resourceTypes: Record<string, ResourceType> = {
    ...ec2,
    ...securityGroups,
    ...kms,
    ...iam,
    ...rds,
    ...rdsSnapshots,
    ...secretsmanager,
    ...elasticache,
    ...elasticacheUsers,
    ...sqs,
    ...cloudwatch,
    ...networkAcls,
    ...flowLogs,
    ...vpcEndpoints,
};
