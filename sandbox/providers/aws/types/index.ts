import type { ResourceType } from "../resource-type";
import { certificates } from "./acm/certificate";
import { appautoscaling } from "./appautoscaling/reader-scaling";
import { backup } from "./backup/backup";
import { budgets } from "./budgets/budget";
import { chatChannels } from "./chatbot/channel";
import { metricAlarms } from "./cloudwatch/alarm";
import { compositeAlarms } from "./cloudwatch/composite-alarm";
import { dashboards } from "./cloudwatch/dashboard";
import { cloudwatch } from "./cloudwatch/log-group";
import { logUses } from "./cloudwatch/log-use";
import { dynamodb } from "./dynamodb/table";
import { flowLogs } from "./ec2/flow-log";
import { launchTemplates } from "./ec2/launch-template";
import { ec2 } from "./ec2/network";
import { networkAcls } from "./ec2/network-acl";
import { securityGroups } from "./ec2/security-group";
import { securityGroupRules } from "./ec2/security-group-rule";
import { vpcEndpoints } from "./ec2/vpc-endpoint";
import { ecr } from "./ecr/repository";
import { eksAccess } from "./eks/access";
import { eksAddons } from "./eks/addon";
import { eks } from "./eks/cluster";
import { eksNodeGroups } from "./eks/node-group";
import { elasticache } from "./elasticache/replication-group";
import { elasticacheSnapshots } from "./elasticache/snapshot";
import { elasticacheUsers } from "./elasticache/user";
import { eventBridge } from "./events/rule";
import { iamPolicies } from "./iam/managed-policy";
import { iam } from "./iam/role";
import { kms } from "./kms/key";
import { lambda } from "./lambda/function";
import { rdsClusters } from "./rds/cluster";
import { rdsClusterSnapshots } from "./rds/cluster-snapshot";
import { rdsEvents } from "./rds/event-subscription";
import { rds } from "./rds/instance";
import { rdsSnapshots } from "./rds/instance-snapshot";
import { rdsProxies } from "./rds/proxy";
import { route53 } from "./route53/zone";
import { s3Buckets } from "./s3/bucket";
import { s3BucketSettings } from "./s3/bucket-setting";
import { s3Objects } from "./s3/object";
import { secretsmanager } from "./secretsmanager/secret";
import { serverlessrepository } from "./serverlessrepository/rotation-application";
import { sns } from "./sns/topic";
import { sqs } from "./sqs/queue";
import { wafv2 } from "./wafv2/web-acl";

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
    ...sns,
    ...chatChannels,
    ...cloudwatch,
    ...metricAlarms,
    ...compositeAlarms,
    ...dashboards,
    ...logUses,
    ...eventBridge,
    ...rdsEvents,
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
    ...budgets,
    ...s3Buckets,
    ...s3BucketSettings,
    ...s3Objects,
    ...lambda,
    ...dynamodb,
};
