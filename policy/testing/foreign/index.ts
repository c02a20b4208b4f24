import { dynamodb } from "./dynamodb";
import { ec2 } from "./ec2";
import { ecs } from "./ecs";
import { efs } from "./efs";
import { casesOf, type ForeignCase } from "./foreign";
import { iam } from "./iam";
import { lambda } from "./lambda";
import { loadBalancers } from "./load-balancers";
import { s3 } from "./s3";
import { vpc } from "./vpc";

/** Every rule of `policy/rules/services` has a case of each kind. */
export const foreignCases: readonly ForeignCase[] = [
    dynamodb,
    ec2,
    ecs,
    efs,
    iam,
    lambda,
    loadBalancers,
    s3,
    vpc,
].flatMap(casesOf);
