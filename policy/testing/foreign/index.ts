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
import { otherDatabases } from "./other-databases";
import { pods } from "./pods";
import { rds } from "./rds";
import { redshift } from "./redshift";
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
    otherDatabases,
    pods,
    rds,
    redshift,
    s3,
    search,
    ssm,
    streams,
    vpc,
].flatMap(casesOf);
