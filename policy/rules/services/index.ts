import type { Rule } from "../../rule";
import { analyticsRules } from "./analytics";
import { apiGatewayRules } from "./api-gateway";
import { applicationsRules } from "./applications";
import { buildRules } from "./build";
import { cacheClustersRules } from "./cache-clusters";
import { cloudfrontRules } from "./cloudfront";
import { dynamodbRules } from "./dynamodb";
import { ec2Rules } from "./ec2";
import { ecsRules } from "./ecs";
import { efsRules } from "./efs";
import { iamRules } from "./iam";
import { kubernetesRules } from "./kubernetes";
import { lambdaRules } from "./lambda";
import { loadBalancersRules } from "./load-balancers";
import { monitoringRules } from "./monitoring";
import { otherAccessRules } from "./other-access";
import { otherDatabasesRules } from "./other-databases";
import { outOfSightRules } from "./out-of-sight";
import { podsRules } from "./pods";
import { rdsRules } from "./rds";
import { redshiftRules } from "./redshift";
import { resourcePoliciesRules } from "./resource-policies";
import { s3Rules } from "./s3";
import { searchRules } from "./search";
import { ssmRules } from "./ssm";
import { streamsRules } from "./streams";
import { vpcRules } from "./vpc";

/** What the pack requires of services that anybody's program may use, service by service. */
export const serviceRules: readonly Rule[] = [
    ...analyticsRules,
    ...apiGatewayRules,
    ...applicationsRules,
    ...buildRules,
    ...cacheClustersRules,
    ...cloudfrontRules,
    ...dynamodbRules,
    ...ec2Rules,
    ...ecsRules,
    ...efsRules,
    ...iamRules,
    ...kubernetesRules,
    ...lambdaRules,
    ...loadBalancersRules,
    ...monitoringRules,
    ...otherAccessRules,
    ...otherDatabasesRules,
    ...outOfSightRules,
    ...podsRules,
    ...rdsRules,
    ...redshiftRules,
    ...resourcePoliciesRules,
    ...s3Rules,
    ...searchRules,
    ...ssmRules,
    ...streamsRules,
    ...vpcRules,
];
