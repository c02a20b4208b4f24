import type { Rule } from "../../rule";
import { dynamodbRules } from "./dynamodb";
import { ec2Rules } from "./ec2";
import { ecsRules } from "./ecs";
import { efsRules } from "./efs";
import { iamRules } from "./iam";
import { lambdaRules } from "./lambda";
import { loadBalancersRules } from "./load-balancers";
import { s3Rules } from "./s3";
import { vpcRules } from "./vpc";

/** What the pack requires of services that anybody's program may use, service by service. */
export const serviceRules: readonly Rule[] = [
    ...dynamodbRules,
    ...ec2Rules,
    ...ecsRules,
    ...efsRules,
    ...iamRules,
    ...lambdaRules,
    ...loadBalancersRules,
    ...s3Rules,
    ...vpcRules,
];
