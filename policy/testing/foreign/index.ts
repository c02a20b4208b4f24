import { analytics } from "./analytics";
import { apiGateway } from "./api-gateway";
import { applications } from "./applications";
import { build } from "./build";
import { cacheClusters } from "./cache-clusters";
import { cloudfront } from "./cloudfront";
import { dynamodb } from "./dynamodb";
import { ec2 } from "./ec2";
import { ecs } from "./ecs";
import { efs } from "./efs";
import { casesOf, type ForeignCase } from "./foreign";
import { iam } from "./iam";
import { kubernetes } from "./kubernetes";
import { lambda } from "./lambda";
import { loadBalancers } from "./load-balancers";
import { monitoring } from "./monitoring";
import { otherAccess } from "./other-access";
import { otherDatabases } from "./other-databases";
import { outOfSight } from "./out-of-sight";
import { pods } from "./pods";
import { rds } from "./rds";
import { redshift } from "./redshift";
import { resourcePolicies } from "./resource-policies";
import { s3 } from "./s3";
import { search } from "./search";
import { ssm } from "./ssm";
import { streams } from "./streams";
import { vpc } from "./vpc";

/** Every rule of `policy/rules/services` has a case of each kind. */
export const foreignCases: readonly ForeignCase[] = [
    analytics,
    apiGateway,
    applications,
    build,
    cacheClusters,
    cloudfront,
    dynamodb,
    ec2,
    ecs,
    efs,
    iam,
    kubernetes,
    lambda,
    loadBalancers,
    monitoring,
    otherAccess,
    otherDatabases,
    outOfSight,
    pods,
    rds,
    redshift,
    resourcePolicies,
    s3,
    search,
    ssm,
    streams,
    vpc,
].flatMap(casesOf);
