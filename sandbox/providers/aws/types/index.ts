import type { ResourceType } from "../resource-type";
import { appautoscaling } from "./appautoscaling";
import { backup } from "./backup";
import { certificates } from "./certificates";
import { cloudwatch } from "./cloudwatch";
import { ec2 } from "./ec2";
import { ecr } from "./ecr";
import { eks } from "./eks";
import { eksAccess } from "./eks-access";
import { eksAddons } from "./eks-addons";
import { eksNodeGroups } from "./eks-node-groups";
import { elasticache } from "./elasticache";
import { elasticacheSnapshots } from "./elasticache-snapshots";
import { elasticacheUsers } from "./elasticache-users";
import { flowLogs } from "./flow-logs";
import { iam } from "./iam";
import { iamPolicies } from "./iam-policies";
import { kms } from "./kms";
import { launchTemplates } from "./launch-templates";
import { networkAcls } from "./network-acls";
import { rds } from "./rds";
import { rdsClusterSnapshots } from "./rds-cluster-snapshots";
import { rdsClusters } from "./rds-clusters";
import { rdsProxies } from "./rds-proxies";
import { rdsSnapshots } from "./rds-snapshots";
import { route53 } from "./route53";
import { secretsmanager } from "./secretsmanager";
import { securityGroupRules } from "./security-group-rules";
import { securityGroups } from "./security-groups";
import { serverlessrepository } from "./serverlessrepository";
import { sqs } from "./sqs";
import { vpcEndpoints } from "./vpc-endpoints";
import { wafv2 } from "./wafv2";

/** Every resource type that the sandbox emulates, by token. */
export const resourceTypes: Record<string, ResourceType> = {
    ...ec2,
    ...securityGroups,
    ...kms,
    ...iam,
    ...rds,
    ...rdsClusters,
    ...rdsProxies,
    ...appautoscaling,
    ...rdsSnapshots,
    ...rdsClusterSnapshots,
    ...secretsmanager,
    ...serverlessrepository,
    ...elasticache,
    ...elasticacheUsers,
    ...elasticacheSnapshots,
    ...sqs,
    ...cloudwatch,
    ...networkAcls,
    ...flowLogs,
    ...vpcEndpoints,
    ...securityGroupRules,
    ...launchTemplates,
    ...iamPolicies,
    ...ecr,
    ...eks,
    ...eksAddons,
    ...eksNodeGroups,
    ...eksAccess,
    ...route53,
    ...certificates,
    ...wafv2,
    ...backup,
};
